import type { NamespaceRecord, OwnerReference, Release } from '../model/inventory.ts';
import type { Pack } from '../model/pack.ts';
import { compareText, kindKey, typeName, type ObjectRef, type ResourceType } from '../model/resource.ts';

/** The namespaces that something owns, and the types by which their owners' definitions are told. */
export interface OwnedNamespaces {
  readonly namespaces: readonly NamespaceRecord[];
  readonly types: readonly ResourceType[];
}

/** A namespace that goes when a pack's objects go; `via` names its owners. */
interface Owned {
  readonly namespace: string;
  readonly via: string;
}

/**
 * The namespaces of which a pack brings every owner, or the definition of its type: when these go, the garbage
 * collector deletes the namespace. What hooks make and what is kept does not go. `releases` are the pack's live ones.
 */
export function ownedNamespaces(
  pack: Pack,
  releases: readonly Release[],
  { namespaces, types }: OwnedNamespaces,
): readonly Owned[] {
  const owned = namespaces.filter(({ owners = [] }) => owners.length > 0);
  if (owned.length === 0) return [];
  const brought = broughtBy(pack, releases);
  const definitions = new Map(types.map((type) => [kindKey(type), typeName(type)]));
  const goes = (owner: OwnerReference): boolean =>
    brought.has(keyOf(owner)) || brought.has(definitionKey(definitions.get(kindKey(owner)) ?? ''));
  return owned
    .filter(({ owners = [] }) => owners.every(goes))
    .map(({ name, owners = [] }) => ({ namespace: name, via: ownerNames(owners) }));
}

function ownerNames(owners: readonly OwnerReference[]): string {
  return owners
    .map(({ kind, name }) => `owner ${kind} ${name}`)
    .toSorted(compareText)
    .join(', ');
}

function broughtBy({ definitions }: Pack, releases: readonly Release[]): ReadonlySet<string> {
  const released = releases.flatMap(({ objects }) => objects.filter(({ hook, keep }) => !hook && !keep));
  const defined = definitions.flatMap(({ objects }) => objects.filter(({ keep }) => !keep));
  return new Set([...released, ...defined].map(({ ref }) => keyOf(ref)));
}

/** Owners of a namespace have none themselves. */
function keyOf({ group, kind, name }: Pick<ObjectRef, 'group' | 'kind' | 'name'>): string {
  return `${group}/${kind}/${name}`;
}

function definitionKey(name: string): string {
  return keyOf({ group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition', name });
}
