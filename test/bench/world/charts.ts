import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { at, isRecord } from '../../../src/cluster/json.ts';
import type { ControlPlane } from '../../real-cluster/support/control-plane.ts';
import { writeChart, type Chart } from '../../real-cluster/world/chart.ts';
import * as make from '../../real-cluster/world/objects.ts';
import { must } from '../../real-cluster/world/palette.ts';

/** What Helm would record of an installation: the whole release, chart and manifest included. */
export interface RenderedChart {
  readonly chart: string;
  readonly record: Readonly<Record<string, unknown>>;
}

/** Real packs of which each has one chart, small ones and large ones. */
const PACKS = [
  'kubecost-1.103.3',
  'haproxy-ingress-1.49.0',
  'kyverno-1.12.2',
  'oauth2-proxy-8.2.0',
  'spegel-0.7.2',
  'strimzi-kafka-operator-1.0.0',
  'wordpress-6.4.3',
  'unctl-1.1.0',
] as const;

/** Where the charts come from, for the page to say. */
export function chartSource(): string {
  return corpus() === ''
    ? 'a chart of our own, for PALETTE_CORPUS named no folder of real ones'
    : `${String(PACKS.length)} charts of real packs`;
}

function corpus(): string {
  return process.env['PALETTE_CORPUS'] ?? '';
}

/** Renders the charts by Helm itself, without installing them. */
export async function renderedCharts(plane: ControlPlane): Promise<readonly RenderedChart[]> {
  const folder = corpus();
  if (folder === '') return [await rendered(plane, writeChart(plane.folder, ownChart()), {})];
  const charts: RenderedChart[] = [];
  for (const pack of PACKS) charts.push(await ofPack(plane, join(folder, 'packs', pack)));
  return charts;
}

function ofPack(plane: ControlPlane, folder: string): Promise<RenderedChart> {
  const values: unknown = parse(readFileSync(join(folder, 'values.yaml'), 'utf8'));
  const archive = readdirSync(join(folder, 'charts')).find((name) => name.endsWith('.tgz')) ?? '';
  const chart = archive.replace(/(-v?\d[\w.]*)?\.tgz$/, '');
  const own = at(values, 'charts', chart) ?? at(values, 'charts') ?? {};
  return rendered(plane, join(folder, 'charts', archive), own);
}

async function rendered(plane: ControlPlane, path: string, values: unknown): Promise<RenderedChart> {
  const file = join(plane.folder, 'values.yaml');
  writeFileSync(file, stringify(values));
  const how = ['--namespace=bench', `--values=${file}`, '--dry-run=client', '--output=json'];
  const record: unknown = JSON.parse(await must(plane.helm3, 'install', 'bench', path, ...how));
  const chart = at(record, 'chart', 'metadata', 'name');
  if (!isRecord(record) || typeof chart !== 'string') throw new Error(`Helm rendered no release of ${path}`);
  return { chart, record };
}

/** As large as the charts of real packs: what makes their records large is text. */
function ownChart(): Chart {
  const names = Array.from({ length: 12 }, (_, index) => `part-${String(index)}`);
  const objects = names.flatMap((name, index) => [
    make.configMap(name, { 'settings.yaml': longText(index) }),
    make.serviceAccount(name),
    make.role(name, name),
  ]);
  return { name: 'bench-chart', version: '1.0.0', objects: objects.flat() };
}

function longText(seed: number): string {
  const lines = Array.from({ length: 400 }, (_, line) => `setting-${String(line)}: ${noise(seed * 400 + line)}`);
  return lines.join('\n');
}

/** The same for the same seed, and not to be packed to nothing. */
function noise(seed: number): string {
  return Math.abs(Math.sin(seed + 1))
    .toString(36)
    .slice(2);
}
