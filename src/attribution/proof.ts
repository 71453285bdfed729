import { releaseKey } from '../model/attribution.ts';
import type { PackDefinition } from '../model/definition.ts';
import { grouped } from '../model/grouped.ts';
import type { Inventory, Release } from '../model/inventory.ts';
import type { Pack } from '../model/pack.ts';
import { placedInManifests, placedInRelease } from '../model/placement.ts';
import type { TypeScope } from '../model/type-scope.ts';

/** A release whose decoded record contains an object. */
interface ReleaseProof {
  readonly release: Release;
  readonly hook: boolean;
}

/** A pack whose manifest contains an object, and where it was read; `possible` when it stands under a template action. */
interface ManifestProof {
  readonly pack: string;
  readonly source: string;
  readonly manifest: string;
  readonly possible: boolean;
}

/** Everything that can prove an owner, keyed by object, see `placeKey`. */
export interface Proofs {
  readonly releases: ReadonlyMap<string, readonly ReleaseProof[]>;
  readonly manifests: ReadonlyMap<string, readonly ManifestProof[]>;
  readonly byReleaseKey: ReadonlyMap<string, Release>;
  /** By kind, namespace and release name of its storage records: `Secret ns/name`. */
  readonly byRecord: ReadonlyMap<string, Release>;
  readonly fluxIds: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Indexes what releases, manifests and Flux inventories contain. Releases that were uninstalled prove nothing. */
export function proofsOf(inventory: Inventory, packs: readonly Pack[], scope: TypeScope): Proofs {
  const live = inventory.releases.filter(({ status }) => status !== 'uninstalled');
  const releases = live.flatMap((release) =>
    placedInRelease(release, scope).map(({ key, released }) => ({ key, release, hook: released.hook })),
  );
  return {
    releases: grouped(releases, ({ key }) => key),
    manifests: manifestProofs(packs, scope),
    byReleaseKey: new Map(inventory.releases.map((release) => [releaseKey(release), release])),
    byRecord: new Map(
      inventory.releases.map((release) => [
        `${release.storageKind} ${release.storageNamespace}/${release.name}`,
        release,
      ]),
    ),
    fluxIds: new Map(
      inventory.fluxInventories.map(({ namespace, name, ids }) => [`${namespace}/${name}`, new Set(ids)]),
    ),
  };
}

/** Of two manifests of one pack that contain the same object, the first one is proof enough. */
function manifestProofs(packs: readonly Pack[], scope: TypeScope): ReadonlyMap<string, readonly ManifestProof[]> {
  const unique = new Map<string, ManifestProof & { readonly key: string }>();
  for (const proof of packs.flatMap((pack) => proofsOfPack(pack, scope))) {
    const identity = JSON.stringify([proof.key, proof.pack, proof.possible]);
    if (!unique.has(identity)) unique.set(identity, proof);
  }
  return grouped(unique.values(), ({ key }) => key);
}

function proofsOfPack(pack: Pack, scope: TypeScope): readonly (ManifestProof & { readonly key: string })[] {
  return placedInManifests(pack, scope).map(({ key, defined: { manifest, possible }, definition }) => ({
    key,
    pack: pack.name,
    source: sourceText(definition),
    manifest,
    possible,
  }));
}

/** Where a definition was read: the Pack resource, or the file as given. */
function sourceText({ name, source }: PackDefinition): string {
  if (source.kind === 'cluster') return `Pack ${name} in ${source.namespace}`;
  return source.path === '-' ? 'standard input' : source.path;
}
