import type { ClusterObject } from '../model/inventory.ts';
import { compareText } from '../model/resource.ts';

/** The core group first, the long deprecated `extensions` last. */
function groupRank(group: string): string {
  if (group === '') return '0';
  return group === 'extensions' ? '2' : `1${group}`;
}

/** Brings what may be one object together, and of it the best group first. */
function compareLikes(a: ClusterObject, b: ClusterObject): number {
  return (
    compareText(a.namespace, b.namespace) ||
    compareText(a.type.kind, b.type.kind) ||
    compareText(a.name, b.name) ||
    compareText(a.uid, b.uid) ||
    compareText(groupRank(a.type.group), groupRank(b.type.group))
  );
}

function isSame(a: ClusterObject, b: ClusterObject): boolean {
  return (
    a.uid === b.uid &&
    a.name === b.name &&
    a.namespace === b.namespace &&
    a.type.kind === b.type.kind &&
    (a.uid !== '' || a.type.group === b.type.group)
  );
}

/** In the order of every output, see `compareRefs`, then by UID. */
function compareObjects(a: ClusterObject, b: ClusterObject): number {
  return (
    compareText(a.namespace, b.namespace) ||
    compareText(a.type.kind, b.type.kind) ||
    compareText(a.type.group, b.type.group) ||
    compareText(a.name, b.name) ||
    compareText(a.uid, b.uid)
  );
}

/**
 * Each object once, sorted. Two groups that serve one object serve it under one UID, kind and name; an API that makes
 * up UIDs cannot hide another object this way, as kind and name must agree too. Of a million objects an index by UID
 * would take more memory than anything else here, so likes are brought together by sorting.
 */
export function uniqueObjects(objects: readonly ClusterObject[]): readonly ClusterObject[] {
  const sorted = objects.toSorted(compareLikes);
  let count = 0;
  for (const object of sorted) {
    const last = sorted[count - 1];
    if (last !== undefined && isSame(last, object)) continue;
    sorted[count] = object;
    count += 1;
  }
  sorted.length = count;
  return sorted.toSorted(compareObjects);
}
