import type { ClusterObject, NamespaceRecord, OwnerReference, Release } from '../model/inventory.ts';
import type { Pack } from '../model/pack.ts';
import { remembered, rememberedOf } from '../model/remembered.ts';
import { namespaceAbove } from '../model/subnamespace.ts';
import { compareText, kindKey, typeName, type ObjectRef, type ResourceType } from '../model/resource.ts';

/** Objects without a namespace, as far as they were read, and of which types all were. */
export interface OwnersSeen {
  readonly objects: readonly ClusterObject[];
  /** Whether all objects of a type, `TYPE.GROUP`, were listed. */
  readonly isListed: (resource: string) => boolean;
}

/**
 * The namespaces that something owns, and the types by which their owners' definitions are told. Without `seen` no
 * owner is known to be there, or not to be.
 */
export interface OwnedNamespaces {
  readonly namespaces: readonly NamespaceRecord[];
  readonly types: readonly ResourceType[];
  readonly seen?: OwnersSeen;
}

/** A pack with its live releases, and the namespaces that it destroys by other claims. */
export interface Owning {
  readonly pack: Pack;
  readonly releases: readonly Release[];
  readonly destroyed: readonly string[];
}

/** A namespace that goes when a pack's objects go; `via` names its owners. */
interface Owned {
  readonly namespace: string;
  readonly via: string;
}

/** What becomes of an owner when a pack goes; `absent` is one that is not there any more, or about to go anyhow. */
type Fate = 'goes' | 'stays' | 'absent' | 'unseen';

/**
 * The namespaces that go with a pack, round by round: the garbage collector deletes what has an owner once none of its
 * owners is there, and HNC a subnamespace with the namespace above. A pack takes along what it brings, what is of a type
 * whose definition it brings, and what all of these own in turn. An owner of which nobody knows whether it is there keeps
 * nothing. What hooks make and what is kept does not go. Source: Kubernetes docs, Owners and Dependents, and the garbage
 * collector's attemptToDeleteItem.
 */
export function ownedNamespaces(owning: Owning, owned: OwnedNamespaces): readonly Owned[] {
  const found = new Map<string, Owned>();
  for (let before = -1; before !== found.size;) {
    before = found.size;
    const all = { ...owning, destroyed: [...owning.destroyed, ...found.keys()] };
    for (const one of [...withOwners(all, owned), ...withAbove(all, owned)]) found.set(one.namespace, one);
  }
  return [...found.values()];
}

function withOwners(owning: Owning, owned: OwnedNamespaces): readonly Owned[] {
  const namespaces = owned.namespaces.filter(({ owners = [] }) => owners.length > 0);
  if (namespaces.length === 0) return [];
  const index = indexed(owned);
  const fates = fatesIn(index, broughtBy(owning));
  return namespaces
    .filter(({ owners = [] }) => together(owners.map(fates)) === 'goes')
    .map(({ name, owners = [] }) => ({ namespace: name, via: viaOf(owners, fates, index) }));
}

function withAbove({ destroyed }: Owning, { namespaces, types }: OwnedNamespaces): readonly Owned[] {
  const aboveOf = namespaceAbove(types);
  return namespaces.flatMap((record) => {
    const above = aboveOf(record);
    return above !== undefined && destroyed.includes(above)
      ? [{ namespace: record.name, via: `subnamespace of ${above}` }]
      : [];
  });
}

/** What all owners of one object come to: one that stays keeps what it owns. */
function together(owners: readonly Fate[]): Fate {
  if (owners.includes('stays')) return 'stays';
  return owners.includes('goes') ? 'goes' : 'absent';
}

type FateOf = (owner: OwnerReference) => Fate;

/**
 * Fates of owners for one pack. What stays is all that nothing takes: a ring of owners holds itself. So every object is
 * decided once, after its owners; those that were found last, the far ends of chains, are looked at first.
 */
function fatesIn({ typeOf, liveOf, isListed, chain }: Index, brought: ReadonlySet<string>): FateOf {
  const known = new Map<string, Fate>();
  const fate: FateOf = (owner) => {
    const { resource, namespaced } = typeOf(owner);
    // The garbage collector deletes nothing without a namespace that names an owner with one.
    if (namespaced) return 'stays';
    if (brought.has(keyOf(owner)) || brought.has(definitionKey(resource))) return 'goes';
    const live = liveOf(owner);
    if (live === undefined) return isListed(resource) ? 'absent' : 'unseen';
    return isBeingDeleted(live) ? 'absent' : (known.get(owner.uid) ?? 'stays');
  };
  let open = chain;
  for (let before = -1; before !== open.length;) {
    before = open.length;
    open = open.filter(({ uid, owners }) => {
      const found = together(owners.map(fate));
      known.set(uid, found);
      return found === 'stays';
    });
  }
  return fate;
}

function isBeingDeleted({ deletingSince }: ClusterObject): boolean {
  return deletingSince !== undefined;
}

function viaOf(owners: readonly OwnerReference[], fates: FateOf, { liveOf }: Index): string {
  const words = (owner: OwnerReference): string => {
    const live = liveOf(owner);
    return `owner ${owner.kind} ${owner.name}${live === undefined ? (UNFOUND.get(fates(owner)) ?? '') : stateOf(live)}`;
  };
  return owners.map(words).toSorted(compareText).join(', ');
}

/** What is said of an owner that was not found. */
const UNFOUND: ReadonlyMap<Fate, string> = new Map([
  ['absent', ' (not there)'],
  ['unseen', ' (not seen)'],
]);

function stateOf(live: ClusterObject): string {
  if (isBeingDeleted(live)) return ' (being deleted)';
  const further = live.owners.map(({ kind, name }) => `${kind} ${name}`).toSorted(compareText);
  return further.length === 0 ? '' : ` of ${further.join(', ')}`;
}

interface Index {
  /** The type of an owner, `TYPE.GROUP`; '' for one that is not served. */
  readonly typeOf: (owner: OwnerReference) => { readonly resource: string; readonly namespaced: boolean };
  readonly liveOf: (owner: OwnerReference) => ClusterObject | undefined;
  readonly isListed: OwnersSeen['isListed'];
  /** The owners of namespaces that have owners themselves, and the owners of these, the farthest first. */
  readonly chain: readonly ClusterObject[];
}

/** Made once for all packs. */
const indexed: (owned: OwnedNamespaces) => Index = rememberedOf(
  ({ namespaces, types, seen }: OwnedNamespaces): Index => {
    const byKind = new Map(
      types.map((type) => [kindKey(type), { resource: typeName(type), namespaced: type.namespaced }]),
    );
    const listed = remembered((resource: string) => ({ is: seen?.isListed(resource) ?? false }));
    const byUid = new Map<string, ClusterObject>();
    for (const object of seen?.objects ?? []) if (object.namespace === '') byUid.set(object.uid, object);
    const liveOf: Index['liveOf'] = ({ uid, kind, name }) => {
      const object = byUid.get(uid);
      return object?.type.kind === kind && object.name === name ? object : undefined;
    };
    return {
      typeOf: (owner) => byKind.get(kindKey(owner)) ?? { resource: '', namespaced: false },
      liveOf,
      isListed: (resource) => listed(resource).is,
      chain: chainOf(
        namespaces.flatMap(({ owners = [] }) => owners),
        liveOf,
      ),
    };
  },
);

function chainOf(owners: readonly OwnerReference[], liveOf: Index['liveOf']): readonly ClusterObject[] {
  const found = new Set<ClusterObject>();
  let round = owners;
  while (round.length > 0) {
    const live = new Set(round.flatMap((owner) => liveOf(owner) ?? []));
    const fresh = [...live].filter((object) => object.owners.length > 0 && !found.has(object));
    for (const object of fresh) found.add(object);
    round = fresh.flatMap((object) => object.owners);
  }
  return [...found].toReversed();
}

function broughtBy({ pack: { definitions }, releases, destroyed }: Owning): ReadonlySet<string> {
  const released = releases.flatMap(({ objects }) => objects.filter(({ hook, keep }) => !hook && !keep));
  const defined = definitions.flatMap(({ objects }) => objects.filter(({ keep }) => !keep));
  const namespaces = destroyed.map((name) => keyOf({ group: '', kind: 'Namespace', name }));
  return new Set([...[...released, ...defined].map(({ ref }) => keyOf(ref)), ...namespaces]);
}

/** Owners of what has no namespace have none themselves. */
function keyOf({ group, kind, name }: Pick<ObjectRef, 'group' | 'kind' | 'name'>): string {
  return `${group}/${kind}/${name}`;
}

function definitionKey(name: string): string {
  return keyOf({ group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition', name });
}
