import assert from 'node:assert/strict';
import { encodeSnapshot } from '../../src/cluster/snapshot.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import { CORE_TYPES, fakeNamespaces, fakeType } from '../support/fake-api/description.ts';
import type { FakeCluster, FakeObject, FakeType } from '../support/fake-api/description.ts';
import type { SeenRequest } from '../support/fake-api/fake-api.ts';
import type { FaultRule } from '../support/fake-api/fault.ts';
import { coverageOf, gapsOf, withReader } from '../support/fake-api/reading.ts';

const CANARY = 'canary-7f3a';
const WEBHOOKS = 'validatingwebhookconfigurations.admissionregistration.k8s.io';
const POLICIES = 'networkpolicies.networking.k8s.io';
const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';

const HOOK = { service: { namespace: 'guard', name: 'hook' }, caBundle: CANARY };

function pod(value: string): Readonly<Record<string, unknown>> {
  return { containers: [{ name: 'c', env: [{ name: CANARY, value }], args: [CANARY] }] };
}

const OWNED = [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'u', controller: true }];
const ROLLED = [{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'web', uid: 'u', controller: true }];

const PLAYED = [{ apiVersion: 'v1', kind: 'Node', name: 'node-1', uid: 'u', controller: true }];

const OBJECTS: readonly (readonly [string, readonly FakeObject[]])[] = [
  [
    'namespaces',
    [...fakeNamespaces('shop', 'guard'), { metadata: { name: 'cache', labels: { team: CANARY, tier: 'data' } } }],
  ],
  ['secrets', [{ metadata: { name: 's', namespace: 'shop' }, data: { password: CANARY } }]],
  ['services', [{ metadata: { name: 'redis', namespace: 'cache' }, spec: { clusterIP: CANARY } }]],
  [WEBHOOKS, [{ metadata: { name: 'guard' }, webhooks: [{ name: 'v.guard.io', clientConfig: HOOK }] }]],
  [
    'storageclasses.storage.k8s.io',
    [
      { metadata: { name: 'fast' }, provisioner: 'driver.longhorn.io', parameters: { secret: CANARY } },
      { metadata: { name: 'odd' }, provisioner: 'not a name\u202e' },
      { metadata: { name: 'path' }, provisioner: 'rancher.io/local-path' },
    ],
  ],
  [
    POLICIES,
    [
      {
        metadata: { name: 'p', namespace: 'shop' },
        spec: { egress: [{ to: [{ namespaceSelector: { matchLabels: { team: CANARY } } }] }] },
      },
    ],
  ],
  [
    'deployments.apps',
    [
      {
        metadata: { name: 'web', namespace: 'shop', annotations: { note: CANARY } },
        spec: { template: { spec: pod(`redis://:${CANARY}@redis.cache.svc:6379 driver.longhorn.io`) } },
      },
    ],
  ],
  [
    'pods',
    [
      { metadata: { name: 'web-1', namespace: 'shop', ownerReferences: OWNED }, spec: pod('redis.cache') },
      { metadata: { name: 'rolled', namespace: 'shop', ownerReferences: ROLLED }, spec: pod('redis.cache') },
      { metadata: { name: 'bare', namespace: 'guard' }, spec: pod('redis.cache') },
      { metadata: { name: 'static', namespace: 'kube-system', ownerReferences: PLAYED }, spec: pod('redis.cache') },
    ],
  ],
  [
    DEFINITIONS,
    Array.from({ length: 120 }, (_, index) => ({
      metadata: { name: `k${index}.x.io` },
      spec: {
        group: 'x.io',
        names: { kind: `K${index}` },
        conversion: index === 99 ? { strategy: 'Webhook', webhook: { clientConfig: HOOK } } : { strategy: 'None' },
      },
      status: { conditions: [{ type: 'Established', status: 'False' }] },
    })),
  ],
];

const TYPES: readonly FakeType[] = [
  ...CORE_TYPES,
  fakeType('services', 'Service'),
  fakeType('pods', 'Pod'),
  fakeType('deployments.apps', 'Deployment'),
  fakeType(POLICIES, 'NetworkPolicy'),
  fakeType(WEBHOOKS, 'ValidatingWebhookConfiguration', { namespaced: false }),
  fakeType('storageclasses.storage.k8s.io', 'StorageClass', { namespaced: false }),
  fakeType(DEFINITIONS, 'CustomResourceDefinition', { namespaced: false }),
];

const POLICY_OF_TWO_VERSIONS = fakeType(POLICIES, 'NetworkPolicy', { otherVersions: ['v1beta1'] });

const CLUSTER: FakeCluster = { discovery: 'aggregated', types: TYPES, objects: new Map(OBJECTS) };

function inventory(
  faults: readonly FaultRule[] = [],
  cluster: FakeCluster = CLUSTER,
): Promise<{ readonly inventory: Inventory; readonly requests: readonly SeenRequest[] }> {
  return withReader({ cluster, faults }, async (reader, requests) => ({
    inventory: await reader.readInventory({
      scope: [],
      wholeCluster: true,
      references: true,
      declaredLabelKeys: new Set(),
      declaredAnnotationKeys: new Set(),
    }),
    requests,
  }));
}

function told({ references = [] }: Inventory): readonly string[] {
  return references.map(
    ({ kind, from, to }) => `${kind} ${from.namespace}/${from.kind}/${from.name} ${to.namespace}/${to.kind}/${to.name}`,
  );
}

const ALL = [
  'conversion-webhook /CustomResourceDefinition/k99.x.io guard/Service/hook',
  'driver-mention shop/Deployment/web /CSIDriver/driver.longhorn.io',
  'mention guard/Pod/bare cache/Service/redis',
  'mention shop/Deployment/web cache/Service/redis',
  'mention shop/Pod/rolled cache/Service/redis',
  'network-peer shop/NetworkPolicy/p /Namespace/cache',
  'provisioner /StorageClass/fast /CSIDriver/driver.longhorn.io',
  'provisioner /StorageClass/path /CSIDriver/rancher.io/local-path',
  'webhook /ValidatingWebhookConfiguration/guard guard/Service/hook',
];

describe('references', () => {
  it('are read of every type that is served, sorted, and each served type is covered', async () => {
    const read = await inventory();
    assert.deepEqual(told(read.inventory), ALL);
    assert.deepEqual(gapsOf(read.inventory), []);
    const covered = read.inventory.coverage.filter(({ resource }) => resource.startsWith('references/'));
    assert.deepEqual(
      covered.map(({ resource, scope, items }) => `${resource}@${scope} ${items}`),
      [
        `references/${DEFINITIONS}@ 1`,
        'references/deployments.apps@ 2',
        `references/${POLICIES}@ 1`,
        'references/persistentvolumeclaims@ 0',
        'references/pods@ 1',
        'references/services@ 0',
        'references/storageclasses.storage.k8s.io@ 2',
        `references/${WEBHOOKS}@ 1`,
      ],
    );
  });

  it('are not read when nobody asks for them', async () => {
    const read = await withReader({ cluster: CLUSTER }, (reader) =>
      reader.readInventory({
        scope: [],
        wholeCluster: true,
        declaredLabelKeys: new Set(),
        declaredAnnotationKeys: new Set(),
      }),
    );
    assert.equal(read.references, undefined);
    assert.equal(coverageOf(read, `references/${WEBHOOKS}`, ''), undefined);
  });

  it('are read with GET only, of Secrets never, of definitions in small pages, of pods only where one has no owner', async () => {
    const { requests } = await inventory();
    const full = requests.filter(({ headers }) => headers.accept === 'application/json').map(({ url }) => url);
    assert.deepEqual([...new Set(requests.map(({ method }) => method))], ['GET']);
    assert.deepEqual(
      full.filter((url) => url.includes('/secrets')),
      [],
    );
    const definitions = full.filter((url) => url.includes('/customresourcedefinitions?'));
    assert.deepEqual(
      new Set(definitions.map((url) => new URL(url, 'http://x').searchParams.get('limit'))),
      new Set(['25']),
    );
    assert.deepEqual(full.filter((url) => url.includes('/pods')).toSorted(), [
      '/api/v1/namespaces/guard/pods?limit=100',
      '/api/v1/namespaces/shop/pods?limit=100',
    ]);
  });

  it('keep nothing else of what they are read from', async () => {
    const read = await inventory();
    const text = encodeSnapshot({
      inventory: read.inventory,
      definitions: [],
      palette: { served: false, agentNamespace: undefined },
    });
    assert.ok(text.includes('driver-mention'));
    assert.ok(!text.includes(CANARY));
  });

  const gaps: readonly {
    readonly says: string;
    readonly path: string;
    readonly status: number;
    readonly left: RegExp;
    readonly expected: readonly string[];
  }[] = [
    {
      says: 'a refusal',
      path: '/validatingwebhookconfigurations?limit=100',
      status: 403,
      left: /^webhook/,
      expected: [`references/${WEBHOOKS}@ forbidden list ${WEBHOOKS}`],
    },
    {
      says: 'a failure',
      path: '/deployments?limit=100',
      status: 500,
      left: /Deployment/,
      expected: ['references/deployments.apps@ failed '],
    },
    {
      says: 'labels of namespaces that cannot be read',
      path: '/namespaces?limit=100',
      status: 500,
      left: /^network-peer/,
      expected: [`references/${POLICIES}@ failed `],
    },
    {
      says: 'Services that cannot be listed, and so cannot be found in texts',
      path: '/services?includeObject',
      status: 500,
      left: /^mention/,
      expected: ['references/deployments.apps@ failed ', 'references/pods@ failed ', 'services@ failed '],
    },
    {
      says: 'pods that cannot be listed',
      path: '/pods?',
      status: 500,
      left: /Pod/,
      expected: ['pods@ failed ', 'references/pods@ failed '],
    },
    {
      says: 'pods of one namespace that cannot be listed',
      path: '/guard/pods?',
      status: 403,
      left: /Pod\/bare/,
      expected: ['references/pods@ forbidden list pods in all namespaces'],
    },
  ];
  for (const { says, path, status, left, expected } of gaps) {
    it(`name as a gap: ${says}`, async () => {
      const read = await inventory([{ path, fault: { kind: 'status', status } }]);
      const missing = read.inventory.coverage.filter(({ state }) => state !== 'complete');
      assert.deepEqual(
        missing.map(({ resource, scope, state, needs }) => `${resource}@${scope} ${state} ${needs}`),
        expected,
      );
      assert.deepEqual(
        told(read.inventory),
        ALL.filter((text) => !left.test(text)),
      );
    });
  }

  it('whichever request fails: a gap says so, or everything is there all the same', async () => {
    const whole = await inventory();
    const urls = new Set(
      whole.requests
        .map(({ url }) => url)
        .filter((url) => !/^\/(?:apis?|version)(?:\/|$)/.test(url) || url.includes('?')),
    );
    assert.ok(urls.size > 20, String(urls.size));
    for (const url of urls) {
      const read = await inventory([{ path: url, fault: { kind: 'status', status: 403 } }]);
      const isSaid = gapsOf(read.inventory).length > 0 || coverageOf(read.inventory, 'discovery', '')?.note !== '';
      assert.ok(isSaid || told(read.inventory).join() === ALL.join(), url);
    }
  });

  it('of a type that cannot be listed are a gap', async () => {
    const types = TYPES.map((type) => (type.kind === 'StorageClass' ? { ...type, verbs: ['get'] } : type));
    const read = await inventory([], { ...CLUSTER, types });
    assert.ok(gapsOf(read.inventory).includes('references/storageclasses.storage.k8s.io@ not-listable'));
  });

  it('of a version that is broken are read at another one', async () => {
    const types = [...TYPES.filter(({ kind }) => kind !== 'NetworkPolicy'), POLICY_OF_TWO_VERSIONS];
    const faults: FaultRule[] = [{ path: '/v1/networkpolicies', fault: { kind: 'status', status: 500 } }];
    const read = await inventory(faults, { ...CLUSTER, types });
    assert.deepEqual(told(read.inventory), ALL);
    assert.equal(coverageOf(read.inventory, `references/${POLICIES}`, '')?.version, 'v1beta1');
  });
});
