import { loadScenario } from '../scenarios/support/scenario.ts';
import { releaseObjects } from '../scenarios/support/releases.ts';
import { fakeType, fullName } from '../support/fake-api/description.ts';
import type { FakeCluster, FakeObject } from '../support/fake-api/description.ts';
import type { FaultRule } from '../support/fake-api/fault.ts';

/** What a terminal obeys or hides, what a CI runner takes for an order, and what Markdown gives a meaning. */
const HOSTILE =
  '\u001b[31m\n::error::x\r\n##[command]y ##vso[z]\u202e\u2066\u200b\ufeff\u009b\u2028\u{e0041}|<img src=x>@user #1 `c` [l](http://e.example)';

/** The hostile text of a place, which says what place that is. */
export function hostile(place: string): string {
  return `${HOSTILE} ${place}`;
}

/** Longer than any name. */
const LONG = 'x'.repeat(300);

const AGENT = 'cluster-69af4d3e45baa7b0b501055a';
const SHOP = 'hello-universe';

function writtenBy(manager: string): unknown {
  return [{ manager, operation: 'Update', time: '2026-11-02T16:40:00Z' }];
}

function metadata(name: string, more: Readonly<Record<string, unknown>> = {}): FakeObject['metadata'] {
  return {
    name,
    namespace: SHOP,
    uid: `uid-${name.length}-${name.slice(-12)}`,
    creationTimestamp: '2026-11-02T16:40:00Z',
    managedFields: writtenBy(hostile('manager')),
    labels: { team: hostile('label'), 'app.kubernetes.io/part-of': hostile('part-of') },
    ...more,
  };
}

const CONFIGMAPS: readonly FakeObject[] = [
  { metadata: metadata(hostile('name')) },
  { metadata: metadata(LONG, { labels: { team: LONG } }) },
  {
    metadata: metadata('released', {
      labels: { 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: { 'meta.helm.sh/release-name': hostile('release'), 'meta.helm.sh/release-namespace': SHOP },
    }),
  },
  {
    metadata: metadata('owned', {
      ownerReferences: [{ apiVersion: 'v1', kind: hostile('kind'), name: hostile('owner'), uid: hostile('uid') }],
    }),
  },
];

const PACKS: readonly FakeObject[] = [hostile('pack'), `${LONG}-pack`].map((name) => ({
  metadata: metadata(name, { namespace: AGENT }),
  spec: { packRef: { name, layer: 'addon', tag: hostile('tag'), values: `pack:\n  namespace: ${SHOP}\n` } },
  status: { conditions: [{ type: 'Ready', status: 'False', reason: hostile('reason'), message: hostile('message') }] },
}));

const RELEASE = releaseObjects(
  {
    apiVersion: 'fixture/v1',
    kind: 'HelmRelease',
    metadata: { name: hostile('stored-release'), namespace: SHOP },
    spec: {
      chart: hostile('chart'),
      version: hostile('version'),
      status: hostile('status'),
      objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: hostile('in-manifest') } }],
    },
  },
  () => true,
);

const WEBHOOK: FakeObject = {
  metadata: metadata(hostile('configuration'), { namespace: undefined }),
  webhooks: [
    {
      name: hostile('webhook'),
      failurePolicy: 'Fail',
      clientConfig: { service: { namespace: SHOP, name: hostile('service') } },
    },
  ],
};

const DYING: FakeObject = {
  metadata: { name: 'dying', deletionTimestamp: '2026-11-02T16:40:00Z' },
  status: {
    phase: 'Terminating',
    conditions: [{ type: 'NamespaceDeletionContentFailure', status: 'True', message: hostile('condition') }],
  },
};

const WEBHOOKS = fakeType(
  'validatingwebhookconfigurations.admissionregistration.k8s.io',
  'ValidatingWebhookConfiguration',
  {
    namespaced: false,
  },
);

/** A cluster with a hostile text wherever a cluster can hold text. */
export function hostileCluster(): FakeCluster {
  const { types, objects, ...cluster } = loadScenario('documented-example').cluster;
  const add = new Map<string, readonly FakeObject[]>([
    ['configmaps', [...CONFIGMAPS, ...RELEASE.slice(1)]],
    ['secrets', RELEASE.slice(0, 1)],
    ['packs.cluster.spectrocloud.com', PACKS],
    ['namespaces', [DYING]],
    [fullName(WEBHOOKS), [WEBHOOK]],
  ]);
  const names = new Set([...objects.keys(), ...add.keys()]);
  const all = [...names].map((name) => [name, [...(objects.get(name) ?? []), ...(add.get(name) ?? [])]] as const);
  return { ...cluster, types: [...types, WEBHOOKS], objects: new Map(all) };
}

/** A server whose errors are hostile, too. */
export const HOSTILE_ERRORS: readonly FaultRule[] = [
  { path: '/services?', fault: { kind: 'status', status: 500, message: hostile('error') } },
  { path: '/jobs?', fault: { kind: 'status', status: 403, message: hostile('refusal') } },
  { path: '/cronjobs?', fault: { kind: 'body', body: hostile('login page'), type: 'text/html' } },
];

/** A profile whose every name is hostile. */
export const PROFILE = JSON.stringify({
  metadata: { name: hostile('profile') },
  spec: {
    version: hostile('profile-version'),
    template: {
      packs: [
        {
          name: hostile('filed'),
          layer: 'addon',
          type: 'spectro',
          tag: hostile('filed-tag'),
          values: `pack:\n  namespace: ${JSON.stringify(hostile('filed-namespace'))}\ncharts:\n  web: {}\n`,
          manifests: [{ name: hostile('manifest'), content: `${JSON.stringify(hostile('content'))}\n` }],
        },
      ],
    },
  },
});
