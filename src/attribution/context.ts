import type { ReleaseLink } from '../model/attribution.ts';
import { coveredBy } from '../model/covered.ts';
import { refOf, type ClusterObject, type Inventory } from '../model/inventory.ts';
import type { Pack, Stake } from '../model/pack.ts';
import { refKey } from '../model/resource.ts';
import { expectedReleaseNames, releaseNamespaces } from './link-releases.ts';
import { proofsOf, type Proofs } from './proof.ts';
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
  readonly byUid: ReadonlyMap<string, ClusterObject>;
  readonly byRef: ReadonlyMap<string, ClusterObject>;
  readonly linkOf: ReadonlyMap<string, ReleaseLink>;
  /** Release keys that the packs' definitions spell out, with their pack. */
  readonly expected: ReadonlyMap<string, string>;
  readonly templates: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Whether every release record of this namespace could be read. */
  readonly releasesReadable: (namespace: string) => boolean;
}

/** Builds the indexes of one attribution. */
export function contextOf(input: AttributionInput): Context {
  const { inventory, packs, links } = input;
  const scope = typeScope(inventory.types);
  return {
    ...input,
    scope,
    proofs: proofsOf(inventory, packs, scope),
    byUid: new Map(inventory.objects.map((object) => [object.uid, object])),
    byRef: new Map(inventory.objects.map((object) => [refKey(refOf(object)), object])),
    linkOf: new Map(links.map((link) => [link.release, link])),
    expected: expectedReleases(packs),
    templates: claimTemplates(inventory),
    releasesReadable: releasesReadable(inventory),
  };
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
      state !== 'complete' && (resource === 'secrets' || resource === 'configmaps' || resource.startsWith('release')),
  );
  const { listed } = coveredBy(coverage);
  return (namespace) =>
    gaps.every(
      ({ resource, scope }) => (scope !== '' && scope !== namespace) || (scope === '' && listed(resource, namespace)),
    );
}
