import type { ClusterObject } from '../model/inventory.ts';
import { compareRefs, compareText } from '../model/resource.ts';

/** The core group first, the long deprecated `extensions` last. */
function groupRank(group: string): string {
  if (group === '') return '0';
  return group === 'extensions' ? '2' : `1${group}`;
}

function better(a: ClusterObject, b: ClusterObject): ClusterObject {
  return compareText(groupRank(a.type.group), groupRank(b.type.group)) <= 0 ? a : b;
}

function identity(object: ClusterObject): string {
  const group = object.uid === '' ? object.type.group : '';
  return [object.uid, group, object.type.kind, object.namespace, object.name].join('\n');
}

function compareObjects(a: ClusterObject, b: ClusterObject): number {
  const left = { group: a.type.group, kind: a.type.kind, namespace: a.namespace, name: a.name };
  const right = { group: b.type.group, kind: b.type.kind, namespace: b.namespace, name: b.name };
  return compareRefs(left, right) || compareText(a.uid, b.uid);
}

/**
 * Each object once, sorted. Two groups that serve one object serve it under one UID, kind and name; an API that makes
 * up UIDs cannot hide another object this way, as kind and name must agree too.
 */
export function uniqueObjects(objects: readonly ClusterObject[]): readonly ClusterObject[] {
  const found = new Map<string, ClusterObject>();
  for (const object of objects) {
    const key = identity(object);
    const before = found.get(key);
    found.set(key, before === undefined ? object : better(before, object));
  }
  return [...found.values()].toSorted(compareObjects);
}
