/** What several runs of one thing gave. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
}

/** `MB` is 10^6 bytes of what is sent and 2^20 of memory, as those who count them do. `times` is a ratio. */
export type Unit = 'ms' | 's' | 'MB' | 'times' | 'count';

/** One thing that was measured, by the name that the table gives it: `palette-audit -A`, `floor`. */
export interface Measurement {
  readonly name: string;
  readonly unit: Unit;
  readonly spread: Spread;
}

/** What a figure has to be, in the unit of its value. */
interface Goal {
  readonly sense: 'at most' | 'at least';
  readonly limit: number;
  /** `times the floor`, `MB`: what follows the number in the table. */
  readonly words: string;
}

/** One row of the benchmark: what was measured, what was to be reached, and what came out. */
export interface Figure {
  readonly title: string;
  /** Without one the figure is told and nothing is asked of it. */
  readonly goal?: Goal;
  /** What the goal is about, in the goal's unit: a ratio of medians, or a median itself. */
  readonly value: number;
  readonly unit: Unit;
  readonly measured: readonly Measurement[];
  /** What the value would be of a program that does no more than the floor, the least that any has to ask for. */
  readonly floor?: number;
  /** What a reader has to know to understand the row; one sentence. */
  readonly note?: string;
}

/** The median of an even number of values is the mean of the two in the middle. Throws an Error when there are none. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (low === undefined || high === undefined || min === undefined || max === undefined)
    throw new Error('nothing was measured');
  return { median: (low + high) / 2, min, max, runs: sorted.length };
}

/** The ratio of two medians. Throws an Error when there is nothing to divide by: then nothing was measured. */
export function ratioOf(one: Spread, other: Spread): number {
  if (!(one.median > 0) || !(other.median > 0)) throw new Error('a median of 0 is no measurement');
  return one.median / other.median;
}

/** Whether the goal is held; undefined where there is none. A value that is no number holds nothing. */
export function isHeld({ goal, value }: Figure): boolean | undefined {
  if (goal === undefined) return undefined;
  return goal.sense === 'at most' ? value <= goal.limit : value >= goal.limit;
}

/** How many times the floor's time may be taken: the goal of the row that is held against the floor itself. */
export const TIMES_THE_FLOOR = 1.5;

/** Whether a value keeps that distance from the floor's; undefined where there is no floor. */
export function isNearFloor({ goal, value, floor }: Figure): boolean | undefined {
  if (goal === undefined || floor === undefined) return undefined;
  return goal.sense === 'at most' ? value <= floor * TIMES_THE_FLOOR : value >= floor / TIMES_THE_FLOOR;
}
