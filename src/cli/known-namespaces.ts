import { UserError } from '../model/errors.ts';
import type { Subject } from '../model/subject.ts';
import { nearest } from './nearest.ts';
import { quoted } from './quoted.ts';

/**
 * Refuses a namespace of `-n` that neither exists nor is claimed by any pack: a slip of the fingers must not read as
 * "nothing found". One that may not be asked for may well exist.
 *
 * @throws {UserError} that names the namespace and the nearest one.
 */
export function refuseUnknownNamespaces({ inventory, stakes, narrowedTo }: Subject): void {
  if (inventory.namespaces.length === 0) return;
  const known = new Set([...inventory.namespaces.map(({ name }) => name), ...stakes.map(({ namespace }) => namespace)]);
  const unread = inventory.coverage.filter(({ resource, state }) => resource === 'namespaces' && state !== 'complete');
  const unsure = new Set(unread.map(({ scope }) => scope));
  const unknown = narrowedTo.find((namespace) => !known.has(namespace) && !unsure.has(namespace));
  if (unknown === undefined) return;
  const meant = nearest(unknown, [...known]);
  throw new UserError(
    `namespace ${quoted(unknown)} does not exist, and no pack claims it`,
    meant === undefined ? 'See which there are with "kubectl palette-audit namespaces".' : `Did you mean ${meant}?`,
  );
}
