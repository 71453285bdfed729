import assert from 'node:assert/strict';
import type { Inventory } from '../../src/model/inventory.ts';
import { CORE_TYPES, fakeNamespaces, fakeType } from '../support/fake-api/description.ts';
import type { FakeCluster, FakeType } from '../support/fake-api/description.ts';
import type { FaultRule } from '../support/fake-api/fault.ts';
import { coverageOf, gapsOf, inventoryOf, withReader } from '../support/fake-api/reading.ts';

const WIDGET = fakeType('widgets.example.com', 'Widget');
const METRIC = fakeType('pods.metrics.k8s.io', 'PodMetrics', { verbs: ['get', 'list'] });
const BEFORE = [...CORE_TYPES, WIDGET, METRIC];

function clusterOf(types: readonly FakeType[], more: Partial<FakeCluster> = {}): FakeCluster {
  return { discovery: 'aggregated', types, objects: new Map([['namespaces', fakeNamespaces('shop')]]), ...more };
}

interface Run {
  readonly inventory: Inventory;
  readonly urls: readonly string[];
}

/** Reads a cluster that becomes another one as soon as its namespaces were listed, which comes after discovery. */
function changing(before: FakeCluster, after: FakeCluster, faults: readonly FaultRule[] = []): Promise<Run> {
  let now = before;
  return withReader({ cluster: () => now, faults }, async (reader, requests) => {
    const reading = inventoryOf(reader, 'shop');
    while (!requests.some(({ url }) => url.includes('/configmaps')))
      await new Promise((resolve) => setImmediate(resolve));
    now = after;
    return { inventory: await reading, urls: requests.map(({ url }) => url) };
  });
}

describe('what is served at the end and was not at the beginning', () => {
  const cases: readonly {
    readonly name: string;
    readonly after: FakeCluster;
    readonly gaps: readonly string[];
    readonly reason?: RegExp;
  }[] = [
    { name: 'the same: no gap', after: clusterOf(BEFORE.toReversed()), gaps: [] },
    {
      name: 'a type that came is a gap',
      after: clusterOf([...BEFORE, fakeType('gadgets.example.com', 'Gadget')]),
      gaps: ['discovery/gadgets.example.com@ vanished'],
      reason: /came during the run/,
    },
    {
      name: 'a type whose verbs changed is a gap',
      after: clusterOf(BEFORE.map((type) => (type === WIDGET ? { ...type, verbs: ['list', 'get'] } : type))),
      gaps: ['discovery/widgets.example.com@ vanished'],
      reason: /verbs of the type changed/,
    },
    {
      name: 'a type that lost its namespaces is a gap',
      after: clusterOf(BEFORE.map((type) => (type === WIDGET ? { ...type, namespaced: false } : type))),
      gaps: ['discovery/widgets.example.com@ vanished'],
      reason: /scope of the type changed/,
    },
    {
      name: 'metrics that came or went are none, for they are computed',
      after: clusterOf([...CORE_TYPES, WIDGET, fakeType('queue.external.metrics.k8s.io', 'Value')]),
      gaps: [],
    },
    {
      name: 'a version that answers no more is one gap, not one for each type',
      after: clusterOf(BEFORE, { stale: ['example.com/v1'] }),
      gaps: ['*.example.com@ unknown-discovery'],
      reason: /at the end of the run/,
    },
  ];
  for (const { name, after, gaps, reason } of cases) {
    it(name, async () => {
      const lists = { path: '/namespaces/shop/widgets', fault: { kind: 'body', body: EMPTY } } as const;
      const dead: FaultRule = { path: '/apis/example.com/v1', fault: { kind: 'status', status: 503 } };
      const faults = after.stale === undefined ? [lists] : [lists, dead];
      const { inventory } = await changing(clusterOf(BEFORE), after, faults);
      assert.deepEqual(gapsOf(inventory), gaps);
      const [resource = ''] = (gaps[0] ?? '').split('@');
      if (reason !== undefined) assert.match(coverageOf(inventory, resource, '')?.reason ?? '', reason);
    });
  }

  it('a type that went away is a gap', async () => {
    const { inventory } = await changing(clusterOf(BEFORE), clusterOf([...CORE_TYPES, METRIC]), [
      { path: '/namespaces/shop/widgets', fault: { kind: 'body', body: EMPTY } },
    ]);
    assert.deepEqual(gapsOf(inventory), ['discovery/widgets.example.com@ vanished']);
  });

  it('is not known where discovery cannot be read again, which is a gap', async () => {
    const faults: FaultRule[] = [{ path: '/apis', fault: { kind: 'status', status: 403 }, after: 1 }];
    const { inventory } = await changing(clusterOf(BEFORE), clusterOf(BEFORE), [
      { path: '/apis/example.com/v1/namespaces/shop/widgets', fault: { kind: 'body', body: EMPTY } },
      ...faults,
    ]);
    assert.ok(gapsOf(inventory).includes('discovery@ failed'), gapsOf(inventory).join());
  });

  it('costs two requests', async () => {
    const { urls } = await changing(clusterOf(BEFORE), clusterOf(BEFORE));
    assert.equal(urls.filter((url) => url === '/api' || url === '/apis').length, 4);
  });
});

const EMPTY = '{"kind":"WidgetList","apiVersion":"example.com/v1","metadata":{"resourceVersion":"1000"},"items":[]}';

/** With an APIService for the stale group that says whether it is there. */
function services(status: string): FakeCluster {
  return clusterOf([...BEFORE, fakeType('apiservices.apiregistration.k8s.io', 'APIService', { namespaced: false })], {
    stale: ['example.com/v1'],
    objects: new Map([
      ['namespaces', fakeNamespaces('shop')],
      [
        'apiservices.apiregistration.k8s.io',
        [
          {
            metadata: { name: 'v1.example.com' },
            spec: { group: 'example.com', version: 'v1', service: { namespace: 'shop', name: 'widgets' } },
            status: { conditions: [{ type: 'Available', status, reason: 'MissingEndpoints', message: 'none' }] },
          },
        ],
      ],
    ]),
  });
}

describe('an API that does not answer', () => {
  const DEAD = '/apis/example.com/v1';
  const refused: FaultRule = { path: DEAD, fault: { kind: 'status', status: 503, message: 'service unavailable' } };
  const asked = async (status: string, discovery: FakeCluster['discovery']): Promise<number> => {
    const cluster = { ...services(status), discovery };
    const { urls } = await changing(cluster, cluster, [refused]);
    return urls.filter((url) => url === DEAD).length;
  };

  for (const discovery of ['aggregated', 'legacy'] as const) {
    it(`is asked once by ${discovery} discovery where its APIService says so`, async () => {
      assert.equal(await asked('False', discovery), 1);
    });

    it(`is asked again by ${discovery} discovery where its APIService says that it is there`, async () => {
      assert.ok((await asked('True', discovery)) > 1);
    });
  }

  it('is told with the service behind it, and with what its APIService says', async () => {
    const { inventory } = await changing(services('False'), services('False'), [refused]);
    const { unavailableApis } = inventory;
    const told = { name: 'v1.example.com', group: 'example.com', version: 'v1', service: 'shop/widgets' };
    assert.deepEqual(unavailableApis, [{ ...told, reason: 'MissingEndpoints', message: 'none' }]);
    assert.deepEqual(gapsOf(inventory), ['*.example.com@ unknown-discovery']);
  });

  it('is told also where its APIService calls it available, or may not be read', async () => {
    const { inventory } = await changing(services('True'), services('True'), [refused]);
    assert.deepEqual(
      inventory.unavailableApis.map(({ service, reason }) => `${service} ${reason}`),
      ['shop/widgets DiscoveryFailed'],
    );
    const forbidden: FaultRule = { path: '/apiservices', fault: { kind: 'status', status: 403 } };
    const blind = await changing(services('True'), services('True'), [refused, forbidden]);
    assert.deepEqual(
      blind.inventory.unavailableApis.map(({ name, service }) => `${name} ${service}`),
      ['v1.example.com '],
    );
  });

  it('is not called dead when only the right to ask it is missing', async () => {
    const forbidden: FaultRule = { path: DEAD, fault: { kind: 'status', status: 403 } };
    const { inventory } = await changing(services('True'), services('True'), [forbidden]);
    assert.deepEqual(inventory.unavailableApis, []);
    assert.deepEqual(gapsOf(inventory), ['*.example.com@ unknown-discovery']);
  });
});
