import assert from 'node:assert/strict';
import { CORE_TYPES, fakeNamespaces, fakeObjects, fakeType } from '../support/fake-api/description.ts';
import type { FakeCluster, FakeObject } from '../support/fake-api/description.ts';
import type { FaultRule } from '../support/fake-api/fault.ts';
import { coverageOf, gapsOf, inventoryOf, readScope, withReader } from '../support/fake-api/reading.ts';

const FLUX = 'kustomizations.kustomize.toolkit.fluxcd.io';

const SET: FakeObject = {
  metadata: { name: 'db', namespace: 'shop' },
  spec: { volumeClaimTemplates: [{ metadata: { name: 'logs' } }, { metadata: { name: 'data' } }] },
};

const KUSTOMIZATION: FakeObject = {
  metadata: { name: 'apps', namespace: 'flux-system' },
  status: {
    inventory: {
      entries: [
        { id: 'shop_web_apps_Deployment' },
        { id: 'shop_a__ConfigMap' },
        { id: '_system__web_rbac.authorization.k8s.io_ClusterRole' },
        { id: 'nonsense' },
      ],
    },
  },
};

const MANAGED = [{ manager: 'injector', operation: 'Apply', time: '2026-01-02T03:04:05Z' }];

function configMap(namespace: string, name: string): FakeObject {
  return { metadata: { name, namespace, managedFields: MANAGED } };
}

const CLUSTER: FakeCluster = {
  discovery: 'aggregated',
  types: [...CORE_TYPES, fakeType('statefulsets.apps', 'StatefulSet'), fakeType(FLUX, 'Kustomization')],
  objects: new Map<string, readonly FakeObject[]>([
    ['namespaces', fakeNamespaces('shop', 'other')],
    ['statefulsets.apps', [SET, ...fakeObjects('other', 'cache')]],
    ['persistentvolumeclaims', fakeObjects('shop', 'data-db-0')],
    [FLUX, [KUSTOMIZATION]],
    ['configmaps', ['shop', 'other'].map((namespace) => configMap(namespace, 'ca'))],
  ]),
};

describe('details of workloads', () => {
  it('are the claim templates of StatefulSets beside claims, and nothing more', async () => {
    const inventory = await readScope({ cluster: CLUSTER }, 'shop', 'other');
    assert.deepEqual(inventory.claimTemplates, [
      { namespace: 'shop', statefulSet: 'db', uid: 'uid-StatefulSet-shop-db', templates: ['data', 'logs'] },
    ]);
    const claim = inventory.objects.find(({ name }) => name === 'data-db-0');
    assert.deepEqual(claim?.facts, { status: 'Bound', volume: 'pv-1', capacity: '1Gi' });
  });

  it('that cannot be read are a gap', async () => {
    const faults: FaultRule[] = [{ path: '/statefulsets?limit=100', fault: { kind: 'status', status: 500 } }];
    const inventory = await readScope({ cluster: CLUSTER, faults }, 'shop');
    assert.deepEqual(gapsOf(inventory), ['statefulsets.apps@shop failed']);
  });

  it('are what Flux says it applied, as keys of objects', async () => {
    const inventory = await readScope({ cluster: CLUSTER }, 'shop');
    assert.deepEqual(inventory.fluxInventories, [
      {
        kind: 'Kustomization',
        namespace: 'flux-system',
        name: 'apps',
        ids: ['/ConfigMap/shop/a', 'apps/Deployment/shop/web', 'rbac.authorization.k8s.io/ClusterRole//system:web'],
      },
    ]);
  });

  it('of Flux that cannot be read are noted, and a gap of removals', async () => {
    const faults: FaultRule[] = [{ path: '/kustomizations?limit=100', fault: { kind: 'status', status: 403 } }];
    const inventory = await readScope({ cluster: CLUSTER, faults }, 'shop');
    assert.match(coverageOf(inventory, 'discovery', '')?.note ?? '', /Flux/);
    assert.deepEqual(gapsOf(inventory), [`references/${FLUX}@ forbidden`]);
  });
});

/** Twenty-four namespaces with so many ConfigMaps each: one that all have, one of its own; `some` is in few. */
function filled(each: number, few: readonly string[]): FakeCluster {
  const names = Array.from({ length: 24 }, (_, index) => `n${String(index).padStart(2, '0')}`);
  const inOne = (name: string): readonly string[] => [
    'ca',
    ...(few.includes(name) ? ['some'] : []),
    ...Array.from({ length: each }, (_, index) => `own-${name}-${String(index)}`),
  ];
  const objects = ['shop', ...names].flatMap((name) => inOne(name).map((one) => configMap(name, one)));
  return {
    ...CLUSTER,
    objects: new Map([
      ['namespaces', fakeNamespaces('shop', ...names)],
      ['configmaps', objects],
    ]),
  };
}

describe('what may be in every namespace', () => {
  const EXPECTED = [
    { namespace: 'other', manager: 'injector' },
    { namespace: 'shop', manager: 'injector' },
  ];

  it('is read by name in all namespaces, and is known already from the whole cluster', async () => {
    const candidates = [
      { resource: 'configmaps', name: 'ca' },
      { resource: 'nothing.example.com', name: 'x' },
    ];
    for (const scope of [['shop'], []]) {
      const inventory = await withReader({ cluster: CLUSTER }, async (reader) =>
        reader.readElsewhere(await inventoryOf(reader, ...scope), candidates),
      );
      assert.deepEqual(inventory.elsewhere[0], { resource: 'configmaps', name: 'ca', writers: EXPECTED });
    }
  });

  it('is found in one list of its type where that has few objects', async () => {
    await withReader({ cluster: CLUSTER }, async (reader, requests) => {
      const inventory = await inventoryOf(reader, 'shop');
      const before = requests.length;
      const candidates = ['a', 'ca', 'own'].map((name) => ({ resource: 'configmaps', name }));
      await reader.readElsewhere(inventory, candidates);
      const asked = requests.slice(before).map(({ url }) => url);
      assert.deepEqual(asked, ['/api/v1/configmaps?includeObject=Metadata&limit=50']);
    });
  });

  /** As it is with a type of many objects. */
  const NOT_AT_ONCE: FaultRule = {
    path: '/v1/configmaps?includeObject=Metadata&limit',
    fault: { kind: 'status', status: 403 },
  };

  it('is not looked for everywhere where twelve other namespaces lack it', async () => {
    const names = Array.from({ length: 24 }, (_, index) => `n${String(index).padStart(2, '0')}`);
    const cluster: FakeCluster = {
      ...CLUSTER,
      objects: new Map([
        ['namespaces', fakeNamespaces('shop', ...names)],
        ['configmaps', [configMap('shop', 'own'), ...names.map((name) => configMap(name, 'ca'))]],
      ]),
    };
    const candidates = ['ca', 'own'].map((name) => ({ resource: 'configmaps', name }));
    await withReader({ cluster, faults: [NOT_AT_ONCE] }, async (reader, requests) => {
      const { elsewhere } = await reader.readElsewhere(await inventoryOf(reader, 'shop'), candidates);
      assert.deepEqual(
        elsewhere.map(({ name, writers }) => [name, writers.length]),
        [['ca', 24]],
      );
      const asked = requests.filter(({ url }) => url.includes('fieldSelector')).map(({ url }) => url);
      assert.deepEqual([asked.length, asked[0]?.includes('name%3Dca')], [1, true]);
    });
  });

  it('is looked for everywhere where one of these namespaces may not be listed', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `n${String(index)}`);
    const cluster: FakeCluster = {
      ...CLUSTER,
      objects: new Map([['namespaces', fakeNamespaces('shop', ...names)]]),
    };
    const faults: FaultRule[] = [
      NOT_AT_ONCE,
      { path: '/namespaces/n11/configmaps', fault: { kind: 'status', status: 403 } },
    ];
    await withReader({ cluster, faults }, async (reader, requests) => {
      const inventory = await inventoryOf(reader, 'shop');
      await reader.readElsewhere(inventory, [{ resource: 'configmaps', name: 'own' }]);
      assert.ok(requests.some(({ url }) => url.includes('fieldSelector')));
    });
  });

  it('is looked for in two other namespaces first, and in the other ten only if it is in neither', async () => {
    const names = Array.from({ length: 24 }, (_, index) => `n${String(index).padStart(2, '0')}`);
    const table: readonly (readonly [holders: readonly string[], lists: number])[] = [
      [names, 2],
      [['n00'], 12],
      [['n22'], 12],
    ];
    for (const [holders, lists] of table) {
      const cluster: FakeCluster = {
        ...CLUSTER,
        objects: new Map([
          ['namespaces', fakeNamespaces('shop', ...names)],
          ['configmaps', holders.map((name) => configMap(name, 'ca'))],
        ]),
      };
      await withReader({ cluster, faults: [NOT_AT_ONCE] }, async (reader, requests) => {
        const inventory = await inventoryOf(reader, 'shop');
        const before = requests.length;
        const { elsewhere } = await reader.readElsewhere(inventory, [{ resource: 'configmaps', name: 'ca' }]);
        const asked = requests.slice(before).map(({ url }) => url);
        assert.equal(asked.filter((url) => url.includes('/namespaces/n')).length, lists);
        assert.deepEqual(
          elsewhere.map(({ writers }) => writers.map(({ namespace }) => namespace)),
          [holders],
        );
      });
    }
  });

  for (const [says, each, few, sampled] of [
    ['some objects', 9, ['n01', 'n02', 'n03'], true],
    ['some objects of which no sample has one', 9, ['n01', 'n03'], false],
    ['many objects', 40, ['n01', 'n02', 'n03'], true],
    ['many objects of which no sample has one', 40, ['n01', 'n03'], false],
  ] as const)
    it(`is looked for name by name in a type of ${says}, if these are few, and found as otherwise`, async () => {
      const cluster = filled(each, few);
      const candidates = ['ca', 'own-shop-1', 'some'].map((name) => ({ resource: 'configmaps', name }));
      const found = async (faults: readonly FaultRule[]) =>
        withReader({ cluster, faults }, async (reader, requests) => {
          const inventory = await inventoryOf(reader, 'shop');
          const before = requests.length;
          const { elsewhere } = await reader.readElsewhere(inventory, candidates);
          return { elsewhere, asked: requests.slice(before).map(({ url }) => url) };
        });
      const [byName, bySample] = [await found([]), await found([NOT_AT_ONCE])];
      assert.deepEqual(
        byName.asked.map((url) => url.includes('fieldSelector')),
        [false, true, true, true],
      );
      const names = byName.elsewhere.map(({ name }) => name);
      assert.deepEqual(names, each === 9 ? ['ca', 'own-shop-1', 'some'] : sampled ? ['ca', 'some'] : ['ca']);
      const alike = byName.elsewhere.filter(({ name }) => name === 'ca' || (sampled && name === 'some'));
      assert.deepEqual(alike, bySample.elsewhere);
    });

  it('is left out where it cannot be read, and leaves no gap', async () => {
    const faults: FaultRule[] = [NOT_AT_ONCE, { path: 'fieldSelector', fault: { kind: 'status', status: 403 } }];
    const inventory = await withReader({ cluster: CLUSTER, faults }, async (reader) =>
      reader.readElsewhere(await inventoryOf(reader, 'shop'), [{ resource: 'configmaps', name: 'ca' }]),
    );
    assert.deepEqual([inventory.elsewhere, gapsOf(inventory)], [[], []]);
  });
});
