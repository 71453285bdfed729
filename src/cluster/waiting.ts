import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestFailure } from './failure.ts';
import type { ClusterPorts } from './options.ts';
import { errorCode } from './plain-text.ts';

/** Waits of which a person at the terminal is told, in milliseconds. */
const LONG_WAIT_MS = 2000;

/** Waits so many milliseconds after a failure; false when `until` would be over by then or the run was ended. */
export type Wait = (of: {
  readonly failure: RequestFailure;
  readonly milliseconds: number;
  readonly until: number;
}) => Promise<boolean>;

/** Waits for the whole run: of requests that wait side by side only the one that waits longest is told of. */
export function createWait(ports: ClusterPorts): Wait {
  let toldUntil = 0;
  const tell = (failure: RequestFailure, milliseconds: number): void => {
    const ends = performance.now() + milliseconds;
    if (milliseconds < LONG_WAIT_MS || ends < toldUntil + LONG_WAIT_MS) return;
    toldUntil = ends;
    const why = failure.kind === 'throttled' ? 'throttled by the server' : failure.reason;
    ports.warn(`${why}, waiting ${Math.ceil(milliseconds / 1000)} s`);
  };
  return async ({ failure, milliseconds, until }) => {
    if (performance.now() + milliseconds > until) return false;
    tell(failure, milliseconds);
    try {
      await sleep(milliseconds, undefined, { signal: ports.signal });
      return true;
    } catch (error) {
      if (errorCode(error) === 'ABORT_ERR') return false;
      throw error;
    }
  };
}
