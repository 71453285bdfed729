import type { ClusterPorts } from './options.ts';

/** Difference of two clocks that is worth a word, in milliseconds. */
const WORTH_TELLING_MS = 5 * 60_000;

/**
 * Compares the server's clock with the one here, at the first answer that tells the time, and says it when they are
 * more than five minutes apart: ages are then off by as much. Nothing is decided by it.
 */
export function createClockCheck({ now, log }: Pick<ClusterPorts, 'now' | 'log'>): (serverTime?: number) => void {
  let compared = false;
  return (serverTime) => {
    if (compared || serverTime === undefined) return;
    compared = true;
    const ahead = now() - serverTime;
    if (Math.abs(ahead) < WORTH_TELLING_MS) return;
    const minutes = Math.round(Math.abs(ahead) / 60_000);
    log(
      1,
      `the clock here is ${minutes} minutes ${ahead > 0 ? 'ahead of' : 'behind'} the server's: ages are off by that`,
    );
  };
}
