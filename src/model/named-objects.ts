import type { ClusterObject } from './inventory.ts';
import { rememberedOf } from './remembered.ts';

/**
 * The objects that others name as their owner, by UID; the last one where several bear it. Few objects are, so this is
 * much smaller than all by UID, and it is made once for one list of objects.
 */
export const namedOwners: (objects: readonly ClusterObject[]) => ReadonlyMap<string, ClusterObject> = rememberedOf(
  (objects: readonly ClusterObject[]) => byUid(objects, []),
);

/** What names an object by its UID. */
export interface NamedObject {
  readonly uid: string;
  readonly kind: string;
}

/** Those of the objects that are named so, or that others name as their owner, by UID. */
export function byUid(
  objects: readonly ClusterObject[],
  others: Iterable<NamedObject>,
): ReadonlyMap<string, ClusterObject> {
  const named = [...ownersIn(objects), ...others];
  const uids = new Set(named.map(({ uid }) => uid));
  const kinds = new Set(named.map(({ kind }) => kind));
  const found = new Map<string, ClusterObject>();
  // Most kinds own nothing, and each UID would be read to look for it.
  for (const object of objects) if (kinds.has(object.type.kind) && uids.has(object.uid)) found.set(object.uid, object);
  return found;
}

/** The owners that objects name; of neighbours that share one list of them only once. */
function* ownersIn(objects: readonly ClusterObject[]): Generator<NamedObject, void> {
  let last: ClusterObject['owners'] = [];
  for (const { owners } of objects) {
    if (owners === last || owners.length === 0) continue;
    last = owners;
    yield* owners;
  }
}
