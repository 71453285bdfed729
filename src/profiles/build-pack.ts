import { createHash } from 'node:crypto';
import type { PackDefinition } from '../model/definition.ts';
import type { MacroFacts } from '../model/pack-resource.ts';
import { holdsVariable, type Macros, resolveMacros } from './macros.ts';
import { type ManifestFacts, readManifest } from './manifest.ts';
import { type Reading, unreadable } from './names.ts';
import type { RawManifest, RawPack } from './raw-pack.ts';
import { evaluateTemplate, isOpenText } from './template.ts';
import { type ValuesFacts, readValues } from './values.ts';

/** What one run resolves macros from: `--var` and the cluster's facts. */
export interface MacroSources {
  readonly variables: ReadonlyMap<string, string>;
  readonly macroFacts: MacroFacts;
}

/** Layers whose values never name a namespace that Palette makes; they cannot be removed either. */
const LAYERS_WITHOUT_NAMESPACE = new Set(['kernel', 'os', 'k8s']);
/** The one pack whose values carry its manifest as it is applied. */
const BYO_MANIFEST = 'byo-manifest';

/** Reads values and manifests of a pack. Never throws: each fault becomes a gap or a problem of this pack. */
export function buildPack(raw: RawPack, { variables, macroFacts }: MacroSources): PackDefinition {
  const given = new Map([...(raw.given ?? []), ...variables]);
  const defaulted = new Set([...raw.defaults.keys()].filter((name) => !given.has(name)));
  const macros = { variables: new Map([...raw.defaults, ...given]), defaulted, facts: macroFacts };
  const reading: Reading = { macros, gaps: [...raw.gaps], assumptions: [], problems: [...raw.problems] };
  const values = readValues(raw.values, reading);
  noteMissingValues(raw, values, reading);
  const manifests = [
    ...raw.manifests.map((manifest) => readRawManifest(manifest, { raw, values }, reading)),
    ...values.contents.map((content) => readContent(content, reading)),
  ];
  noteUnseenManifests(raw, values, reading);
  const { displayName } = values.block;
  return {
    ...identityOf(raw, displayName),
    ...values.block,
    ...digestOf(raw.values?.text, macros),
    manifestNamespaces: values.manifestNamespaces,
    createdNamespaces: distinct(manifests.flatMap(({ createdNamespaces }) => createdNamespaces)),
    objects: manifests.flatMap(({ objects }) => objects),
    charts: raw.charts,
    chartKeys: values.chartKeys,
    ...(values.mayHoldOneChart ? { mayHoldOneChart: true } : {}),
    manifests: [...new Set([...raw.manifests.map(({ name }) => name), ...values.manifestValues.keys()])],
    gaps: reading.gaps,
    ...(reading.assumptions.length === 0 ? {} : { assumptions: reading.assumptions }),
    problems: reading.problems,
  };
}

/**
 * The same for values that differ in comments, blank lines and line ends only. Short, for it is to tell no more than that.
 * Equal texts are not equal values where a variable stands in them: with its value they are, and without it nobody
 * knows. A default is no value: the cluster may have been given another one.
 */
function digestOf(values: string | undefined, macros: Macros): Pick<PackDefinition, 'valuesDigest'> {
  if (values === undefined) return {};
  const given = {
    ...macros,
    variables: new Map([...macros.variables].filter(([name]) => !macros.defaulted?.has(name))),
  };
  const { text } = resolveMacros(values, given);
  const lines = text.split('\n').map((line) => line.trimEnd());
  const telling = lines.filter((line) => line !== '' && !line.trimStart().startsWith('#'));
  if (telling.some(holdsVariable)) return {};
  return { valuesDigest: createHash('sha256').update(telling.join('\n')).digest('hex').slice(0, 12) };
}

/** Two branches of a template often create the same namespace. */
function distinct(created: PackDefinition['createdNamespaces']): PackDefinition['createdNamespaces'] {
  const keyOf = ({ namespace, manifest, keep, possible }: (typeof created)[number]): string =>
    JSON.stringify([namespace.text, manifest, keep, possible]);
  return [...new Map(created.map((entry) => [keyOf(entry), entry])).values()];
}

function identityOf(raw: RawPack, displayName: string | undefined) {
  const { place, source, layer, type, version, tag, reportedState, profile, possibleProfiles, isPackDirectory } = raw;
  const isPrefixed = raw.name.includes('--');
  const name = displayName === undefined || isPrefixed || raw.isStoredName ? raw.name : `${displayName}--${raw.name}`;
  const baseName = isPrefixed ? raw.name.slice(raw.name.indexOf('--') + 2) : raw.name;
  return {
    name,
    baseName,
    displayName,
    layer,
    type,
    version,
    tag,
    reportedState,
    source,
    place,
    profile,
    ...(possibleProfiles === undefined ? {} : { possibleProfiles }),
    isPackDirectory,
  };
}

/**
 * Without values the pack's defaults apply, which are not in a profile: the namespace is unknown. A manifest layer has
 * no defaults; Palette documents `default` for it.
 */
function noteMissingValues(raw: RawPack, { given }: ValuesFacts, reading: Reading): void {
  if (given || !hasDefaults(raw)) return;
  const place = raw.values?.locate(1, 1) ?? raw.place;
  if (raw.isPackDirectory) unreadable(reading, 'values.yaml', { detail: 'the file is missing or empty', place });
  reading.gaps.push({ reason: 'values-unreadable', subject: 'pack.namespace', place });
}

function hasDefaults({ type, layer, gaps }: RawPack): boolean {
  if (gaps.some(({ subject }) => subject === 'pack.namespace')) return false;
  return type !== 'manifest' && !LAYERS_WITHOUT_NAMESPACE.has(layer ?? '');
}

interface PackContext {
  readonly raw: RawPack;
  readonly values: ValuesFacts;
}

function readRawManifest(
  { name, body, fault, place }: RawManifest,
  { raw, values }: PackContext,
  reading: Reading,
): ManifestFacts {
  if (body === undefined) {
    if (fault !== undefined) unreadable(reading, name, { detail: fault, place });
    reading.gaps.push({
      reason: fault === undefined ? 'manifest-only-referenced' : 'manifest-unreadable',
      subject: name,
      place,
    });
    return { objects: [], createdNamespaces: [] };
  }
  if (!raw.isPackDirectory) {
    return readManifest({ name, source: body, isPossible: () => false, isOpen: () => false }, reading);
  }
  const { text, isPossible, isValued, hidesObjects } = evaluateTemplate(
    body.text,
    values.manifestValues.get(name),
    reading.macros,
  );
  if (hidesObjects) reading.gaps.push({ reason: 'template-not-evaluated', subject: name, place: body.locate(1, 1) });
  return readManifest(
    { name, source: { text, locate: body.locate }, isPossible, isValued, isOpen: isOpenText },
    reading,
  );
}

/** A body that stands in the values: certain for Palette's own bring-your-own manifest, else what a template may use. */
function readContent({ manifest, body }: ValuesFacts['contents'][number], reading: Reading): ManifestFacts {
  const certain = manifest === BYO_MANIFEST;
  return readManifest({ name: manifest, source: body, isPossible: () => !certain, isOpen: () => false }, reading);
}

/** A profile that gives values for a manifest of the pack does not hold the manifest itself. */
function noteUnseenManifests(raw: RawPack, values: ValuesFacts, reading: Reading): void {
  if (raw.isPackDirectory) return;
  const seen = new Set([BYO_MANIFEST, ...raw.manifests.map(({ name }) => name)]);
  for (const subject of values.manifestValues.keys()) {
    if (!seen.has(subject)) reading.gaps.push({ reason: 'manifest-only-referenced', subject, place: raw.place });
  }
}
