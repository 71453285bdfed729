import type { Attribution } from '../model/attribution.ts';
import { grouped, type Group } from '../model/grouped.ts';
import { listed } from '../model/listed.ts';
import type { DestroyedGroup, DestroyedResource, OwnerClass, Step } from '../model/removal.ts';
import { compareRefs, compareText, type ObjectRef } from '../model/resource.ts';
import type { Member } from './destruction.ts';
import type { World } from './world.ts';

/** Whose an object is, seen from a removal: `owner` is a name, '' for Kubernetes and nobody. */
export interface Owned {
  readonly ownerClass: OwnerClass;
  readonly owner: string;
}

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

/** Sorts an attribution by whether its owner is removed, stays, or is nobody that can be asked. */
export function ownedBy(attribution: Attribution | undefined, removed: ReadonlySet<string>): Owned {
  if (attribution === undefined) return NOBODY;
  const { owner, conflict } = attribution;
  if (conflict.length > 0) return { ownerClass: 'disputed', owner: conflict.join(', ') };
  switch (owner.kind) {
    case 'pack':
      return { ownerClass: removed.has(owner.pack) ? 'removed-pack' : 'staying-pack', owner: owner.pack };
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

/** Steps by which one object is no more than a part of another one: it has that one's owner where it has none of its own. */
const PART_OF_ANOTHER: ReadonlySet<Step> = new Set(['volume', 'snapshot-content', 'derived', 'release-record']);

/** Owners that a part may have without being anybody's by itself: a controller wrote it. */
const NO_OWNER: ReadonlySet<OwnerClass> = new Set(['unexplained', 'injected', 'palette', 'kubernetes']);

/** A member of the set with its owner. */
export function destroyed(member: Member, world: World, removed: ReadonlySet<string>): DestroyedResource {
  const { object, step, because, after } = member;
  const own = world.attributionOf(object);
  const isPart = after !== undefined && PART_OF_ANOTHER.has(step) && NO_OWNER.has(ownedBy(own, removed).ownerClass);
  const attribution = isPart ? world.attributionOf(after) : own;
  return {
    ...listed(object),
    step,
    because,
    ...ownedBy(attribution, removed),
    strength: attribution?.strength ?? 'none',
  };
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
