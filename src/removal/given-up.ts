import type { ClusterObject, Release } from '../model/inventory.ts';
import type { Pack } from '../model/pack.ts';
import { placedInManifests, placedInRelease } from '../model/placement.ts';
import { destructionSet } from './destruction.ts';
import type { GivenUp } from './ownership.ts';
import { recordsOf, type Seeds } from './seeds.ts';
import { isNamespace, type World } from './world.ts';

/** What the new version of a pack has of what is there: the releases that it keeps, and whether their charts are the same. */
export interface StillHas {
  readonly next: Pack;
  readonly releases: readonly Release[];
  readonly isSameEdition: boolean;
}

/**
 * What a pack that stays gives up: what goes by its own change, but for what its new version has still. The end of that
 * is a loss, whoever causes it.
 */
export function givenUp(world: World, seeds: Seeds, still: StillHas): GivenUp {
  const set = destructionSet(world, seeds);
  const wanted = wantedOf(world, still);
  const isWanted = (object: ClusterObject): boolean =>
    wanted.has(object) || wanted.has(world.attributionOf(object)?.root ?? object);
  const members = [...set.values()].map(({ object }) => object);
  return {
    namespaces: new Set([...seeds.namespaces, ...members.filter(isNamespace).map(({ name }) => name)]),
    has: (object) => set.has(object.uid) && !isWanted(object),
  };
}

/** Objects of its manifests, records of its releases, and what these contain; of another chart nobody knows that. */
function wantedOf(world: World, { next, releases, isSameEdition }: StillHas): ReadonlySet<ClusterObject> {
  const released = isSameEdition ? releases.flatMap((release) => placedInRelease(release, world.scope)) : [];
  const keys = [...placedInManifests(next, world.scope), ...released].map(({ key }) => key);
  return new Set([
    ...keys.flatMap((key) => world.byPlace.get(key) ?? []),
    ...releases.flatMap((release) => recordsOf(world, release)),
  ]);
}
