import { releaseKey } from '../model/attribution.ts';
import type { ClusterObject, Release } from '../model/inventory.ts';
import { PROTECTED_NAMESPACES } from '../model/namespace.ts';
import type { Pack } from '../model/pack.ts';
import { placedInManifests, placedInRelease } from '../model/placement.ts';
import { compareText } from '../model/resource.ts';
import { isNamespace, type World } from './world.ts';

/** An object that the removal itself deletes, before anything follows from it. */
export interface Seed {
  readonly object: ClusterObject;
  readonly step: 'release' | 'manifest' | 'release-record';
  readonly because: string;
}

/** A live object that `helm.sh/resource-policy: keep` of a release or manifest names. */
interface Kept {
  readonly object: ClusterObject;
  readonly release: string;
}

/** What Palette deletes of its own: whole namespaces, and objects one by one. Sorted, so that no order of input shows. */
export interface Seeds {
  readonly namespaces: readonly string[];
  readonly objects: readonly Seed[];
  readonly kept: readonly Kept[];
  readonly releases: readonly Release[];
}

/** Namespaces that the removal of these packs destroys. Source: Palette docs, Profile Customization, and design, "Stakes". */
function namespacesOf(world: World, packs: ReadonlySet<string>): readonly string[] {
  const destroyed = world.subject.stakes.filter(({ pack, fate }) => fate === 'destroyed' && packs.has(pack));
  return [...new Set(destroyed.map(({ namespace }) => namespace))].toSorted(compareText);
}

/** The live releases of these packs, by proof or by name: both are uninstalled. An uninstalled one has nothing left to delete. */
export function releasesOf(world: World, packs: ReadonlySet<string>): readonly Release[] {
  return world.subject.links
    .filter(({ pack }) => packs.has(pack))
    .flatMap(({ release }) => world.releasesOf(release))
    .filter(({ status }) => status !== 'uninstalled');
}

/** Everything that the removal of these packs deletes by itself. */
export function seedsOfPacks(world: World, packs: ReadonlySet<string>): Seeds {
  const releases = releasesOf(world, packs);
  const removed = world.subject.packs.filter(({ name }) => packs.has(name));
  return {
    namespaces: namespacesOf(world, packs),
    objects: [
      ...releases.flatMap((release) => releaseSeeds(world, release)),
      ...removed.flatMap((pack) => manifestSeeds(world, pack)),
    ],
    kept: [
      ...releases.flatMap((release) => keptOf(world, release)),
      ...removed.flatMap((pack) => keptInManifests(world, pack)),
    ],
    releases,
  };
}

/** What `helm uninstall` deletes: the manifest but what is kept, no hooks, and every record. Source: Helm, `pkg/action/uninstall.go`. */
export function releaseSeeds(world: World, release: Release): readonly Seed[] {
  const because = `release ${releaseKey(release)}`;
  const contained = placedInRelease(release, world.scope)
    .filter(({ released }) => !released.hook && !released.keep)
    .flatMap(({ key }) => world.byPlace.get(key) ?? [])
    .filter(isDeletable)
    .map((object): Seed => ({ object, step: 'release', because }));
  const records = recordsOf(world, release).map((object): Seed => ({ object, step: 'release-record', because }));
  return [...contained, ...records];
}

/** The stored revisions of a release. */
export function recordsOf(world: World, release: Release): readonly ClusterObject[] {
  const { storageKind, storageNamespace, name } = release;
  const prefix = `sh.helm.release.v1.${name}.v`;
  return (world.byNamespace.get(storageNamespace) ?? []).filter(
    (object) =>
      object.type.group === '' &&
      object.type.kind === storageKind &&
      object.name.startsWith(prefix) &&
      /^\d+$/.test(object.name.slice(prefix.length)),
  );
}

/** What the policy of a release keeps. */
export function keptOf(world: World, release: Release): readonly Kept[] {
  return placedInRelease(release, world.scope)
    .filter(({ released: { keep, hook } }) => keep && !hook)
    .flatMap(({ key }) => world.byPlace.get(key) ?? [])
    .map((object) => ({ object, release: releaseKey(release) }));
}

/** Objects of manifests whose body is readable; one that may or may not be rendered is deleted if it is there. */
export function manifestSeeds(world: World, pack: Pack): readonly Seed[] {
  return placedInManifests(pack, world.scope)
    .filter(({ defined }) => !defined.keep)
    .flatMap(({ key, defined }) =>
      (world.byPlace.get(key) ?? []).filter(isDeletable).map((object): Seed => {
        return { object, step: 'manifest', because: `manifest ${defined.manifest} of pack ${pack.name}` };
      }),
    );
}

function keptInManifests(world: World, pack: Pack): readonly Kept[] {
  return placedInManifests(pack, world.scope)
    .filter(({ defined }) => defined.keep)
    .flatMap(({ key, defined }) =>
      (world.byPlace.get(key) ?? []).map((object) => ({ object, release: `manifest ${defined.manifest}` })),
    );
}

/** Kubernetes refuses to delete some namespaces, whoever asks; and what has no such verb is not deleted either. */
export function isDeletable(object: ClusterObject): boolean {
  if (isNamespace(object) && PROTECTED_NAMESPACES.has(object.name)) return false;
  return object.type.verbs.includes('delete');
}

/** The Namespace object of a name. */
export function namespaceObject(world: World, name: string): ClusterObject | undefined {
  return world.byType.get('namespaces')?.find((object) => object.name === name);
}
