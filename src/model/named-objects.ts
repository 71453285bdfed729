import type { ClusterObject } from './inventory.ts';
import { rememberedOf } from './remembered.ts';

/**
 * The objects that others name as their owner, by UID; the last one where several bear it. Few objects are, so this is
 * much smaller than all by UID, and it is made once for one list of objects.
 */
export const namedOwners: (objects: readonly ClusterObject[]) => ReadonlyMap<string, ClusterObject> = rememberedOf(
  (objects: readonly ClusterObject[]) => byUid(objects, new Set()),
);

/** Those of the objects that bear one of these UIDs, or that others name as their owner. */
export function byUid(
  objects: readonly ClusterObject[],
  uids: ReadonlySet<string>,
): ReadonlyMap<string, ClusterObject> {
  const named = new Set(uids);
  let last: ClusterObject['owners'] = [];
  for (const { owners } of objects) {
    // Neighbours often share one list of owners.
    if (owners === last || owners.length === 0) continue;
    last = owners;
    for (const { uid } of owners) named.add(uid);
  }
  const found = new Map<string, ClusterObject>();
  for (const object of objects) if (named.has(object.uid)) found.set(object.uid, object);
  return found;
}
