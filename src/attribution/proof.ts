import { releaseKey, type Owner, type ReleaseLink, type Strength } from '../model/attribution.ts';
import type { PackDefinition } from '../model/definition.ts';
import type { ClusterObject, Inventory, Release } from '../model/inventory.ts';
import type { Pack } from '../model/pack.ts';
import { placedInManifests, placedInRelease } from '../model/placement.ts';
import { lastRemembered } from '../model/remembered.ts';
import type { ObjectRef } from '../model/resource.ts';
import { currentGroup, type TypeScope } from '../model/type-scope.ts';
import type { Candidate } from './candidates.ts';

/** A release whose decoded record contains an object, by its key, and the owner that this speaks for. */
interface ReleaseProof {
  readonly release: string;
  readonly candidate: Candidate;
  /** The candidate as a list, one for all objects that nothing else proves. */
  readonly alone: readonly Candidate[];
}

/** A pack whose manifest contains an object, and where it was read; `possible` when it stands under a template action. */
interface ManifestProof {
  readonly pack: string;
  readonly source: string;
  readonly manifest: string;
  readonly possible: boolean;
}

/** What proves the owner of an object. */
type ProofsOf<Proof> = (object: ClusterObject) => readonly Proof[];

/** Everything that can prove an owner. */
export interface Proofs {
  readonly releases: ProofsOf<ReleaseProof>;
  readonly manifests: ProofsOf<ManifestProof>;
  readonly byReleaseKey: ReadonlyMap<string, Release>;
  /** By kind, namespace and release name of its storage records: `Secret ns/name`. */
  readonly byRecord: ReadonlyMap<string, Release>;
  readonly fluxIds: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What proofs are gathered from; `linkOf` tells the pack of a release by its key. */
interface ProofInput {
  readonly inventory: Inventory;
  readonly packs: readonly Pack[];
  readonly scope: TypeScope;
  readonly linkOf: ReadonlyMap<string, ReleaseLink>;
}

/** A proof with the object that it is of; `key` as of `placeKey`. */
interface Placed<Proof> {
  readonly place: ObjectRef;
  readonly key: string;
  readonly proof: Proof;
}

/** Indexes what releases, manifests and Flux inventories contain. Releases that were uninstalled prove nothing. */
export function proofsOf({ inventory, packs, scope, linkOf }: ProofInput): Proofs {
  const live = inventory.releases.filter(({ status }) => status !== 'uninstalled');
  return {
    releases: lookup(oneByOne(live, (release) => proofsOfRelease(release, scope, linkOf))),
    manifests: lookup([manifestProofs(packs, scope)]),
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

/** What is made of each item, of which only one has to be in memory. */
function* oneByOne<Item, Made>(items: readonly Item[], make: (item: Item) => Made): Generator<Made> {
  for (const item of items) yield make(item);
}

/** The proofs of one object, beside its kind and the group it lives in today. */
interface Proved<Proof> {
  readonly kind: string;
  readonly group: string;
  readonly proofs: readonly Proof[];
}

/**
 * By namespace and name: no key has to be put together for the objects that are asked for, and most have no proof. Each
 * of the `groups` is of one release, whose objects mostly have the same.
 */
function lookup<Proof>(groups: Iterable<readonly Placed<Proof>[]>): ProofsOf<Proof> {
  const places = new Map<string, Map<string, readonly Proved<Proof>[]>>();
  for (const group of groups) {
    const alone = sharedByKind<Proof>();
    for (const placed of group) {
      const { namespace, name } = placed.place;
      const here = places.get(namespace) ?? new Map<string, readonly Proved<Proof>[]>();
      const before = here.get(name);
      places.set(namespace, here.set(name, before === undefined ? alone(placed) : withProof(before, placed)));
    }
  }
  // Neighbours mostly are of one namespace.
  const placesIn = lastRemembered((namespace: string) => places.get(namespace));
  return ({ type, namespace, name }) => {
    const named = placesIn(namespace)?.get(name);
    if (named === undefined) return NONE;
    const group = currentGroup(type.group, type.kind);
    return named.find((one) => one.kind === type.kind && one.group === group)?.proofs ?? NONE;
  };
}

/** What is known of a name that has one proof, the same for all of a kind that have it. */
function sharedByKind<Proof>(): (placed: Placed<Proof>) => readonly Proved<Proof>[] {
  const known = new Map<string, readonly Proved<Proof>[]>();
  return ({ place: { kind, group }, proof }) => {
    const key = `${group}/${kind}`;
    const before = known.get(key);
    if (before?.[0]?.proofs[0] === proof) return before;
    const made = [{ kind, group, proofs: [proof] }];
    known.set(key, made);
    return made;
  };
}

function withProof<Proof>(
  named: readonly Proved<Proof>[],
  { place: { kind, group }, proof }: Placed<Proof>,
): readonly Proved<Proof>[] {
  const known = named.find((one) => one.kind === kind && one.group === group);
  if (known === undefined) return [...named, { kind, group, proofs: [proof] }];
  return named.map((one) => (one === known ? { ...known, proofs: [...known.proofs, proof] } : one));
}

const NONE: readonly never[] = [];

/** All objects of a release have the same evidence, one text for what is in its manifest and one for its hooks. */
function proofsOfRelease(
  release: Release,
  scope: TypeScope,
  linkOf: ProofInput['linkOf'],
): readonly Placed<ReleaseProof>[] {
  const { owner, weakest } = releaseOwner(release, linkOf);
  const proofBy = (what: string): ReleaseProof => {
    const text = `${what} of release ${release.name} in ${release.namespace}, revision ${release.revision}`;
    const evidence = { strength: weakest, text, source: recordOf(release) };
    const candidate = { owner, strength: weakest, evidence };
    return { release: releaseKey(release), candidate, alone: [candidate] };
  };
  const [own, hook] = [proofBy('in the manifest'), proofBy('a hook')];
  return placedInRelease(release, scope).map(({ key, place, released }) => ({
    place,
    key,
    proof: released.hook ? hook : own,
  }));
}

/** Whose a release is, and how far its proof goes: a pack's by its link, else an application of its own. */
export function releaseOwner(
  release: Release,
  linkOf: ProofInput['linkOf'],
): { readonly owner: Owner; readonly weakest: Strength } {
  const link = linkOf.get(releaseKey(release));
  if (link !== undefined) return { owner: { kind: 'pack', pack: link.pack }, weakest: link.strength };
  return {
    owner: { kind: 'application', via: 'helm', name: release.name, namespace: release.namespace },
    weakest: 'verified',
  };
}

/** Where the record of a release lies: `secret sh.helm.release.v1.web.v3`, with its namespace where that is another. */
function recordOf({ storageKind, storageName, storageNamespace, namespace }: Release): string {
  const record = `${storageKind.toLowerCase()} ${storageName}`;
  return storageNamespace === namespace ? record : `${record} in ${storageNamespace}`;
}

/** Of two manifests of one pack that contain the same object, the first one is proof enough. */
function manifestProofs(packs: readonly Pack[], scope: TypeScope): readonly Placed<ManifestProof>[] {
  const unique = new Map<string, Placed<ManifestProof>>();
  for (const placed of packs.flatMap((pack) => proofsOfPack(pack, scope))) {
    const identity = JSON.stringify([placed.key, placed.proof.pack, placed.proof.possible]);
    if (!unique.has(identity)) unique.set(identity, placed);
  }
  return [...unique.values()];
}

function proofsOfPack(pack: Pack, scope: TypeScope): readonly Placed<ManifestProof>[] {
  return placedInManifests(pack, scope).map(({ key, place, defined: { manifest, possible }, definition }) => ({
    place,
    key,
    proof: { pack: pack.name, source: sourceText(definition), manifest, possible },
  }));
}

/** Where a definition was read: the Pack resource, or the file as given. */
function sourceText({ name, source }: PackDefinition): string {
  if (source.kind === 'cluster') return `Pack ${name} in ${source.namespace}`;
  return source.path === '-' ? 'standard input' : source.path;
}
