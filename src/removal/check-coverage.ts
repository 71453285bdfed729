import type { Coverage, Inventory } from '../model/inventory.ts';
import { coveredBy } from '../model/covered.ts';
import { compareText, typeName } from '../model/resource.ts';

const REFERENCES = 'references/';

/**
 * What keeps a check from running in full, as one text: missing rights and failures; '' when all that it needs was read.
 * A type that the cluster does not serve has nothing to break.
 */
export function missingFor(needs: readonly string[], inventory: Inventory): string {
  const missing = needs.flatMap((need) => missingOne(need, inventory));
  return [...new Set(missing)].toSorted(compareText).join(', ');
}

function missingOne(need: string, inventory: Inventory): readonly string[] {
  const type = need.startsWith(REFERENCES) ? need.slice(REFERENCES.length) : need;
  const blind = blindness(type, inventory.coverage);
  if (blind.length > 0) return blind.map(reasonOf);
  const served = inventory.types.some((one) => typeName(one) === type);
  if (!served) return [];
  if (type !== need && inventory.references === undefined) return ['what objects say of each other was not read'];
  return uncovered(need, inventory);
}

/** Entries that tell that nobody knows whether a type is served. */
function blindness(type: string, coverage: readonly Coverage[]): readonly Coverage[] {
  const places = new Set(discoveryOf(type));
  return coverage.filter(({ resource, state }) => state !== 'complete' && places.has(resource));
}

/** The coverage entries of what discovery says of a type: of all types, of its group, of it alone. */
export function discoveryOf(type: string): readonly string[] {
  const [, ...group] = type.split('.');
  return ['discovery', ['*', ...group].join('.'), `discovery/${type}`];
}

/** Types of which only a part was read have an entry for each part, so that one failure tells. */
function uncovered(need: string, inventory: Inventory): readonly string[] {
  const failed = inventory.coverage.filter(({ resource, state }) => resource === need && state !== 'complete');
  const isRead = coveredBy(inventory.coverage).listed(need, '')
    ? failed.every(({ scope }) => scope !== '')
    : readInEach(inventory)(need);
  if (isRead) return [];
  return failed.length === 0 ? [`${need.replace(REFERENCES, '')}: not read`] : failed.map(reasonOf);
}

/** Whether a type was listed in each namespace; false where nobody knows which namespaces there are. */
export function readInEach({
  coverage,
  namespaces,
}: Pick<Inventory, 'coverage' | 'namespaces'>): (type: string) => boolean {
  const { listed } = coveredBy(coverage);
  const isKnown = listed('namespaces', '') && namespaces.length > 0;
  return (type) => isKnown && namespaces.every(({ name }) => listed(type, name));
}

function reasonOf({ resource, state, needs, reason }: Coverage): string {
  if (needs !== '') return needs;
  return `${resource.replace(/^(?:references|discovery)\//, '')}: ${reason || state}`;
}
