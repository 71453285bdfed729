import { join } from 'node:path';
import { textAt } from '../../../src/cluster/json.ts';
import type { Assets } from '../../../scripts/assets/ensure-assets.ts';
import type { ControlPlane } from '../support/control-plane.ts';
import { createRunner } from '../support/runner.ts';
import { writeChart, type Chart } from './chart.ts';
import * as make from './objects.ts';
import { must, playPalette } from './palette.ts';
import { helmOf } from './program.ts';
import { settled } from './settled.ts';

const UID = '69af4d3e45baa7b0b501055a';
export const AGENT = `cluster-${UID}`;
/** Where the packs are. */
export const HERE = 'web';
export const THERE = 'data';
/** A pack's too, and its deletion does not come to an end. */
export const GOING = 'going';

const WEB: Chart = {
  name: 'web',
  version: '1.0.0',
  objects: [make.serviceAccount('web'), make.configMap('web'), make.secret('web'), make.deployment('web')],
};
const DATA: Chart = {
  name: 'data',
  version: '1.0.0',
  objects: [make.service('data'), make.statefulSet('data')],
};

const TOOL: Chart = { name: 'tool', version: '1.0.0', objects: [make.configMap('tool')] };

const pack = ({ name, version }: Chart, more = '') => ({
  name,
  version,
  values: `pack:\n  namespace: ${name}\n${more}charts:\n  ${name}: {}\n`,
});

const CUSTOM = [
  make.customType('example.com', 'Panel', 'panels'),
  make.customType('example.com', 'Fleet', 'fleets', 'Cluster'),
  make.customType('kustomize.toolkit.fluxcd.io', 'Kustomization', 'kustomizations'),
  make.customType('cluster.spectrocloud.com', 'ClusterProfile', 'clusterprofiles'),
];

/** Its kind is taken already, so it is never served, and only its own status says why. */
const NEVER_SERVED = make.customType('example.com', 'Panel', 'boards');

/**
 * A cluster in which every right that an audit needs makes a difference: two packs with releases, one of them stored in
 * a ConfigMap, volumes, custom types, and objects whose owners have no namespace.
 */
export async function buildWorld(assets: Assets, plane: ControlPlane): Promise<void> {
  await discoveryForControllersOnly(plane);
  await plane.apply(
    ...CUSTOM,
    ...['web', 'data', 'aside', GOING].map((name) => make.namespace(name)),
    make.volume('pv-data', '1Gi', { claimRef: { namespace: THERE, name: 'data-data-0' } }),
  );
  for (const { metadata } of CUSTOM)
    await must(plane.kubectl, 'wait', `crd/${metadata.name}`, '--for=condition=Established', '--timeout=60s');
  await plane.apply(NEVER_SERVED, make.object('example.com/v1', 'Fleet', 'fleet'));
  const profiles = [
    { name: 'applications', version: '1.0.0', packs: [pack(WEB), pack(DATA, `  additionalNamespaces: ${GOING}\n`)] },
  ];
  await playPalette(plane, { uid: UID, name: 'prod', profiles });
  const helm = helmOf(assets, plane, 'helm3');
  await must(helm, 'install', 'web-web', writeChart(plane.folder, WEB), `--namespace=${HERE}`);
  await must(helm, 'install', 'data-data', writeChart(plane.folder, DATA), `--namespace=${THERE}`);
  const inConfigMaps = createRunner({
    path: assets.tool('helm3').path,
    home: join(plane.folder, 'helm3-home'),
    kubeconfig: plane.kubeconfig,
    variables: { HELM_DRIVER: 'configmap' },
  });
  await must(inConfigMaps, 'install', 'tool', writeChart(plane.folder, TOOL), '--namespace=aside');
  await plane.apply(
    await owned(plane, 'from-node', 'v1', 'Node', 'node-1'),
    await owned(plane, 'from-fleet', 'example.com/v1', 'Fleet', 'fleet'),
  );
  await beginDeletion(plane);
  await settled(plane);
  // How many events there are is chance.
  await must(plane.kubectl, 'delete', 'events', '--all', '--all-namespaces');
}

/** Something that nobody finishes holds it up. */
async function beginDeletion(plane: ControlPlane): Promise<void> {
  const metadata = { name: 'holds-on', namespace: GOING, finalizers: ['example.com/never'] };
  await plane.apply({ ...make.configMap('holds-on'), metadata });
  await must(plane.kubectl, 'delete', 'namespace', GOING, '--wait=false');
  await plane.waitFor('the deletion is held up', async () =>
    (await must(plane.kubectl, 'get', 'namespace', GOING, '--output=yaml')).includes('SomeFinalizersRemain'),
  );
}

async function owned(plane: ControlPlane, name: string, apiVersion: string, kind: string, owner: string) {
  const found: unknown = JSON.parse(await must(plane.kubectl, 'get', kind, owner, '--output=json'));
  const uid = textAt(found, 'metadata', 'uid');
  return {
    ...make.configMap(name),
    metadata: { name, namespace: HERE, ownerReferences: [{ apiVersion, kind, name: owner, uid }] },
  };
}

/** Everybody may read discovery by default; here only those without whom nothing works, so that a role has to say it. */
async function discoveryForControllersOnly(plane: ControlPlane): Promise<void> {
  const apiGroup = 'rbac.authorization.k8s.io';
  const subjects = [
    { apiGroup, kind: 'Group', name: 'system:serviceaccounts' },
    { apiGroup, kind: 'User', name: 'system:kube-controller-manager' },
    { apiGroup, kind: 'User', name: 'system:kube-scheduler' },
  ];
  for (const role of ['system:discovery', 'system:public-info-viewer'])
    await must(
      plane.kubectl,
      'patch',
      'clusterrolebinding',
      role,
      '--type=merge',
      `--patch=${JSON.stringify({ subjects })}`,
    );
}
