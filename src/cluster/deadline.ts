/** A time that runs out. `until` is in the measure of `performance.now`; its first call starts the clock. */
export interface Deadline {
  readonly until: () => number;
  /** Gives the whole time once more: there was progress. */
  readonly renew: () => void;
  /** Does not count this many milliseconds, in which nothing could be done. */
  readonly postpone: (milliseconds: number) => void;
}

/** A deadline that starts when it is first asked for. */
export function createDeadline(milliseconds: number): Deadline {
  let ends: number | undefined;
  const renew = (): void => {
    ends = performance.now() + milliseconds;
  };
  const until = (): number => {
    ends ??= performance.now() + milliseconds;
    return ends;
  };
  const postpone = (by: number): void => {
    if (ends !== undefined) ends += by;
  };
  return { until, renew, postpone };
}
