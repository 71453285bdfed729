import { releaseKey } from '../model/attribution.ts';
import type { Release } from '../model/inventory.ts';
import type { Fate, Pack, Stake, StakeSource } from '../model/pack.ts';
import { placedInManifests } from '../model/placement.ts';
import type { MovesIn, RemovalReport, RemovalTarget } from '../model/removal.ts';
import { compareText } from '../model/resource.ts';
import { givenUp, type StillHas } from './given-up.ts';
import { destroyed, groupsOf } from './owner-class.ts';
import { departureOf, ownersOf } from './ownership.ts';
import { removalOf } from './removal.ts';
import { reportOf, type Grounds } from './report.ts';
import { keptOf, manifestSeeds, releaseSeeds, releasesOf, seedsOfPacks, type Seed, type Seeds } from './seeds.ts';
import { coreLayerOf } from './core-layers.ts';
import { deployed, isSameEdition } from './editions.ts';
import { definitionDoubts, sharedAmong, unseenReleases } from './upgrade-doubts.ts';
import { hasUnseenRelease, reason } from './verdict.ts';
import { worldOf, type World } from './world.ts';

/**
 * A new version of a profile beside what the cluster has of it. `stakes` are those that the new version declares;
 * `releases` are the keys of live releases that it still names, see `releaseKey`; `strays` are packs of which it
 * is not certain whether they belong to the profile.
 */
export interface Upgrade {
  readonly target: RemovalTarget;
  /** The profile's name. */
  readonly profile: string;
  readonly before: readonly Pack[];
  readonly after: readonly Pack[];
  readonly stakes: readonly Stake[];
  readonly releases: ReadonlySet<string>;
  /** Packs of which the new version names another release, or one less, than the present one. */
  readonly renamed: readonly string[];
  readonly strays: readonly string[];
  /** See `unseenMembers`. */
  readonly unseen: readonly string[];
}

/** Sources by which a definition itself names a namespace. Changing the name is a removal of the old one. */
const DECLARED: ReadonlySet<StakeSource> = new Set<StakeSource>([
  'pack.namespace',
  'additionalNamespaces',
  'manifest.namespace',
  'Namespace object',
]);

/** Judges a new profile version: what it drops, what it moves, and into whose namespaces it moves. */
export function upgradeReport(
  grounds: Grounds,
  upgrade: Upgrade,
  narrowedTo: readonly string[],
): Omit<RemovalReport, 'separations'> {
  const world = worldOf(grounds.subject);
  const names = new Set(upgrade.after.map(({ name }) => name));
  const dropped = upgrade.before.filter((pack) => !names.has(pack.name) && coreLayerOf(pack) === undefined);
  const leaving = new Set(dropped.map(({ name }) => name));
  const changed = pairsOf(upgrade).map((pair) => changeOf(world, pair, upgrade));
  const seeds = joined([seedsOfPacks(world, leaving), ...changed.map((change) => change.seeds)]);
  const touched = changed.filter((change) => !isEmpty(change.seeds));
  const removed = new Set([...leaving, ...touched.map(({ pack }) => pack.name)]);
  const removal = removalOf(world, {
    targets: [upgrade.target],
    departure: {
      leaving,
      changed: new Map(
        touched.map((change) => [change.pack.name, givenUp(world, change.seeds, stillHas(world, change, upgrade))]),
      ),
      remaining: remainingOf(world, leaving, upgrade),
    },
    seeds,
    packs: grounds.packs.filter(({ name }) => removed.has(name)),
    coverage: grounds.coverage,
    accept: grounds.accept,
    doubts: [
      ...reason('profile-membership', upgrade.strays),
      ...reason('pack-unseen', upgrade.unseen),
      ...reason('shared-pack', sharedAmong(upgrade, removed)),
      ...reason('chart-changes', chartChanges(world, upgrade)),
      ...reason('protected-namespace', protectedLeft(world, upgrade)),
      ...reason('undecoded-release', unseenReleases(world, upgrade)),
      ...definitionDoubts(upgrade, grounds),
    ],
  });
  const present = new Set(upgrade.before.map(({ name }) => name));
  const packs = grounds.packs.filter(({ name }) => present.has(name));
  return { ...reportOf(grounds, [removal]), packs, coreLayers: [], narrowedTo, movesIn: movesIn(world, upgrade) };
}

/** A pack that stays in the profile, as it is and as it will be. */
interface Pair {
  readonly pack: Pack;
  readonly next: Pack;
}

function pairsOf({ before, after }: Upgrade): readonly Pair[] {
  const byName = new Map(after.map((pack) => [pack.name, pack]));
  return before.flatMap((pack) => {
    const next = byName.get(pack.name);
    return next === undefined ? [] : [{ pack, next }];
  });
}

interface Change extends Pair {
  readonly seeds: Seeds;
}

function isEmpty({ namespaces, objects, releases }: Seeds): boolean {
  return namespaces.length + objects.length + releases.length === 0;
}

/** What goes of a pack that stays in the profile: namespaces, releases and manifest objects that it no longer names. */
function changeOf(world: World, { pack, next }: Pair, upgrade: Upgrade): Change {
  const dropped = releasesOf(world, new Set([pack.name])).filter(
    (release) => !upgrade.releases.has(releaseKey(release)),
  );
  return {
    pack,
    next,
    seeds: {
      namespaces: namespacesLeft(world, pack, upgrade),
      objects: [
        ...dropped.flatMap((release: Release) => releaseSeeds(world, release)),
        ...manifestObjectsLeft(world, pack, next),
      ],
      kept: dropped.flatMap((release) => keptOf(world, release)),
      releases: dropped,
    },
  };
}

function stillHas(world: World, { pack, next }: Pair, { releases }: Upgrade): StillHas {
  const kept = releasesOf(world, new Set([pack.name])).filter((release) => releases.has(releaseKey(release)));
  return { next, releases: kept, isSameEdition: isSameEdition(deployed(pack), next) };
}

/** The packs of the profile as they will be, and those that it does not touch as they are. */
function remainingOf(world: World, leaving: ReadonlySet<string>, { before, after }: Upgrade): readonly Pack[] {
  const next = new Set(after.map(({ name }) => name));
  const changing = new Set(before.map(({ name }) => name).filter((name) => next.has(name)));
  const others = world.subject.packs.filter(({ name }) => !leaving.has(name) && !changing.has(name));
  return [...others, ...after];
}

/** Namespaces that a pack declared and no longer does. */
function namespacesLeft(
  world: World,
  { name }: Pack,
  { stakes, fate = 'destroyed' }: Pick<Upgrade, 'stakes'> & { readonly fate?: Fate },
): readonly string[] {
  const named = (all: readonly Stake[]): readonly Stake[] =>
    all.filter((stake) => stake.pack === name && stake.fate === fate && DECLARED.has(stake.source));
  const kept = new Set(named(stakes).map(({ namespace }) => namespace));
  const objects = new Set(
    stakes.filter((stake) => stake.pack === name && isObject(stake)).map(({ namespace }) => namespace),
  );
  const left = named(world.subject.stakes)
    .filter(({ via }) => !via.startsWith('release '))
    .filter((stake) => !kept.has(stake.namespace) && !(isObject(stake) && objects.has(stake.namespace)));
  return [...new Set(left.map(({ namespace }) => namespace))].toSorted(compareText);
}

/** A Namespace that a manifest contains as before is not left, though it is to be kept from now on. */
function isObject({ source }: Stake): boolean {
  return source === 'Namespace object';
}

/** Namespaces that Kubernetes does not delete and that packs of the profile move out of. */
function protectedLeft(world: World, upgrade: Upgrade): readonly string[] {
  const { stakes } = upgrade;
  const left = pairsOf(upgrade).flatMap(({ pack }) => namespacesLeft(world, pack, { stakes, fate: 'protected' }));
  return [...new Set(left)];
}

function manifestObjectsLeft(world: World, before: Pack, after: Pack): readonly Seed[] {
  const kept = new Set(placedInManifests(after, world.scope).map(({ key }) => key));
  const left = placedInManifests(before, world.scope).filter(({ key }) => !kept.has(key));
  const objects = new Set(left.flatMap(({ key }) => world.byPlace.get(key) ?? []));
  return manifestSeeds(world, before).filter(({ object }) => objects.has(object));
}

/**
 * An upgraded release loses what its chart no longer makes, be it another version or the same with other values, such
 * as definitions of custom resources that are switched off. No file tells what that is.
 */
function chartChanges(world: World, upgrade: Upgrade): readonly string[] {
  return pairsOf(upgrade)
    .filter(({ pack, next }) => hasUpgraded(world, pack, upgrade.releases) && !isSameEdition(deployed(pack), next))
    .map(({ pack }) => pack.name);
}

/** Whether a release of the pack may stay; one that goes altogether is followed as such. */
function hasUpgraded(world: World, pack: Pack, kept: ReadonlySet<string>): boolean {
  const releases = releasesOf(world, new Set([pack.name]));
  return releases.some((release) => kept.has(releaseKey(release))) || hasUnseenRelease(world, pack);
}

function joined(all: readonly Seeds[]): Seeds {
  return {
    namespaces: [...new Set(all.flatMap(({ namespaces }) => namespaces))].toSorted(compareText),
    objects: all.flatMap(({ objects }) => objects),
    kept: all.flatMap(({ kept }) => kept),
    releases: all.flatMap(({ releases }) => releases),
  };
}

/** Namespaces that a pack names anew and that hold things of others: from then on these go with it. */
function movesIn(world: World, { stakes }: Upgrade): readonly MovesIn[] {
  const known = new Set(
    world.subject.stakes
      .filter(({ fate }) => fate === 'destroyed')
      .map(({ pack, namespace }) => `${pack}/${namespace}`),
  );
  const fresh = new Map(
    stakes
      .filter(({ fate, pack, namespace }) => fate === 'destroyed' && !known.has(`${pack}/${namespace}`))
      .map(({ pack, namespace }) => [`${pack}/${namespace}`, { pack, namespace }]),
  );
  return [...fresh.values()].flatMap(({ pack, namespace }) => {
    const groups = foreignIn(world, namespace, pack);
    return groups.length === 0 ? [] : [{ pack, namespace, groups }];
  });
}

const NOBODYS = new Set(['removed-pack', 'kubernetes', 'palette', 'injected', 'leftover']);

function foreignIn(world: World, namespace: string, pack: string): MovesIn['groups'] {
  const here = world.byNamespace.get(namespace) ?? [];
  const because = `namespace/${namespace}`;
  const ownerOf = ownersOf(world, new Map(), departureOf(world, new Set([pack])));
  const resources = here.map((object) => destroyed({ object, step: 'namespace', because }, ownerOf));
  return groupsOf(resources.filter(({ ownerClass }) => !NOBODYS.has(ownerClass)));
}
