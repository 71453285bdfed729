import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Assets } from '../../../scripts/assets/ensure-assets.ts';
import { at, textAt } from '../../../src/cluster/json.ts';
import type { ControlPlane } from '../support/control-plane.ts';
import type { Runner } from '../support/runner.ts';
import { documents, writeChart, type Chart } from './chart.ts';
import { DASHBOARD, HELLO_UNIVERSE, KUBECOST, KUBEWATCH, SHARED } from './example.ts';
import { createLedger, type Ledger } from './ledger.ts';
import * as make from './objects.ts';
import { applyAs, applyManifest, must, playPalette, type PlayedPack, type PlayedProfile } from './palette.ts';
import { editorOf, helmOf, homeOf } from './program.ts';
import { SESSION_STORE, storeAtRunTime } from './session-store.ts';
import { settled } from './settled.ts';

/** A namespace of nobody's pack, in which things must stay. */
export const OUTSIDE = 'payments';

/** A chart as Palette installs it: a folder or an archive, with the pack's values for it. */
interface PackChart {
  readonly pack: PlayedPack;
  readonly namespace: string;
  readonly release: string;
  readonly chart: string;
  readonly values: unknown;
}

export interface AuditWorld {
  readonly ledger: Ledger;
  /** A profile that a person exported, for `-f`. */
  readonly profile: string;
  readonly packs: readonly string[];
}

const corpus = process.env['PALETTE_CORPUS'] ?? '';

/** Which real packs are installed beside the documented example, and where; they need no image to come up. */
const REAL_PACKS = [
  { directory: 'unctl-1.1.0', namespace: 'monitoring' },
  { directory: 'rbacmanager-1.9.0', namespace: 'rbac-manager' },
  { directory: 'wordpress-6.4.3', namespace: 'wordpress' },
] as const;

/** Builds all that the audit is tested on, and comes back when nothing moves any more. */
export async function buildAuditWorld(assets: Assets, plane: ControlPlane): Promise<AuditWorld> {
  const ledger = createLedger();
  const helm3 = helmOf(assets, plane, 'helm3');
  const charts = packCharts(plane);
  const hello: PlayedPack = {
    name: 'hello-universe',
    version: '1.3.1',
    values: stringify({ manifests: { 'hello-universe': { namespace: SHARED } } }),
  };
  const profile = { name: 'applications', version: '2.3.0', packs: [hello, ...charts.map(({ pack }) => pack)] };
  await plane.apply(...volumes());
  await playPalette(plane, { uid: '0123456789abcdef01234567', name: 'prod-eu', profiles: [profile] });
  await applyManifest(plane, HELLO_UNIVERSE);
  ledger.note('pack hello-universe', SHARED, HELLO_UNIVERSE);
  const dropped = [make.placed(make.configMap('hello-universe-banner'), { namespace: SHARED })];
  await applyManifest(plane, dropped);
  ledger.note('leftover', SHARED, dropped);
  for (const chart of charts) await installPack(plane, { ledger, helm: helm3 }, chart);
  await storeAtRunTime(plane, ledger);
  await addOutsiders(assets, plane, ledger);
  await settled(plane);
  await must(plane.kubectl, 'delete', 'events', '--all', '--all-namespaces');
  return { ledger, profile: writeExport(plane, profile), packs: profile.packs.map(({ name }) => name).toSorted() };
}

/** Volumes for whoever claims one: without a class as the real packs do, and of the class of our own charts. */
function volumes(): readonly object[] {
  const names = ['a', 'b', 'c', 'd', 'e'].map((letter) => `pool-${letter}`);
  const pool = names.map((name) => make.volume(name, '32Gi', { class: '' }));
  const own = [1, 2, 3, 4, 5].map((number) => make.volume(`own-${String(number)}`, number === 1 ? '32Gi' : '1Gi'));
  return [...pool, ...own];
}

function packCharts(plane: ControlPlane): readonly PackChart[] {
  const own = (chart: Chart, namespace: string): PackChart => ({
    pack: {
      name: chart.name,
      version: chart.version,
      values: stringify({ pack: { namespace }, charts: { [chart.name]: {} } }),
    },
    namespace,
    release: `${chart.name}-${chart.name}`,
    chart: writeChart(plane.folder, chart),
    values: {},
  });
  const store = own(SESSION_STORE, SHARED);
  const kubewatch = own(KUBEWATCH, 'monitoring');
  if (corpus === '') return [own(KUBECOST, SHARED), store, kubewatch];
  return [
    realPack('kubecost-1.103.3', SHARED),
    store,
    kubewatch,
    ...REAL_PACKS.map(({ directory, namespace }) => realPack(directory, namespace)),
  ];
}

/** A pack of the corpus with its own values, but for the namespace. Some give a chart's values without its name. */
function realPack(directory: string, namespace: string): PackChart {
  const folder = join(corpus, 'packs', directory);
  const text = (file: string): string => readFileSync(join(folder, file), 'utf8');
  const description: unknown = JSON.parse(text('pack.json'));
  const name = textAt(description, 'name') ?? '';
  const values: unknown = parse(text('values.yaml'));
  const [archive = ''] = readdirSync(join(folder, 'charts'));
  const chart = archive.replace(/(-v?\d[\w.]*)?\.tgz$/, '');
  const changed = { pack: { namespace }, charts: at(values, 'charts') };
  return {
    pack: { name, version: textAt(description, 'version') ?? '', values: stringify(changed) },
    namespace,
    release: `${name}-${chart}`,
    chart: join(folder, 'charts', archive),
    values: at(values, 'charts', chart) ?? at(values, 'charts'),
  };
}

async function installPack(
  plane: ControlPlane,
  { ledger, helm }: { readonly ledger: Ledger; readonly helm: Runner },
  { pack, namespace, release, chart, values }: PackChart,
): Promise<void> {
  const file = join(plane.folder, `${release}.values.yaml`);
  writeFileSync(file, stringify(values));
  const where = [`--namespace=${namespace}`, '--create-namespace', `--values=${file}`];
  await must(helm, 'install', release, chart, ...where, '--timeout=90s');
  await ledger.noteRelease(`pack ${pack.name}`, helm, { name: release, namespace });
}

/** What is in the packs' namespace and not Palette's: of Helm, of people with kubectl, of an operator, of nobody. */
async function addOutsiders(assets: Assets, plane: ControlPlane, ledger: Ledger): Promise<void> {
  const { kubectl } = plane;
  const here = `--namespace=${SHARED}`;
  const helm4 = helmOf(assets, plane, 'helm4');
  const dashboard = writeChart(plane.folder, DASHBOARD);
  await must(helm4, 'install', 'kubernetes-dashboard', dashboard, here);
  await ledger.noteRelease('helm kubernetes-dashboard', helm4, { name: 'kubernetes-dashboard', namespace: SHARED });

  await must(kubectl, 'create', 'configmap', 'feature-flags', '--from-literal=checkout=classic', here);
  await must(editorOf(assets, plane, 's/classic/express/'), 'edit', 'configmap/feature-flags', here);
  ledger.note('person', SHARED, [make.configMap('feature-flags')]);
  await createByHand(plane, ledger);
  await runForeignOperator(plane, ledger);
}

/** Names and marks that look as if somebody else had made these. */
async function createByHand(plane: ControlPlane, ledger: Ledger): Promise<void> {
  const created = [
    make.placed(make.configMap('copied-from-kubecost'), {
      labels: { 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: {
        'meta.helm.sh/release-name': 'cost-analyzer-cost-analyzer',
        'meta.helm.sh/release-namespace': SHARED,
      },
    }),
    make.placed(make.object('discovery.k8s.io/v1', 'EndpointSlice', 'hello-universe-external', ADDRESSES), {
      labels: { 'kubernetes.io/service-name': 'hello-universe-service' },
    }),
    // Ends as a volume of StatefulSet session-store would, whose template is `data`.
    make.volumeClaim('otherdata-session-store-0', '1Gi'),
    // Is named as one, but nobody's pod asked for it.
    make.volumeClaim('data-session-store-7', '1Gi'),
  ];
  const applied = [make.deployment('debug-shell'), make.service('debug-shell')];
  for (const [verb, objects] of [
    ['create', created],
    ['apply', applied],
  ] as const) {
    const path = join(plane.folder, `by-hand-${verb}.yaml`);
    writeFileSync(path, documents(objects));
    await must(plane.kubectl, verb, `--filename=${path}`, `--namespace=${SHARED}`);
    ledger.note('person', SHARED, objects);
  }
}

const ADDRESSES = {
  addressType: 'IPv4',
  endpoints: [{ addresses: ['192.0.2.7'] }],
  ports: [{ name: 'web', port: 80 }],
};

/** An operator that somebody installed elsewhere: what it makes for a resource of this namespace, and by itself. */
async function runForeignOperator(plane: ControlPlane, ledger: Ledger): Promise<void> {
  const widget = make.placed(make.object('example.org/v1', 'Widget', 'gear'), { namespace: SHARED });
  await plane.apply(make.customType('example.org', 'Widget', 'widgets'));
  await must(plane.kubectl, 'wait', 'crd/widgets.example.org', '--for=condition=Established', '--timeout=60s');
  await plane.apply(widget, make.namespace(OUTSIDE));
  await plane.apply(make.placed(make.configMap('settings'), { namespace: OUTSIDE }));
  const child = await make.ownedBy(plane, widget, make.configMap('gear-parts'));
  const state = make.placed(make.configMap('widget-operator-state'), { namespace: SHARED });
  await applyAs(plane, 'widget-operator', [child, state]);
  ledger.note('person', SHARED, [widget]);
  ledger.note('unexplained', SHARED, [state]);
}

function writeExport(plane: ControlPlane, { name, version, packs }: PlayedProfile): string {
  const file = 'applications.json';
  const contents = new Map([['hello-universe', documents(HELLO_UNIVERSE)]]);
  const entries = packs.map((pack) => {
    const content = contents.get(pack.name);
    const manifests = content === undefined ? [] : [{ name: pack.name, content }];
    return { ...pack, layer: 'addon', type: 'oci', tag: pack.version, manifests };
  });
  const profile = { metadata: { name }, spec: { version, template: { type: 'add-on', packs: entries } } };
  writeFileSync(join(homeOf(plane), file), JSON.stringify(profile, undefined, 2));
  return file;
}
