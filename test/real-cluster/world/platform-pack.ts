import assert from 'node:assert/strict';
import { isRecord, listAt } from '../../../src/cluster/json.ts';
import type { Chart } from './chart.ts';
import * as make from './objects.ts';
import type { KubeObject } from './objects.ts';

/** Where the pack is installed, and all that is its own and in the way of its removal. */
export const PLATFORM = 'platform';
/** A namespace that the pack's release brings. */
export const PLATFORM_DATA = 'platform-data';
/** One that it brings, too, and that Helm keeps. */
const PLATFORM_KEPT = 'platform-kept';
/** A namespace of others, into which the pack's release puts a few things. */
export const PAYMENTS = 'payments';

const KEEP = { 'helm.sh/resource-policy': 'keep' };

function hook(name: string, event: string): KubeObject {
  return make.placed(make.job(name), { annotations: { 'helm.sh/hook': event } });
}

function within(namespace: string, ...objects: readonly KubeObject[]): readonly KubeObject[] {
  return objects.map((one) => make.placed(one, { namespace }));
}

/** A type that stays, for Helm never deletes what lies in `crds/`. */
const ORDER_TYPE = make.customType('platform.example.com', 'Order', 'orders');
const GADGET_TYPE = withBeta(make.customType('platform.example.com', 'Gadget', 'gadgets'));

/** The same type in a second version, of which the API server makes a second APIService. */
function withBeta(type: KubeObject): KubeObject {
  const spec: unknown = type['spec'];
  const [version] = listAt(spec, 'versions');
  assert.ok(isRecord(spec) && isRecord(version));
  return { ...type, spec: { ...spec, versions: [version, { ...version, name: 'v1beta1', storage: false }] } };
}

/** A webhook in the release: it goes with it. */
const OWN_WEBHOOK = make.object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'platform', {
  webhooks: [
    {
      name: 'orders.platform.example.com',
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
      clientConfig: { service: { namespace: PLATFORM, name: 'platform' } },
      rules: [
        {
          apiGroups: ['platform.example.com'],
          apiVersions: ['v1'],
          operations: ['UPDATE', 'DELETE'],
          resources: ['orders'],
        },
      ],
    },
  ],
});

/** A pack that reaches far beyond its namespace. */
export const PLATFORM_PACK: Chart = {
  name: 'platform',
  version: '2.0.1',
  crds: [ORDER_TYPE],
  objects: [
    GADGET_TYPE,
    OWN_WEBHOOK,
    make.namespace(PLATFORM_DATA),
    make.placed(make.namespace(PLATFORM_KEPT), { annotations: KEEP }),
    ...make.role('platform', 'platform', PLATFORM),
    make.serviceAccount('platform'),
    make.deployment('platform-operator', { account: 'platform' }),
    make.object('v1', 'Service', 'platform', { spec: { type: 'ExternalName', externalName: 'localhost' } }),
    make.service('platform-operator'),
    make.configMap('platform-settings'),
    make.placed(make.configMap('platform-licence'), { annotations: KEEP }),
    make.statefulSet('platform-store', { replicas: 2 }),
    make.service('platform-store'),
    make.volumeClaim('platform-archive', '1Gi'),
    hook('platform-install', 'post-install'),
    hook('platform-leave', 'pre-delete'),
    hook('platform-left', 'post-delete'),
    ...within(PLATFORM_DATA, make.serviceAccount('platform-data')),
    ...within(
      PLATFORM_KEPT,
      make.configMap('platform-banner'),
      make.placed(make.configMap('platform-notes'), { annotations: KEEP }),
    ),
    ...within(
      PAYMENTS,
      make.serviceAccount('platform-agent'),
      make.volumeClaim('platform-agent', '1Gi'),
      make.deployment('platform-agent', { account: 'platform-agent', claim: 'platform-agent' }),
      make.daemonSet('platform-probe'),
      make.service('platform-agent'),
    ),
  ],
};

/** A volume for each claim of the pack: two reclaim policies, and a third that nobody should use any more. */
export const PLATFORM_VOLUMES = [
  ['data-platform-store-0', PLATFORM, 'Delete'],
  ['data-platform-store-1', PLATFORM, 'Retain'],
  ['platform-archive', PLATFORM, 'Recycle'],
  ['platform-agent', PAYMENTS, 'Delete'],
].map(([name = '', namespace = '', policy = '']) =>
  make.volume(`pv-${name}`, '1Gi', { claimRef: { namespace, name }, policy }),
);
