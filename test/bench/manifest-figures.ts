import { isDeepStrictEqual } from 'node:util';
import { at, listAt, textAt } from '../../src/cluster/json.ts';
import { manifestObjects } from '../../src/cluster/manifest-objects.ts';
import { yamlDocuments } from '../../src/cluster/yaml-documents.ts';
import { groupOf } from '../../src/model/resource.ts';
import { ratioOf, spreadOf, type Figure, type Spread } from './figure.ts';
import type { RenderedChart } from './world/charts.ts';

const ROUNDS = 5;
/** Manifests below this take no time that could be measured. */
const SMALLEST = 500_000;

/**
 * How long it takes to read the identities of the objects in a chart's manifest, against a parser that reads all of it.
 * Throws an Error where both differ, for any of the charts.
 */
export function manifestFigures(charts: readonly RenderedChart[]): readonly Figure[] {
  return charts.flatMap(({ chart, record }) => {
    const manifest = textAt(record, 'manifest') ?? '';
    const ours = manifestObjects(manifest, false).map(({ ref }) => [ref.group, ref.kind, ref.namespace, ref.name]);
    if (!isDeepStrictEqual(ours, byFullParse(manifest))) throw new Error(`${chart}: a full parse sees other objects`);
    return manifest.length < SMALLEST ? [] : [figureOf(chart, manifest)];
  });
}

function figureOf(chart: string, manifest: string): Figure {
  const own = timesOf(() => manifestObjects(manifest, false));
  const full = timesOf(() => yamlDocuments(manifest));
  return {
    title: `identities from the manifest of ${chart}, ${(manifest.length / 1e6).toPrecision(2)} MB; equal for every chart`,
    goal: { sense: 'at most', limit: 1, words: 'times a full YAML parse' },
    value: ratioOf(own, full),
    unit: 'times',
    measured: [
      { name: 'identities', unit: 'ms', spread: own },
      { name: 'full parse', unit: 'ms', spread: full },
    ],
  };
}

function timesOf(work: () => unknown): Spread {
  const times = Array.from({ length: ROUNDS }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return spreadOf(times);
}

function byFullParse(manifest: string): readonly (readonly string[])[] {
  return yamlDocuments(manifest)
    .flatMap((one) => ((textAt(one, 'kind') ?? '').endsWith('List') ? listAt(one, 'items') : [one]))
    .filter((one) => at(one, 'metadata', 'name') !== undefined)
    .map((one) => [
      groupOf(textAt(one, 'apiVersion') ?? ''),
      textAt(one, 'kind') ?? '',
      textAt(one, 'metadata', 'namespace') ?? '',
      textAt(one, 'metadata', 'name') ?? '',
    ]);
}
