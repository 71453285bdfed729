import type { Assets } from '../../../scripts/assets/ensure-assets.ts';
import { startAdmissionServer, type AdmissionServer } from '../support/admission-server.ts';
import { startAggregatedApi, type AggregatedApi } from '../support/aggregated-api.ts';
import type { ControlPlane } from '../support/control-plane.ts';
import { writeChart, type Chart } from './chart.ts';
import { APPLICATIONS, buildExample, chartPack, CLUSTER_UID, OBSERVABILITY } from './example.ts';
import * as make from './objects.ts';
import type { KubeObject } from './objects.ts';
import { applyAs, applyManifest, must, playPalette, type PlayedProfile } from './palette.ts';
import { PAYMENTS, PLATFORM, PLATFORM_DATA, PLATFORM_PACK, PLATFORM_VOLUMES } from './platform-pack.ts';
import { helmOf } from './program.ts';
import { settled } from './settled.ts';

/** A finalizer whose controller goes with the pack, one whose controller stays, one of nobody. */
export const FINALIZERS = {
  ofPack: 'platform.example.com/cleanup',
  ofKeeper: 'keeper.example.org/cleanup',
  ofNobody: 'nobody.example.net/never',
} as const;

/** Where an operator of somebody else runs that outlives all of it. */
export const KEEPER = 'keeper';

const KEEPER_CHART: Chart = {
  name: KEEPER,
  version: '1.0.0',
  objects: [make.customType('keeper.example.org', 'Vault', 'vaults'), make.deployment(KEEPER)],
};

const PLATFORM_PROFILE: PlayedProfile = {
  name: 'platform',
  version: '1.0.0',
  packs: [chartPack(PLATFORM_PACK.name, PLATFORM_PACK.version, PLATFORM)],
};

/** What of the world the test itself serves. */
export interface RemovalWorld {
  readonly admission: AdmissionServer;
  readonly api: AggregatedApi;
  readonly stop: () => Promise<void>;
}

/** The documented example, and beside it a pack that reaches far beyond its namespace. Comes back when nothing moves. */
export async function buildRemovalWorld(assets: Assets, plane: ControlPlane): Promise<RemovalWorld> {
  const helm = helmOf(assets, plane, 'helm3');
  await plane.apply(make.namespace(PAYMENTS), ...PLATFORM_VOLUMES);
  await applyManifest(plane, [make.namespace(PLATFORM)]);
  const install = (chart: Chart, release: string): Promise<string> =>
    must(helm, 'install', release, writeChart(plane.folder, chart), `--namespace=${chart.name}`, '--create-namespace');
  await install(PLATFORM_PACK, 'platform-platform');
  await install(KEEPER_CHART, KEEPER);
  await buildExample(assets, plane);
  const profiles = [APPLICATIONS, OBSERVABILITY, PLATFORM_PROFILE];
  await playPalette(plane, { uid: CLUSTER_UID, name: 'prod-eu', profiles });
  await collectorWatches(plane);
  await addByHand(plane);
  const admission = await startAdmissionServer(plane, `platform.${PLATFORM}`);
  await applyAs(plane, 'platform-operator', [guard(admission)]);
  const api = await startAggregatedApi(plane, PLATFORM);
  await settled(plane);
  await must(plane.kubectl, 'delete', 'events', '--all', '--all-namespaces');
  return {
    admission,
    api,
    stop: async () => {
      await api.stop();
      await admission.stop();
    },
  };
}

/** A webhook that the operator registers by itself: no release holds it, and it stays. */
function guard({ port, caBundle }: AdmissionServer): KubeObject {
  return make.object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'platform-guard', {
    webhooks: [
      {
        name: 'settings.platform.example.com',
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        failurePolicy: 'Fail',
        clientConfig: { service: { namespace: PLATFORM, name: 'platform', port, path: '/' }, caBundle },
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': PLATFORM_DATA } },
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['DELETE'], resources: ['configmaps'] }],
      },
    ],
  });
}

/** The garbage collector learns of a new type after half a minute at most; what it does not watch owns nothing. */
async function collectorWatches(plane: ControlPlane): Promise<void> {
  const owner = gadget('first', {});
  await plane.apply(owner);
  await plane.apply(await make.ownedBy(plane, owner, make.configMap('first-settings')));
  await must(plane.kubectl, 'delete', 'gadget', 'first', `--namespace=${PAYMENTS}`);
  await plane.waitFor('the garbage collector watches gadgets', async () => isGone(plane, 'first-settings'));
}

async function isGone({ kubectl }: ControlPlane, configMap: string): Promise<boolean> {
  const list = await must(kubectl, 'get', 'configmaps', `--namespace=${PAYMENTS}`, '--output=name');
  return !list.split('\n').includes(`configmap/${configMap}`);
}

function gadget(name: string, more: Pick<KubeObject['metadata'], 'finalizers'>): KubeObject {
  return make.placed(make.object('platform.example.com/v1', 'Gadget', name), { namespace: PAYMENTS, ...more });
}

/** What people make with kubectl around the pack. */
async function addByHand(plane: ControlPlane): Promise<void> {
  const gear = gadget('gear', {});
  const settings = make.placed(make.configMap('platform-settings'), { namespace: PLATFORM });
  const role = make.object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'platform');
  await plane.apply(
    gear,
    gadget('held', { finalizers: [FINALIZERS.ofPack] }),
    make.placed(make.configMap('stays'), { namespace: PAYMENTS }),
    make.placed(make.configMap('of-a-person'), { namespace: PLATFORM_DATA }),
    make.placed(make.configMap('never'), { namespace: PLATFORM, finalizers: [FINALIZERS.ofNobody] }),
    make.placed(make.configMap('looked-after'), { namespace: PLATFORM, finalizers: [FINALIZERS.ofKeeper] }),
    make.object('v1', 'Secret', 'platform-agent-token', {
      type: 'kubernetes.io/service-account-token',
      metadata: {
        name: 'platform-agent-token',
        namespace: PAYMENTS,
        annotations: { 'kubernetes.io/service-account.name': 'platform-agent' },
      },
    }),
  );
  const owner = (one: KubeObject): Promise<object> => ownerReference(plane, one);
  const stays = make.placed(make.configMap('stays'), { namespace: PAYMENTS });
  await plane.apply(
    owned('gear-settings', await owner(gear)),
    owned('of-cluster-scope', await owner(role)),
    owned('of-two', await owner(role), await owner(stays)),
    owned('of-another-namespace', await owner(settings)),
    owned('of-another-namespace-too', await owner(settings), await owner(stays)),
    make.placed(make.object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'of-a-namespace', { rules: [] }), {
      ownerReferences: [await owner(settings)],
    }),
  );
  await plane.waitFor('an owner in another namespace is none', async () => isGone(plane, 'of-another-namespace'));
}

function owned(name: string, ...ownerReferences: readonly object[]): KubeObject {
  return make.placed(make.configMap(name), { namespace: PAYMENTS, ownerReferences });
}

async function ownerReference({ kubectl }: ControlPlane, { apiVersion, kind, metadata }: KubeObject): Promise<object> {
  const { name, namespace } = metadata;
  const where = namespace === undefined ? [] : [`--namespace=${namespace}`];
  const uid = await must(kubectl, 'get', kind, name, ...where, '--output=jsonpath={.metadata.uid}');
  return { apiVersion, kind, name, uid };
}
