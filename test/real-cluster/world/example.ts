import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Assets } from '../../../scripts/assets/ensure-assets.ts';
import type { ControlPlane } from '../support/control-plane.ts';
import { documents, writeChart, type Chart } from './chart.ts';
import * as make from './objects.ts';
import { applyManifest, must, playPalette, type PlayedPack, type PlayedProfile } from './palette.ts';
import { editorOf, helmOf, homeOf } from './program.ts';
import { settled } from './settled.ts';

/** When a step of the installation began, and when the packaged example says it did. */
export interface Stage {
  readonly began: string;
  readonly told: string;
}

export const SHARED = 'hello-universe';
export const CLUSTER_UID = '69af4d3e45baa7b0b501055a';

export const KUBECOST: Chart = {
  name: 'cost-analyzer',
  version: '1.103.3',
  objects: [
    make.serviceAccount('cost-analyzer-cost-analyzer'),
    make.serviceAccount('cost-analyzer-kube-state-metrics'),
    make.serviceAccount('cost-analyzer-prometheus-server'),
    make.configMap('cost-analyzer-cost-analyzer'),
    make.configMap('cost-analyzer-prometheus-server'),
    make.configMap('nginx-conf'),
    make.volumeClaim('cost-analyzer-prometheus-server', '32Gi'),
    make.deployment('cost-analyzer-cost-analyzer', { account: 'cost-analyzer-cost-analyzer' }),
    make.deployment('cost-analyzer-kube-state-metrics', { account: 'cost-analyzer-kube-state-metrics' }),
    make.deployment('cost-analyzer-prometheus-server', {
      account: 'cost-analyzer-prometheus-server',
      claim: 'cost-analyzer-prometheus-server',
    }),
    make.daemonSet('cost-analyzer-prometheus-node-exporter'),
    make.service('cost-analyzer-cost-analyzer', { port: 9090 }),
    make.service('cost-analyzer-kube-state-metrics', { port: 8080 }),
    make.service('cost-analyzer-prometheus-server'),
    ...make.role('cost-analyzer-cost-analyzer', 'cost-analyzer-cost-analyzer'),
    ...make.role('cost-analyzer-cost-analyzer', 'cost-analyzer-cost-analyzer', SHARED),
    ...make.role('cost-analyzer-prometheus-server', 'cost-analyzer-prometheus-server', SHARED),
  ],
};

export const KUBEWATCH: Chart = {
  name: 'kubewatch',
  version: '1.0.7',
  objects: [
    make.serviceAccount('kubewatch-kubewatch'),
    make.configMap('kubewatch-kubewatch'),
    make.secret('kubewatch-kubewatch'),
    make.deployment('kubewatch-kubewatch', { account: 'kubewatch-kubewatch' }),
    ...make.role('kubewatch-kubewatch', 'kubewatch-kubewatch', 'monitoring'),
  ],
};

export const DASHBOARD: Chart = {
  name: 'kubernetes-dashboard',
  version: '6.0.8',
  objects: [
    make.serviceAccount('kubernetes-dashboard'),
    make.secret('kubernetes-dashboard-certs'),
    make.secret('kubernetes-dashboard-csrf'),
    make.secret('kubernetes-dashboard-key-holder'),
    make.configMap('kubernetes-dashboard-settings'),
    make.deployment('kubernetes-dashboard', { account: 'kubernetes-dashboard' }),
    make.deployment('dashboard-metrics-scraper', { account: 'kubernetes-dashboard' }),
    make.service('kubernetes-dashboard', { port: 443 }),
    make.service('dashboard-metrics-scraper', { port: 8000 }),
    ...make.role('kubernetes-dashboard', 'kubernetes-dashboard'),
    ...make.role('kubernetes-dashboard-metrics', 'kubernetes-dashboard', SHARED),
  ],
};

/** Hello Universe as Palette applies it. */
export const HELLO_UNIVERSE = [
  make.namespace(SHARED),
  ...[
    make.service('hello-universe-service', { app: 'hello-universe-deployment', type: 'LoadBalancer', port: 8080 }),
    make.deployment('hello-universe-deployment', { replicas: 2 }),
  ].map((one) => make.placed(one, { namespace: SHARED })),
];

const HELLO_PACK: PlayedPack = {
  name: 'hello-universe',
  version: '1.3.1',
  values: stringify({ manifests: { 'hello-universe': { namespace: SHARED, replicas: 2 } } }),
};
export const chartPack = (name: string, version: string, namespace: string): PlayedPack => ({
  name,
  version,
  values: stringify({ pack: { namespace }, charts: { [name]: {} } }),
});

export const APPLICATIONS: PlayedProfile = {
  name: 'applications',
  version: '2.3.0',
  packs: [HELLO_PACK, chartPack(KUBECOST.name, KUBECOST.version, SHARED)],
};
export const OBSERVABILITY: PlayedProfile = {
  name: 'observability',
  version: '1.0.2',
  packs: [chartPack(KUBEWATCH.name, KUBEWATCH.version, 'monitoring')],
};

/**
 * Builds the world of the packaged example: Palette's documented case, packs Hello Universe and Kubecost in one
 * namespace with a kubernetes-dashboard from outside, and one namespace that is as it should be. Comes back when
 * nothing in it moves any more, with the times of its stages.
 */
export async function buildExample(assets: Assets, plane: ControlPlane): Promise<readonly Stage[]> {
  const stages: Stage[] = [];
  // Kubernetes' times have no fraction: a stage begins with a second of its own.
  const stage = async (told: string): Promise<void> => {
    const before = Math.floor(Date.now() / 1000);
    await plane.waitFor('a new second', async () => Math.floor(Date.now() / 1000) > before);
    stages.push({ began: new Date().toISOString(), told });
  };
  const helm3 = helmOf(assets, plane, 'helm3');
  const helm4 = helmOf(assets, plane, 'helm4');
  const packs = (chart: Chart, namespace: string): Promise<string> =>
    must(helm3, 'install', `${chart.name}-${chart.name}`, writeChart(plane.folder, chart), `--namespace=${namespace}`);

  await plane.apply(
    make.volume('pv-cost-analyzer-prometheus-server', '32Gi', {
      claimRef: { namespace: SHARED, name: 'cost-analyzer-prometheus-server' },
    }),
  );
  await playPalette(plane, { uid: CLUSTER_UID, name: 'prod-eu', profiles: [APPLICATIONS, OBSERVABILITY] });
  await stage('2026-03-02T08:00:00Z');
  await applyManifest(plane, HELLO_UNIVERSE);
  await applyManifest(plane, [make.namespace('monitoring')]);
  await packs(KUBECOST, SHARED);
  await packs(KUBEWATCH, 'monitoring');
  await settled(plane);
  await stage('2026-05-19T13:37:00Z');
  const dashboard = writeChart(plane.folder, DASHBOARD);
  await must(helm4, 'install', 'kubernetes-dashboard', dashboard, `--namespace=${SHARED}`);
  await settled(plane);
  await stage('2026-05-28T16:20:00Z');
  await must(
    plane.kubectl,
    'create',
    'configmap',
    'feature-flags',
    '--from-literal=checkout=classic',
    `--namespace=${SHARED}`,
  );
  await stage('2026-06-01T10:41:00Z');
  const edit = editorOf(assets, plane, 's/classic/express/');
  await must(edit, 'edit', 'configmap/feature-flags', `--namespace=${SHARED}`);
  await settled(plane);
  // How many events there are is chance.
  await must(plane.kubectl, 'delete', 'events', '--all', '--all-namespaces');
  return stages;
}

/** The profile with Hello Universe as a person exports it from Palette, manifest and all; its path, for `-f`. */
export function writeExport(plane: ControlPlane): string {
  const name = 'applications.json';
  const packs = APPLICATIONS.packs.map((pack) => ({
    ...pack,
    layer: 'addon',
    type: 'oci',
    tag: pack.version,
    manifests: pack === HELLO_PACK ? [{ name: 'hello-universe', content: documents(HELLO_UNIVERSE) }] : [],
  }));
  const { version } = APPLICATIONS;
  const profile = { metadata: { name: APPLICATIONS.name }, spec: { version, template: { type: 'add-on', packs } } };
  writeFileSync(join(homeOf(plane), name), JSON.stringify(profile, undefined, 2));
  return name;
}
