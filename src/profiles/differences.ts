import type { DefinedObject, NameText, PackDefinition } from '../model/definition.ts';
import type { DefinitionDifference } from '../model/pack.ts';
import { compareText } from '../model/resource.ts';
import { isAbout } from './fill.ts';
import { overrideField } from './pack-block.ts';

/** A field as one side tells it; no entry means that the side does not tell it. */
type Facts = ReadonlyMap<string, string>;

/** What files and the cluster's Pack resources disagree about. What a side cannot tell is no difference but a gap. */
export function differencesOf(definitions: readonly PackDefinition[]): readonly DefinitionDifference[] {
  const files = definitions.filter(({ source }) => source.kind === 'file');
  const clusters = definitions.filter(({ source }) => source.kind === 'cluster');
  const differences = new Map<string, DefinitionDifference>();
  for (const file of files) {
    for (const cluster of clusters) {
      const found = [...compare(factsOf(file), factsOf(cluster)), ...manifestDifferences(file, cluster)];
      for (const difference of found) differences.set(JSON.stringify(difference), difference);
    }
  }
  return [...differences].toSorted(([a], [b]) => compareText(a, b)).map(([, difference]) => difference);
}

function compare(file: Facts, cluster: Facts): readonly DefinitionDifference[] {
  const fields = [...file.keys()].filter((field) => cluster.has(field));
  return fields
    .map((field) => ({ field, file: file.get(field) ?? '', cluster: cluster.get(field) ?? '' }))
    .filter((difference) => difference.file !== difference.cluster);
}

/** A file whose manifest holds other objects than the deployed one proves nothing about these. */
function manifestDifferences(file: PackDefinition, cluster: PackDefinition): readonly DefinitionDifference[] {
  const names = new Set(file.objects.filter(({ possible }) => !possible).map(({ manifest }) => manifest));
  return [...names]
    .filter((name) => ![...file.gaps, ...cluster.gaps].some(({ subject }) => isAbout(subject, name)))
    .filter((name) => !mayBeSame(certainIn(file, name), certainIn(cluster, name)))
    .map((name) => ({ field: `manifests.${name}`, file: objectsIn(file, name), cluster: objectsIn(cluster, name) }))
    .filter((difference) => difference.file !== difference.cluster);
}

/** Whether all that differs are names that rest on the default of a variable. */
function mayBeSame(file: readonly DefinedObject[], cluster: readonly DefinedObject[]): boolean {
  const theirs = new Set(cluster.map(wordsOf));
  const open = file.filter((object) => !theirs.has(wordsOf(object)));
  const mine = new Set(file.map(wordsOf));
  const other = cluster.filter((object) => !mine.has(wordsOf(object)));
  return open.every(({ assumed }) => assumed === true) && kindsOf(open) === kindsOf(other);
}

function kindsOf(objects: readonly DefinedObject[]): string {
  return objects
    .map(({ ref }) => ref.kind)
    .toSorted(compareText)
    .join(', ');
}

function certainIn({ objects }: PackDefinition, name: string): readonly DefinedObject[] {
  return objects.filter(({ manifest, possible }) => manifest === name && !possible);
}

function wordsOf({ ref }: DefinedObject): string {
  return `${ref.kind} ${ref.namespace === '' ? '' : `${ref.namespace}/`}${ref.name}`;
}

function objectsIn(definition: PackDefinition, name: string): string {
  return certainIn(definition, name).map(wordsOf).toSorted(compareText).join(', ');
}

function factsOf(definition: PackDefinition): Facts {
  const facts = new Map<string, string>();
  const add = (field: string, text: string | undefined): void => {
    if (text !== undefined) facts.set(field, text);
  };
  add('version', definition.version);
  add('tag', definition.tag);
  if (!tellsValues(definition)) return facts;
  const { manifestNamespaces, releaseNameOverrides } = definition;
  add('pack.namespace', definition.namespace === undefined ? 'default' : nameOf(definition.namespace));
  add('pack.additionalNamespaces', listOf(definition.additionalNamespaces));
  add(
    'manifests.namespace',
    pairsOf(manifestNamespaces.map(({ manifest, namespace }) => [manifest, nameOf(namespace)])),
  );
  const assumed = new Set(definition.assumptions?.map(({ subject }) => subject));
  add(
    'pack.releaseNameOverride',
    pairsOf([...releaseNameOverrides].map(([key, name]) => [key, assumed.has(overrideField(key)) ? undefined : name])),
  );
  add('pack.namespaceLabels', listOf(definition.namespaceLabels.map(({ namespace }) => namespace)));
  add('pack.namespaceAnnotations', listOf(definition.namespaceAnnotations.map(({ namespace }) => namespace)));
  return facts;
}

/** A side whose values were missing or not readable tells nothing about them. */
export function tellsValues({ gaps }: PackDefinition): boolean {
  return !gaps.some(({ subject }) => subject === 'pack.namespace' || subject === 'values' || subject === 'manifests');
}

/** What rests on the default of a variable, the side does not tell. */
function nameOf({ text, resolved, assumed }: NameText): string | undefined {
  return resolved && assumed === undefined ? text : undefined;
}

function listOf(names: readonly NameText[]): string | undefined {
  if (names.some((name) => nameOf(name) === undefined)) return undefined;
  return [...new Set(names.map(({ text }) => text))].toSorted(compareText).join(', ');
}

function pairsOf(pairs: readonly (readonly [string, string | undefined])[]): string | undefined {
  if (pairs.some(([, text]) => text === undefined)) return undefined;
  return pairs
    .map(([key, text]) => (key === '' ? (text ?? '') : `${key}=${text ?? ''}`))
    .toSorted(compareText)
    .join(', ');
}
