import { setTimeout as sleep } from 'node:timers/promises';
import { spreadOf, type Measurement, type Spread } from '../figure.ts';
import { measureOnce, type Command, type Taken } from './process-run.ts';

/** Programs that are measured against each other, by the names that the table gives them. */
export type Contest = Readonly<Record<string, Command>>;

/** Milliseconds between two runs: a server that has just sent everything still cleans up, which is not the next one's. */
const PAUSE_MS = 300;

/** What all runs of one program took. */
export interface Result {
  readonly wall: Spread;
  readonly cpu: Spread;
  readonly peak: Spread;
  /** What its last run printed. */
  readonly stdout: string;
}

/**
 * So many things in another order in every round. Of an even number each follows each other one equally often in as many
 * rounds: a row of a balanced Latin square, which begins 0, 1, n-1, 2, n-2.
 */
export function orderOf(many: number, round: number): readonly number[] {
  return Array.from({ length: many }, (_, at) => {
    const step = at % 2 === 0 ? many - at / 2 : (at + 1) / 2;
    return (round + step) % many;
  });
}

/**
 * Runs each of the programs in turn, round after round, so that whatever else the machine does disturbs all of them
 * alike, and in an order that changes, so that none always comes behind the one that keeps a server busiest; one round
 * before that is not counted. @returns a result for each name.
 */
export async function interleaved(
  measured: string,
  contest: Contest,
  rounds: number,
): Promise<(name: string) => Result> {
  const taken = new Map<string, Taken[]>(Object.keys(contest).map((name) => [name, []]));
  const programs = Object.entries(contest);
  for (let round = 0; round <= rounds; round += 1)
    for (const [name, command] of orderOf(programs.length, round).flatMap((at) => programs.slice(at, at + 1))) {
      await sleep(PAUSE_MS);
      const one = await measureOnce(measured, command);
      if (round > 0) taken.get(name)?.push(one);
    }
  return (name) => resultOf(taken.get(name) ?? []);
}

function resultOf(runs: readonly Taken[]): Result {
  const of = (value: (one: Taken) => number): Spread => spreadOf(runs.map(value));
  return {
    wall: of(({ wallMs }) => wallMs / 1000),
    cpu: of(({ cpuMs }) => cpuMs / 1000),
    peak: of(({ peakMb }) => peakMb),
    stdout: runs.at(-1)?.stdout ?? '',
  };
}

/** Time by the clock and of the processor, as two entries of a figure. */
export function timesOf(name: string, { wall, cpu }: Result): readonly Measurement[] {
  return [
    { name, unit: 's', spread: wall },
    { name: `${name}, CPU`, unit: 's', spread: cpu },
  ];
}
