import type { ReleaseLink } from '../model/attribution.ts';
import { coveredBy } from '../model/covered.ts';
import type { ClusterObject, Elsewhere, Inventory } from '../model/inventory.ts';
import { byUid, namedOwners } from '../model/named-objects.ts';
import type { Pack, Stake } from '../model/pack.ts';
import { kindKey } from '../model/resource.ts';
import { expectedReleaseNames, releaseNamespaces } from './link-releases.ts';
import { everywhereIn } from './makers.ts';
import { owningParent, SOUGHT_KINDS, type Parent, type Sought } from './parents.ts';
import { proofsOf, type Proofs } from './proof.ts';
import { remembered } from '../model/remembered.ts';
import { typeScope, type TypeScope } from '../model/type-scope.ts';

/** What attribution works from. */
export interface AttributionInput {
  readonly inventory: Inventory;
  readonly packs: readonly Pack[];
  readonly links: readonly ReleaseLink[];
  readonly stakes: readonly Stake[];
}

/** The input with its indexes, built once and only read. */
export interface Context extends AttributionInput {
  readonly scope: TypeScope;
  readonly proofs: Proofs;
  /** The objects that others name by their UID: as their owner, or by its volume claim templates. */
  readonly byUid: ReadonlyMap<string, ClusterObject>;
  /** The live object of a kind beside another one, in its namespace, by its name. */
  readonly find: (sought: Sought, namespace: string, name: string) => ClusterObject | undefined;
  /** Kinds of the objects that others may derive from, see `kindKey`. */
  readonly parentKinds: ReadonlySet<string>;
  /** An owner as a parent, the same for all that it owns. */
  readonly parentOf: (owner: ClusterObject) => Parent;
  readonly linkOf: ReadonlyMap<string, ReleaseLink>;
  /** Release keys that the packs' definitions spell out, with their pack. */
  readonly expected: ReadonlyMap<string, string>;
  /** See `everywhereIn`. */
  readonly everywhere: ReadonlyMap<string, ReadonlySet<string>>;
  readonly templates: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Whether every release record of this namespace could be read. */
  readonly releasesReadable: (namespace: string) => boolean;
}

/** Builds the indexes of one attribution. */
export function contextOf(input: AttributionInput): Context {
  const { inventory, packs, links } = input;
  const scope = typeScope(inventory.types);
  const linkOf = new Map(links.map((link) => [link.release, link]));
  const named = namedByUid(inventory);
  return {
    ...input,
    scope,
    proofs: proofsOf({ inventory, packs, scope, linkOf }),
    byUid: named,
    find: finderIn(inventory.objects),
    parentKinds: new Set([...SOUGHT_KINDS, ...Array.from(named.values(), ({ type }) => kindKey(type))]),
    parentOf: remembered(owningParent),
    linkOf,
    expected: expectedReleases(packs),
    everywhere: everywhereIn(inventory),
    templates: claimTemplates(inventory),
    releasesReadable: releasesReadable(inventory),
  };
}

/** The same, once it is known where else objects of some names are. */
export function withElsewhere(context: Context, elsewhere: readonly Elsewhere[]): Context {
  const inventory = { ...context.inventory, elsewhere };
  return { ...context, inventory, everywhere: everywhereIn(inventory) };
}

function namedByUid({ objects, claimTemplates: templated }: Inventory): ReadonlyMap<string, ClusterObject> {
  const owners = namedOwners(objects);
  const missing = templated.filter(({ uid }) => !owners.has(uid)).map(({ uid }) => ({ uid, kind: 'StatefulSet' }));
  return missing.length === 0 ? owners : byUid(objects, missing);
}

/** Whether another object may derive from this one, by its kind. */
export function mayBeParent({ type }: ClusterObject, { parentKinds }: Context): boolean {
  return parentKinds.has(kindKey(type));
}

/** By namespace, then by name. */
type Places = ReadonlyMap<string, ReadonlyMap<string, ClusterObject>>;

/** Only a few kinds are asked for by name: each is indexed when it is asked for first. */
function finderIn(objects: readonly ClusterObject[]): Context['find'] {
  const placesOf = remembered((sought: Sought) => placesIn(objects, sought));
  return (sought, namespace, name) => placesOf(sought).get(namespace)?.get(name);
}

function placesIn(objects: readonly ClusterObject[], { group, kind }: Sought): Places {
  const places = new Map<string, Map<string, ClusterObject>>();
  for (const object of objects) {
    if (object.type.kind !== kind || object.type.group !== group) continue;
    const here = places.get(object.namespace) ?? new Map<string, ClusterObject>();
    places.set(object.namespace, here.set(object.name, object));
  }
  return places;
}

function expectedReleases(packs: readonly Pack[]): ReadonlyMap<string, string> {
  const expected = new Map<string, string>();
  for (const pack of packs) {
    for (const namespace of releaseNamespaces(pack)) {
      for (const name of expectedReleaseNames(pack)) expected.set(`${namespace}/${name}`, pack.name);
    }
  }
  return expected;
}

/** In place of a UID: two StatefulSets would name their volumes alike, so that a name tells nothing. */
const AMBIGUOUS = '';

/** For each namespace the volumes' name stems, `<template>-<statefulset>`, with the StatefulSet's UID. */
function claimTemplates(inventory: Inventory): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const stems = new Map<string, Map<string, string>>();
  for (const { namespace, statefulSet, uid, templates } of inventory.claimTemplates) {
    const here = stems.get(namespace) ?? new Map<string, string>();
    for (const template of templates) {
      const stem = `${template}-${statefulSet}`;
      const before = here.get(stem);
      here.set(stem, before === undefined || before === uid ? uid : AMBIGUOUS);
    }
    stems.set(namespace, here);
  }
  return stems;
}

/** Release records lie in Secrets or ConfigMaps; one that was not seen leaves a mark unproved, not refuted. */
function releasesReadable({ coverage }: Inventory): (namespace: string) => boolean {
  const gaps = coverage.filter(
    ({ resource, state }) =>
      state !== 'complete' && (resource === 'secrets' || resource === 'configmaps' || resource.startsWith('release/')),
  );
  const { listed } = coveredBy(coverage);
  return (namespace) =>
    gaps.every(({ resource, scope }) => (scope !== '' && scope !== namespace) || listed(resource, namespace));
}
