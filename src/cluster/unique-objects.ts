import type { ClusterObject } from '../model/inventory.ts';
import { compareText } from '../model/resource.ts';

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

function isSame(a: ClusterObject, b: ClusterObject): boolean {
  return a.name === b.name && a.namespace === b.namespace && a.type.kind === b.type.kind;
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

/** Objects by UID, and by all of their identity those that have none, or share it with others. */
function gathered(objects: readonly ClusterObject[]): readonly ClusterObject[] {
  const byUid = new Map<string, ClusterObject>();
  const others = new Map<string, ClusterObject>();
  for (const object of objects) {
    const first = object.uid === '' ? undefined : byUid.get(object.uid);
    if (object.uid !== '' && (first === undefined || isSame(first, object))) {
      byUid.set(object.uid, first === undefined ? object : better(first, object));
      continue;
    }
    const key = identity(object);
    const before = others.get(key);
    others.set(key, before === undefined ? object : better(before, object));
  }
  return [...byUid.values(), ...others.values()];
}

/**
 * Each object once, sorted. Two groups that serve one object serve it under one UID, kind and name; an API that makes
 * up UIDs cannot hide another object this way, as kind and name must agree too.
 */
export function uniqueObjects(objects: readonly ClusterObject[]): readonly ClusterObject[] {
  return gathered(objects).toSorted(compareObjects);
}
