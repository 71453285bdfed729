import { UserError } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';

/** More than any two clocks that anybody uses differ, in milliseconds: three years. */
const MOST_AHEAD = 3 * 365 * 24 * 60 * 60 * 1000;

/**
 * Refuses a snapshot from the far future. No judgement depends on the clock of this machine, which may be wrong itself;
 * so only a date that no clock explains is refused.
 *
 * @throws {UserError} that names the date.
 */
export function refuseFutureDate({ takenAt }: Pick<Inventory, 'takenAt'>, now: number, path: string): void {
  if (Date.parse(takenAt) - now <= MOST_AHEAD) return;
  throw new UserError(
    `${path} cannot be used as a snapshot: it is dated ${takenAt}, years ahead`,
    'Correct the clock of the machine that took it, or of this one, and take it again.',
  );
}
