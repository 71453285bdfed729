import type { Attribution } from '../model/attribution.ts';
import { grouped, type Group } from '../model/grouped.ts';
import type { ClusterObject } from '../model/inventory.ts';
import { listed } from '../model/listed.ts';
import type { DestroyedGroup, DestroyedResource, OwnerClass } from '../model/removal.ts';
import { compareRefs, compareText, type ObjectRef } from '../model/resource.ts';
import type { Member } from './destruction.ts';

/** Whose an object is, seen from a removal: `owner` is a name, '' for Kubernetes and nobody. */
export type Owned = Pick<DestroyedResource, 'ownerClass' | 'owner'>;

/** The same with how sure that is. */
export type Ownership = Owned & Pick<DestroyedResource, 'strength'>;

/** Whose an object is. All that a removal tells of an object's owner rests on this one answer. */
export type OwnerOf = (object: ClusterObject) => Ownership;

/** Owner classes in the order in which they are listed. */
const CLASSES: readonly OwnerClass[] = [
  'removed-pack',
  'staying-pack',
  'application',
  'person',
  'disputed',
  'unexplained',
  'leftover',
  'palette',
  'injected',
  'kubernetes',
];

/** An object that nothing was attributed to is nobody's known, which is the dangerous case. */
const NOBODY: Owned = { ownerClass: 'unexplained', owner: '' };

/** Sorts an attribution by whether its owner loses it by `isGivenUp`, stays, or is nobody that can be asked. */
export function ownedBy(attribution: Attribution | undefined, isGivenUp: (pack: string) => boolean): Owned {
  if (attribution === undefined) return NOBODY;
  const { owner, conflict } = attribution;
  if (conflict.length > 0) return { ownerClass: 'disputed', owner: conflict.join(', ') };
  switch (owner.kind) {
    case 'pack':
      return { ownerClass: isGivenUp(owner.pack) ? 'removed-pack' : 'staying-pack', owner: owner.pack };
    case 'application':
      return { ownerClass: 'application', owner: owner.name };
    case 'person':
      return { ownerClass: 'person', owner: owner.manager };
    case 'leftover':
      return { ownerClass: 'leftover', owner: owner.pack };
    case 'injected':
      return { ownerClass: 'injected', owner: owner.manager };
    case 'palette':
    case 'kubernetes':
    case 'unexplained':
      return { ownerClass: owner.kind, owner: '' };
  }
}

/** A member of the set with its owner. */
export function destroyed({ object, step, because }: Member, ownerOf: OwnerOf): DestroyedResource {
  return { ...listed(object), step, because, ...ownerOf(object) };
}

/** Groups by owner: the removed packs' own first, what Kubernetes made last. Resources are in output order. */
export function groupsOf(resources: readonly DestroyedResource[]): readonly DestroyedGroup[] {
  const groups = grouped(resources, ({ ownerClass, owner }) => `${ownerClass} ${owner}`);
  return [...groups.values()]
    .map((group) => groupOf(group))
    .toSorted((a, b) => CLASSES.indexOf(a.ownerClass) - CLASSES.indexOf(b.ownerClass) || compareText(a.owner, b.owner));
}

function groupOf(resources: Group<DestroyedResource>): DestroyedGroup {
  const [{ ownerClass, owner }] = resources;
  const strengths = [...new Set(resources.map(({ strength }) => strength))].toSorted(compareText);
  const sorted = resources.toSorted((a, b) => compareRefs(asRef(a), asRef(b)) || compareText(a.uid, b.uid));
  return { ownerClass, owner, strengths, resources: sorted };
}

function asRef({ namespace, kind, type, name }: DestroyedResource): ObjectRef {
  return { group: type, kind, namespace, name };
}
