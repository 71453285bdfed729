import { aftermathOf, type Aftermath } from '../../src/removal/aftermath.ts';
import { destructionSet, type DestructionSet } from '../../src/removal/destruction.ts';
import { departureOf } from '../../src/removal/ownership.ts';
import { seedsOfPacks } from '../../src/removal/seeds.ts';
import { worldOf, type World } from '../../src/removal/world.ts';
import type { ClusterObject, Coverage, Inventory, Release } from '../../src/model/inventory.ts';
import type { Pack } from '../../src/model/pack.ts';
import type { Reference, ReferenceKind } from '../../src/model/reference.ts';
import { typeName } from '../../src/model/resource.ts';
import { subjectOf } from './subject.ts';
import { covered, definition, object, packOf, ref, release, TYPES } from './world.ts';

// Pack `gone` is removed, and with it namespace `gone`; pack `other` in `other` stays, and so does everything else.

/** What a case is about. References are undefined for an inventory that was read without them. */
export interface Given {
  readonly objects?: readonly ClusterObject[];
  readonly references?: readonly Reference[] | undefined;
  /** What the removed pack's release contains, in any namespace. */
  readonly released?: readonly string[];
  readonly releases?: readonly Release[];
  readonly packs?: readonly Pack[];
  readonly coverage?: readonly Coverage[];
  readonly given?: Partial<Inventory>;
  /** Namespaces whose objects nobody could read, only what is in them. */
  readonly unread?: readonly string[];
}

export interface RemovedWorld {
  readonly world: World;
  readonly set: DestructionSet;
  readonly after: Aftermath;
}

export const GONE = packOf(definition('gone', { namespace: 'gone' }));
export const OTHER = packOf(definition('other', { namespace: 'other' }));

/** A reference between two paths such as `team/Deployment/web`. */
export function reference(
  kind: ReferenceKind,
  [from, to]: readonly [string, string],
  facts: Readonly<Record<string, string>> = {},
): Reference {
  return { kind, from: ref(from), to: ref(to), facts: new Map(Object.entries(facts)) };
}

/** Everything was read: each type, and the references of each. */
export function readInFull(): readonly Coverage[] {
  const names = TYPES.map(typeName);
  return [...names.map((name) => covered(name)), ...names.map((name) => covered(`references/${name}`))];
}

/** What is left and what goes when pack `gone` is removed. */
export function removedWorld(given: Given): RemovedWorld {
  const {
    objects = [],
    released = [],
    releases = [],
    packs = [GONE, OTHER],
    coverage = readInFull(),
    unread = [],
  } = given;
  const references = 'references' in given ? given.references : [];
  const namespaces = new Set(['gone', 'other', ...objects.map(({ namespace }) => namespace)]);
  const named = [...namespaces]
    .filter(
      (name) =>
        name !== '' &&
        !unread.includes(name) &&
        !objects.some((one) => one.type.kind === 'Namespace' && one.name === name),
    )
    .map((name) => object(`/Namespace/${name}`));
  const subject = subjectOf({
    packs,
    objects: [...named, ...objects],
    given: {
      releases: [
        ...(released.length === 0 ? [] : [release('gone/gone-chart', { chart: 'chart', has: released })]),
        ...releases,
      ],
      coverage,
      ...(references === undefined ? {} : { references }),
      ...given.given,
    },
  });
  const world = worldOf(subject);
  const removed = new Set(['gone']);
  const set = destructionSet(world, seedsOfPacks(world, removed));
  return { world, set, after: aftermathOf(world, set, departureOf(world, removed)) };
}
