import { releaseKey } from '../model/attribution.ts';
import type { NameText, PackDefinition } from '../model/definition.ts';
import { grouped } from '../model/grouped.ts';
import type { Inventory, Release } from '../model/inventory.ts';
import type { Pack } from '../model/pack.ts';
import { refKey, type ObjectRef } from '../model/resource.ts';
import { currentGroup, type TypeScope } from './type-scope.ts';

/** A release whose decoded record contains an object. */
interface ReleaseProof {
  readonly release: Release;
  readonly hook: boolean;
}

/** A pack whose manifest contains an object; `possible` when it stands under a template action. */
interface ManifestProof {
  readonly pack: string;
  readonly manifest: string;
  readonly possible: boolean;
}

/** Everything that can prove an owner, keyed by object, see `proofKey`. */
export interface Proofs {
  readonly releases: ReadonlyMap<string, readonly ReleaseProof[]>;
  readonly manifests: ReadonlyMap<string, readonly ManifestProof[]>;
  readonly byReleaseKey: ReadonlyMap<string, Release>;
  /** By kind, namespace and release name of its storage records: `Secret ns/name`. */
  readonly byRecord: ReadonlyMap<string, Release>;
  readonly fluxIds: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Key under which a live object and a manifest's object meet, whatever version or moved group either names. */
export function proofKey(ref: ObjectRef): string {
  return refKey({ ...ref, group: currentGroup(ref.group, ref.kind) });
}

/** Indexes what releases, manifests and Flux inventories contain. Releases that were uninstalled prove nothing. */
export function proofsOf(inventory: Inventory, packs: readonly Pack[], scope: TypeScope): Proofs {
  const live = inventory.releases.filter(({ status }) => status !== 'uninstalled');
  const releases = live.flatMap((release) =>
    release.objects.map(({ ref, hook }) => ({
      key: proofKey(placed(ref, release.namespace, scope)),
      release,
      hook,
    })),
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
  return pack.definitions.flatMap((definition) => {
    const home = homeOf(definition, pack);
    return definition.objects.flatMap(({ ref, manifest, possible }) => {
      const own = definition.manifestNamespaces.find((entry) => entry.manifest === manifest)?.namespace;
      const place = own === undefined ? home : textOf(own);
      if (place === undefined) return [];
      return [{ key: proofKey(placed(ref, place, scope)), pack: pack.name, manifest, possible }];
    });
  });
}

/** Where objects without a namespace land if their manifest has none of its own; undefined when the declared name could not be resolved. */
function homeOf(definition: PackDefinition, pack: Pack): string | undefined {
  const declared =
    definition.namespace ??
    (definition.isPackDirectory
      ? pack.definitions.find(({ namespace }) => namespace !== undefined)?.namespace
      : undefined);
  return declared === undefined ? 'default' : textOf(declared);
}

function textOf({ resolved, text }: NameText): string | undefined {
  return resolved ? text : undefined;
}

function placed(ref: ObjectRef, home: string, scope: TypeScope): ObjectRef {
  if (scope.isClusterScoped(ref)) return { ...ref, namespace: '' };
  return ref.namespace === '' ? { ...ref, namespace: home } : ref;
}
