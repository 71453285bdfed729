import type { ReleaseLink } from '../model/attribution.ts';
import { coveredBy } from '../model/covered.ts';
import { refOf, type ClusterObject, type Elsewhere, type Inventory } from '../model/inventory.ts';
import type { Pack, Stake } from '../model/pack.ts';
import { refKey, type ObjectRef } from '../model/resource.ts';
import { expectedReleaseNames, releaseNamespaces } from './link-releases.ts';
import { everywhereIn } from './makers.ts';
import { owningParent, type Parent } from './parents.ts';
import { proofsOf, type Proofs } from './proof.ts';
import { remembered } from './remembered.ts';
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
  /** The live object of this name. */
  readonly find: (ref: ObjectRef) => ClusterObject | undefined;
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
  return {
    ...input,
    scope,
    proofs: proofsOf({ inventory, packs, scope, linkOf }),
    byUid: namedByUid(inventory),
    find: finderIn(inventory.objects),
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

function namedByUid(inventory: Inventory): ReadonlyMap<string, ClusterObject> {
  const { objects } = inventory;
  const named = new Set(inventory.claimTemplates.map(({ uid }) => uid));
  for (const { owners } of objects) for (const { uid } of owners) named.add(uid);
  return new Map(objects.filter(({ uid }) => named.has(uid)).map((object) => [object.uid, object]));
}

/** Only a few kinds are asked for by name: each is indexed when it is asked for first. */
function finderIn(objects: readonly ClusterObject[]): Context['find'] {
  const kinds = new Map<string, ReadonlyMap<string, ClusterObject>>();
  return (ref) => {
    const { group, kind } = ref;
    const key = `${group}/${kind}`;
    const known = kinds.get(key);
    const ofKind = known ?? new Map(objects.filter(isOf(ref)).map((object) => [refKey(refOf(object)), object]));
    if (known === undefined) kinds.set(key, ofKind);
    return ofKind.get(refKey(ref));
  };
}

function isOf({ group, kind }: ObjectRef): (object: ClusterObject) => boolean {
  return ({ type }) => type.kind === kind && type.group === group;
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
