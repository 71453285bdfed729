import assert from 'node:assert/strict';
import { UserError } from '../../src/model/errors.ts';
import { CORE_TYPES, fakeNamespaces, fakeObjects, fakeType } from '../support/fake-api/description.ts';
import type { FakeCluster, FakeObject } from '../support/fake-api/description.ts';
import type { FaultRule } from '../support/fake-api/fault.ts';
import { coverageOf, gapsOf, inventoryOf, readScope, withReader } from '../support/fake-api/reading.ts';

const CRDS = 'customresourcedefinitions.apiextensions.k8s.io';
const API_SERVICES = 'apiservices.apiregistration.k8s.io';

function clusterWith(objects: readonly (readonly [string, readonly FakeObject[]])[], more: Partial<FakeCluster> = {}) {
  const types = [
    ...CORE_TYPES,
    fakeType(CRDS, 'CustomResourceDefinition', { namespaced: false }),
    fakeType(API_SERVICES, 'APIService', { namespaced: false }),
    fakeType('widgets.example.com', 'Widget'),
    fakeType('pods.metrics.k8s.io', 'PodMetrics', { verbs: ['get', 'list'] }),
  ];
  const all = new Map([['namespaces', fakeNamespaces('shop')] as const, ...objects]);
  return { discovery: 'aggregated' as const, types, objects: all, ...more };
}

function definition(name: string, established: string, ...served: readonly string[]): FakeObject {
  const [plural = '', ...group] = name.split('.');
  const conditions = [{ type: 'Established', status: established }];
  const versions = [
    ...(served.length === 0 ? ['v1'] : served).map((version) => ({ name: version, served: true })),
    { name: 'v1alpha1', served: false },
  ];
  return {
    metadata: { name },
    spec: { group: group.join('.'), names: { plural, kind: 'Thing' }, versions },
    status: { conditions },
  };
}

function apiService(group: string, version: string, available: string): FakeObject {
  const conditions = [{ type: 'Available', status: available, message: 'no endpoints' }];
  return { metadata: { name: `${version}.${group}` }, spec: { group, version }, status: { conditions } };
}

describe('what discovery does not tell is a gap', () => {
  const cases: readonly {
    readonly name: string;
    readonly cluster: FakeCluster;
    readonly faults?: readonly FaultRule[];
    readonly gaps: readonly string[];
  }[] = [
    {
      name: 'nothing is missing',
      cluster: clusterWith([[CRDS, [definition('widgets.example.com', 'True')]]]),
      gaps: [],
    },
    {
      name: 'an established definition that is not served',
      cluster: clusterWith([[CRDS, [definition('things.example.com', 'True')]]]),
      gaps: ['discovery/things.example.com@ unknown-discovery'],
    },
    {
      name: 'an established definition of which discovery lacks one version',
      cluster: clusterWith([[CRDS, [definition('widgets.example.com', 'True', 'v1', 'v2')]]]),
      gaps: ['discovery/widgets.example.com@ unknown-discovery'],
    },
    {
      name: 'an established definition that does not say which versions it has',
      cluster: clusterWith([[CRDS, [{ ...definition('things.example.com', 'True'), spec: { group: 'example.com' } }]]]),
      gaps: ['discovery/things.example.com@ unknown-discovery'],
    },
    {
      name: 'an established definition of a version that did not answer is one gap, not two',
      cluster: clusterWith([[CRDS, [definition('widgets.example.com', 'True')]]], { stale: ['example.com/v1'] }),
      faults: [{ path: '/apis/example.com/v1', fault: { kind: 'status', status: 503, retryAfter: '0' } }],
      gaps: ['*.example.com@ unknown-discovery'],
    },
    {
      name: 'an established definition that serves no version',
      cluster: clusterWith([
        [CRDS, [{ ...definition('things.example.com', 'True'), spec: { versions: [{ name: 'v1', served: false }] } }]],
      ]),
      gaps: [],
    },
    {
      name: 'definitions that may not be listed',
      cluster: clusterWith([]),
      faults: [{ path: '/customresourcedefinitions', fault: { kind: 'status', status: 403 } }],
      gaps: [`witness/${CRDS}@ forbidden`],
    },
    {
      name: 'APIServices that may not be listed',
      cluster: clusterWith([]),
      faults: [{ path: '/apiservices', fault: { kind: 'status', status: 403 } }],
      gaps: [`witness/${API_SERVICES}@ forbidden`],
    },
    {
      name: 'a definition that is not established',
      cluster: clusterWith([[CRDS, [definition('things.example.com', 'False')]]]),
      gaps: [],
    },
    {
      name: 'an API that is not available',
      cluster: clusterWith([[API_SERVICES, [apiService('example.com', 'v1', 'False')]]]),
      gaps: ['*.example.com@ unknown-discovery'],
    },
    {
      name: 'an available API that is not named',
      cluster: clusterWith([[API_SERVICES, [apiService('other.io', 'v1', 'True')]]]),
      gaps: ['*.other.io@ unknown-discovery'],
    },
    {
      name: 'a stale group that does not answer either',
      cluster: clusterWith([], { stale: ['example.com/v1'] }),
      faults: [{ path: '/apis/example.com/v1', fault: { kind: 'status', status: 503, retryAfter: '0' } }],
      gaps: ['*.example.com@ unknown-discovery'],
    },
    {
      name: 'a stale group that answers when asked',
      cluster: clusterWith([], { stale: ['example.com/v1'] }),
      gaps: [],
    },
    {
      name: 'a group that does not answer legacy discovery',
      cluster: clusterWith([], { discovery: 'legacy' }),
      faults: [{ path: '/apis/example.com/v1', fault: { kind: 'status', status: 500 } }],
      gaps: ['*.example.com@ unknown-discovery'],
    },
    {
      name: 'metrics, which store nothing',
      cluster: clusterWith([], { discovery: 'legacy' }),
      faults: [{ path: '/apis/metrics.k8s.io/v1', fault: { kind: 'status', status: 503, retryAfter: '0' } }],
      gaps: [],
    },
  ];
  for (const { name, cluster, faults, gaps } of cases) {
    it(name, async () => {
      const inventory = await readScope({ cluster, ...(faults === undefined ? {} : { faults }) }, 'shop');
      assert.deepEqual(gapsOf(inventory), gaps);
    });
  }

  it('names the missing rights of the witnesses', async () => {
    const faults: FaultRule[] = [CRDS, API_SERVICES].map((type) => ({
      path: `/${type.split('.')[0]}`,
      fault: { kind: 'status', status: 403 },
    }));
    const inventory = await readScope({ cluster: clusterWith([]), faults }, 'shop');
    for (const type of [CRDS, API_SERVICES])
      assert.equal(coverageOf(inventory, `witness/${type}`, '')?.needs, `list ${type}`);
  });

  it('counts a type that can be deleted but not listed', async () => {
    const types = [...CORE_TYPES, fakeType('things.example.com', 'Thing', { verbs: ['get', 'delete'] })];
    const inventory = await readScope({ cluster: clusterWith([], { types }) }, 'shop');
    assert.deepEqual(gapsOf(inventory), ['things.example.com@shop not-listable']);
  });

  for (const path of ['/api', '/apis']) {
    it(`stops with 4 when ${path} cannot be read`, async () => {
      const faults: FaultRule[] = [{ path, fault: { kind: 'status', status: 403 } }];
      await assert.rejects(readScope({ cluster: clusterWith([]), faults }), (error: unknown) => {
        assert.ok(error instanceof UserError);
        assert.equal(error.exitCode, 4);
        return true;
      });
    });
  }
});

function uid(value: string, more = {}): readonly FakeObject[] {
  return [{ metadata: { name: 'shop', uid: value, ...more } }];
}

describe('a namespace that changes while it is read', () => {
  const cases: readonly { readonly name: string; readonly after: readonly FakeObject[]; readonly gaps: number }[] = [
    { name: 'is no gap when it is the same', after: uid('1'), gaps: 0 },
    { name: 'is a gap when it was made anew', after: uid('2'), gaps: 1 },
    { name: 'is a gap when it was deleted', after: [], gaps: 1 },
    {
      name: 'is a gap when its deletion began',
      after: uid('1', { deletionTimestamp: '2026-01-02T03:04:05Z' }),
      gaps: 1,
    },
  ];
  for (const { name, after, gaps } of cases) {
    it(name, async () => {
      let namespaces = uid('1');
      const cluster = () => clusterWith([['namespaces', namespaces]]);
      const inventory = await withReader({ cluster }, async (reader, requests) => {
        const reading = inventoryOf(reader, 'shop');
        while (!requests.some(({ url }) => url.includes('/shop/')))
          await new Promise((resolve) => setImmediate(resolve));
        namespaces = after;
        return reading;
      });
      assert.equal(gapsOf(inventory).length, gaps);
      if (gaps > 0) assert.deepEqual(gapsOf(inventory), ['namespaces@shop vanished']);
    });
  }

  it('is a gap when another cluster answers at the end', async () => {
    let system: string = 'one';
    const cluster = () =>
      clusterWith([['namespaces', [...uid('1'), { metadata: { name: 'kube-system', uid: system } }]]]);
    const inventory = await withReader({ cluster }, async (reader, requests) => {
      const reading = inventoryOf(reader, 'shop');
      while (!requests.some(({ url }) => url.includes('/shop/'))) await new Promise((resolve) => setImmediate(resolve));
      system = 'two';
      return reading;
    });
    assert.deepEqual(gapsOf(inventory), ['namespaces@kube-system vanished']);
  });

  it('is a gap when it was made while the whole cluster was read', async () => {
    let namespaces = uid('1');
    const inventory = await withReader(
      { cluster: () => clusterWith([['namespaces', namespaces]]) },
      async (reader, requests) => {
        const reading = inventoryOf(reader);
        while (!requests.some(({ url }) => url.includes('/configmaps')))
          await new Promise((resolve) => setImmediate(resolve));
        namespaces = [...namespaces, { metadata: { name: 'late' } }];
        return reading;
      },
    );
    assert.deepEqual(gapsOf(inventory), ['namespaces@late vanished']);
  });

  it('is asked for by name where namespaces may not be listed', async () => {
    const faults: FaultRule[] = [{ path: '/namespaces?', fault: { kind: 'status', status: 403 } }];
    const cluster = clusterWith([['configmaps', fakeObjects('shop', 'a')]]);
    const inventory = await readScope({ cluster, faults }, 'shop');
    assert.deepEqual(
      inventory.namespaces.map(({ name }) => name),
      ['shop'],
    );
    assert.deepEqual(gapsOf(inventory), ['namespaces@ forbidden']);
    assert.equal(coverageOf(inventory, 'namespaces', '')?.needs, 'list namespaces');
  });
});
