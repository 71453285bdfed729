import assert from 'node:assert/strict';
import { encodeSnapshot } from '../../src/cluster/snapshot.ts';
import { CORE_TYPES, fakeNamespaces, fakeObjects, fakeType } from '../support/fake-api/description.ts';
import type { FakeCluster, FakeObject } from '../support/fake-api/description.ts';
import type { FaultRule } from '../support/fake-api/fault.ts';
import { coverageOf, gapsOf, inventoryOf, readScope, withReader } from '../support/fake-api/reading.ts';

const SHOP: FakeCluster = {
  discovery: 'aggregated',
  types: [
    ...CORE_TYPES,
    fakeType('deployments.apps', 'Deployment'),
    fakeType('widgets.example.com', 'Widget', { otherVersions: ['v1beta1'] }),
    fakeType('tokenreviews.authentication.k8s.io', 'TokenReview', { namespaced: false, verbs: ['create'] }),
  ],
  objects: new Map([
    ['namespaces', fakeNamespaces('shop', 'other')],
    ['configmaps', [...fakeObjects('shop', 'a', 'b', 'constructor'), ...fakeObjects('other', 'a')]],
    ['secrets', [{ metadata: { name: 's', namespace: 'shop' }, type: 'Opaque', data: { k: 'CANARY' } }]],
    ['deployments.apps', fakeObjects('shop', 'web')],
    ['widgets.example.com', fakeObjects('shop', 'w')],
  ]),
};

const MANY_NAMES = ['n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7', 'n8', 'n9'];
const MANY: FakeCluster = {
  ...SHOP,
  objects: new Map([
    ['namespaces', fakeNamespaces(...MANY_NAMES)],
    ['configmaps', MANY_NAMES.flatMap((name) => fakeObjects(name, 'a', 'b', 'c'))],
  ]),
};

const CONFIGMAPS = '/api/v1/namespaces/shop/configmaps?';
const WIDGETS = '/namespaces/shop/widgets?';
const WIDGET_DEFINITION = JSON.stringify({
  kind: 'CustomResourceDefinitionList',
  apiVersion: 'apiextensions.k8s.io/v1',
  metadata: { resourceVersion: '1' },
  items: [
    {
      metadata: { name: 'widgets.example.com' },
      spec: { group: 'example.com', names: { kind: 'Widget' }, versions: [{ name: 'v1', served: true }] },
      status: { conditions: [{ type: 'Established', status: 'True' }] },
    },
  ],
});
const LOGIN_PAGE = { kind: 'body', body: '<html>log in</html>', type: 'text/html' } as const;

describe('reading an inventory', () => {
  it('lists what a namespace deletion destroys, sorted, with facts and only kept keys', async () => {
    const inventory = await readScope({ cluster: SHOP }, 'shop');
    assert.deepEqual(
      inventory.objects.map(({ type, name, facts }) => [type.kind, name, facts]),
      [
        ['ConfigMap', 'a', {}],
        ['ConfigMap', 'b', {}],
        ['ConfigMap', 'constructor', {}],
        ['Deployment', 'web', {}],
        ['Secret', 's', { type: 'Opaque' }],
        ['Widget', 'w', {}],
      ],
    );
    assert.deepEqual(gapsOf(inventory), []);
    assert.equal(inventory.takenAt, '2026-01-02T03:04:05Z');
    assert.equal(coverageOf(inventory, 'persistentvolumeclaims', 'shop')?.items, 0);
  });

  it('gives the same from legacy as from aggregated discovery', async () => {
    const aggregated = await readScope({ cluster: SHOP }, 'shop');
    const legacy = await readScope({ cluster: { ...SHOP, discovery: 'legacy' } }, 'shop');
    assert.deepEqual(legacy.objects, aggregated.objects);
    assert.deepEqual(gapsOf(legacy), []);
  });

  it('gives the same bytes whatever the page size', async () => {
    const texts: string[] = [];
    for (const chunkSize of [0, 1, 7, 500]) {
      const inventory = await readScope({ cluster: MANY, options: { chunkSize } }, ...MANY_NAMES);
      const cluster = { ...inventory.cluster, server: '' };
      texts.push(
        encodeSnapshot({
          inventory: { ...inventory, cluster },
          definitions: [],
          palette: { served: false, agentNamespace: undefined },
        }),
      );
    }
    assert.equal(new Set(texts).size, 1);
  });

  it('covers each type once when the whole cluster is listed', async () => {
    const inventory = await readScope({ cluster: SHOP });
    assert.equal(coverageOf(inventory, 'configmaps', '')?.items, 4);
    assert.equal(inventory.objects.filter(({ type }) => type.kind === 'Namespace').length, 3);
    assert.deepEqual(gapsOf(inventory), []);
  });

  it('sends GET only, and asks for no whole Secret', async () => {
    await withReader({ cluster: SHOP }, async (reader, requests) => {
      await reader.readPalette({ clusterUid: undefined });
      await reader.readReleases();
      await inventoryOf(reader, 'shop');
      assert.deepEqual([...new Set(requests.map(({ method }) => method))], ['GET']);
      const forSecrets = requests.filter(({ url }) => url.includes('/secrets'));
      assert.ok(forSecrets.length > 0);
      for (const { headers } of forSecrets) assert.ok(!String(headers.accept).split(',').includes('application/json'));
    });
  });

  it('asks for tables only of types of which columns are read', async () => {
    await withReader({ cluster: SHOP }, async (reader, requests) => {
      await inventoryOf(reader, 'shop');
      const first = (path: string): string | undefined => {
        const request = requests.find(({ url }) => url.startsWith(`/api/v1/namespaces/shop/${path}?`));
        return /as=(\w+)/.exec(String(request?.headers.accept))?.[1];
      };
      assert.deepEqual(['secrets', 'configmaps'].map(first), ['Table', 'PartialObjectMetadataList']);
    });
  });

  for (const wholeCluster of [true, false])
    it(`ends with why the scope cannot be told, ${wholeCluster ? 'for the whole cluster' : 'of some namespaces'}`, async () => {
      const failure = new Error('the releases cannot be read');
      const unheard: unknown[] = [];
      const hear = (reason: unknown) => unheard.push(reason);
      process.on('unhandledRejection', hear);
      await withReader({ cluster: SHOP }, (reader) => {
        const [scope, keys] = [Promise.reject(failure), new Set<string>()];
        const request = { scope, wholeCluster, declaredLabelKeys: keys, declaredAnnotationKeys: keys };
        return assert.rejects(reader.readInventory(request), failure);
      }).finally(() => process.off('unhandledRejection', hear));
      assert.deepEqual(unheard, []);
    });

  it('lists objects that two groups serve once, at the core group', async () => {
    const event = { metadata: { name: 'e', namespace: 'shop', uid: 'one' } };
    const types = [...CORE_TYPES, fakeType('events.events.k8s.io', 'Event'), fakeType('events', 'Event')];
    const objects = new Map([...SHOP.objects, ['events', [event]], ['events.events.k8s.io', [event]]] as const);
    const inventory = await readScope({ cluster: { ...SHOP, types, objects } }, 'shop');
    const events = inventory.objects.filter(({ type }) => type.kind === 'Event');
    assert.deepEqual(
      events.map(({ type }) => type.group),
      [''],
    );
  });

  it('does not let an API hide an object by giving another the same uid', async () => {
    const objects = new Map([
      ...SHOP.objects,
      ['widgets.example.com', [{ metadata: { name: 'x', namespace: 'shop', uid: 'uid-ConfigMap-shop-a' } }]],
    ] as const);
    const inventory = await readScope({ cluster: { ...SHOP, objects } }, 'shop');
    assert.equal(inventory.objects.filter(({ uid }) => uid === 'uid-ConfigMap-shop-a').length, 2);
  });

  it('parses only metadata of an API that sends whole objects', async () => {
    const types = [...CORE_TYPES, fakeType('widgets.example.com', 'Widget', { ignoresAccept: true })];
    const inventory = await readScope({ cluster: { ...SHOP, types } }, 'shop');
    assert.equal(inventory.objects.filter(({ type }) => type.kind === 'Widget').length, 1);
  });
});

describe('a failure while reading ends as coverage, never as an empty list', () => {
  const cases: readonly {
    readonly name: string;
    readonly rules: readonly FaultRule[];
    readonly gaps: readonly string[];
  }[] = [
    {
      name: 'a type that may not be listed is forbidden',
      rules: [{ path: CONFIGMAPS, fault: { kind: 'status', status: 403 } }],
      gaps: ['configmaps@shop forbidden'],
    },
    {
      name: 'a server error that stays is a failure',
      rules: [{ path: CONFIGMAPS, fault: { kind: 'status', status: 500 } }],
      gaps: ['configmaps@shop failed'],
    },
    {
      name: 'a server error that passes leaves no gap',
      rules: [{ path: CONFIGMAPS, fault: { kind: 'status', status: 503, retryAfter: '0' }, times: 2 }],
      gaps: [],
    },
    {
      name: 'throttling that passes leaves no gap',
      rules: [{ path: CONFIGMAPS, fault: { kind: 'status', status: 429, retryAfter: '0' }, times: 3 }],
      gaps: [],
    },
    {
      name: 'a type that cannot be listed after all is not listable',
      rules: [{ path: CONFIGMAPS, fault: { kind: 'status', status: 405 } }],
      gaps: ['configmaps@shop not-listable'],
    },
    {
      name: 'secrets without a metadata form are a failure',
      rules: [{ path: '/namespaces/shop/secrets?', fault: { kind: 'status', status: 406 } }],
      gaps: ['secrets@shop failed'],
    },
    {
      name: 'a login page is a failure',
      rules: [{ path: CONFIGMAPS, fault: LOGIN_PAGE }],
      gaps: ['configmaps@shop failed'],
    },
    {
      name: 'an empty object is a failure',
      rules: [{ path: CONFIGMAPS, fault: { kind: 'body', body: '{}' } }],
      gaps: ['configmaps@shop failed'],
    },
    {
      name: 'an empty body is a failure',
      rules: [{ path: CONFIGMAPS, fault: { kind: 'body', body: '' } }],
      gaps: ['configmaps@shop failed'],
    },
    {
      name: 'a Status sent as a 200 is a failure',
      rules: [{ path: CONFIGMAPS, fault: { kind: 'body', body: '{"kind":"Status","apiVersion":"v1"}' } }],
      gaps: ['configmaps@shop failed'],
    },
    {
      name: 'an empty list of another kind is a failure',
      rules: [{ path: CONFIGMAPS, fault: { kind: 'body', body: '{"kind":"PodList","apiVersion":"v1","items":[]}' } }],
      gaps: ['configmaps@shop failed'],
    },
    {
      name: 'an empty list of another group is a failure',
      rules: [
        {
          path: CONFIGMAPS,
          fault: { kind: 'body', body: '{"kind":"ConfigMapList","apiVersion":"x.io/v1","items":[]}' },
        },
      ],
      gaps: ['configmaps@shop failed'],
    },
    {
      name: 'a list whose name its definition chose is known by its objects',
      rules: [
        {
          path: WIDGETS,
          fault: {
            kind: 'body',
            body: '{"kind":"AllWidgetsList","apiVersion":"example.com/v1","items":[{"kind":"Widget","metadata":{"name":"w","namespace":"shop"}}]}',
          },
        },
      ],
      gaps: [],
    },
    {
      name: 'a list without items is a failure',
      rules: [{ path: CONFIGMAPS, fault: { kind: 'body', body: '{"kind":"ConfigMapList","apiVersion":"v1"}' } }],
      gaps: ['configmaps@shop failed'],
    },
    {
      name: 'items null is an empty list',
      rules: [
        { path: CONFIGMAPS, fault: { kind: 'body', body: '{"kind":"ConfigMapList","apiVersion":"v1","items":null}' } },
      ],
      gaps: [],
    },
    {
      name: 'an item of another namespace is a failure',
      rules: [
        {
          path: CONFIGMAPS,
          fault: {
            kind: 'body',
            body: '{"kind":"ConfigMapList","apiVersion":"v1","items":[{"metadata":{"name":"x","namespace":"other"}}]}',
          },
        },
      ],
      gaps: ['configmaps@shop failed'],
    },
    {
      name: 'a connection dropped at every try is a failure',
      rules: [{ path: CONFIGMAPS, fault: { kind: 'drop' } }],
      gaps: ['configmaps@shop failed'],
    },
    {
      name: 'a body cut once is read again',
      rules: [{ path: CONFIGMAPS, fault: { kind: 'cut' }, times: 1 }],
      gaps: [],
    },
    {
      name: 'a body always cut is a failure',
      rules: [{ path: CONFIGMAPS, fault: { kind: 'cut' } }],
      gaps: ['configmaps@shop failed'],
    },
    {
      name: 'a gzip body without its end is a failure',
      rules: [{ path: CONFIGMAPS, fault: { kind: 'cut-gzip' } }],
      gaps: ['configmaps@shop failed'],
    },
    {
      name: 'a gzip body without its checksum is a failure',
      rules: [{ path: CONFIGMAPS, fault: { kind: 'no-trailer' } }],
      gaps: ['configmaps@shop failed'],
    },
    {
      name: 'an answer that never comes is a failure, and the others are there',
      rules: [{ path: CONFIGMAPS, fault: { kind: 'hang' } }],
      gaps: ['configmaps@shop failed'],
    },
    {
      name: 'a redirect is not followed',
      rules: [{ path: CONFIGMAPS, fault: { kind: 'redirect', to: '/api' } }],
      gaps: ['configmaps@shop failed'],
    },
    {
      name: 'a 404 of a type that discovery still names is a failure',
      rules: [{ path: CONFIGMAPS, fault: { kind: 'status', status: 404 } }],
      gaps: ['configmaps@shop failed'],
    },
    {
      name: 'a 404 of a type that went away is told as vanished',
      rules: [
        { path: WIDGETS, fault: { kind: 'status', status: 404 } },
        { path: '/apis/example.com/v1', fault: { kind: 'status', status: 404 } },
      ],
      gaps: ['widgets.example.com@shop vanished'],
    },
    {
      name: 'a 404 of a type whose definition is still there is a failure, though discovery does not name it',
      rules: [
        { path: WIDGETS, fault: { kind: 'status', status: 404 } },
        { path: '/customresourcedefinitions', fault: { kind: 'body', body: WIDGET_DEFINITION } },
        { path: '/apis/example.com/v1', fault: { kind: 'status', status: 404 } },
      ],
      gaps: ['widgets.example.com@shop failed'],
    },
    {
      name: 'a 404 of a type whose definition may not be read is a failure',
      rules: [
        { path: WIDGETS, fault: { kind: 'status', status: 404 } },
        { path: '/customresourcedefinitions', fault: { kind: 'status', status: 403 }, after: 1 },
        { path: '/apis/example.com/v1', fault: { kind: 'status', status: 404 } },
      ],
      gaps: ['widgets.example.com@shop failed'],
    },
    {
      name: 'a conversion that fails is got round by another version',
      rules: [{ path: `/v1${WIDGETS}`, fault: { kind: 'status', status: 500, message: 'conversion webhook failed' } }],
      gaps: [],
    },
    {
      name: 'rejected credentials stop everything',
      rules: [{ path: CONFIGMAPS, fault: { kind: 'status', status: 401 } }],
      gaps: ['configmaps@shop failed'],
    },
  ];
  for (const { name, rules, gaps } of cases) {
    it(name, async () => {
      const inventory = await readScope({ cluster: SHOP, faults: rules }, 'shop');
      const found = gapsOf(inventory);
      if (name.startsWith('rejected')) assert.ok(found.includes(gaps[0] ?? '') && found.length > 1);
      else assert.deepEqual(found, gaps);
    });
  }

  it('names the missing right', async () => {
    const faults: FaultRule[] = [{ path: '/configmaps', fault: { kind: 'status', status: 403 } }];
    const scoped = await readScope({ cluster: SHOP, faults }, 'shop');
    assert.equal(coverageOf(scoped, 'configmaps', 'shop')?.needs, 'list configmaps in namespace shop');
  });

  it('goes by namespace where a type may not be listed cluster-wide', async () => {
    const faults: FaultRule[] = [{ path: '/api/v1/configmaps', fault: { kind: 'status', status: 403 } }];
    const inventory = await readScope({ cluster: SHOP, faults });
    assert.deepEqual(gapsOf(inventory), []);
    assert.equal(inventory.objects.filter(({ type }) => type.kind === 'ConfigMap').length, 4);
    assert.equal(coverageOf(inventory, 'configmaps', 'shop')?.state, 'complete');
  });

  it('goes by namespace where the rest of a type costs more than the scope', async () => {
    const objects = new Map<string, readonly FakeObject[]>([
      ['namespaces', fakeNamespaces(...MANY_NAMES)],
      [
        'configmaps',
        Array.from({ length: 2000 }, (_, index) => ({ metadata: { name: `c${index}`, namespace: 'n0' } })),
      ],
    ]);
    const scope = MANY_NAMES.slice(1);
    await withReader({ cluster: { ...SHOP, objects } }, async (reader, requests) => {
      const inventory = await inventoryOf(reader, ...scope);
      assert.equal(inventory.objects.length, 0);
      assert.deepEqual(gapsOf(inventory), []);
      assert.equal(requests.filter(({ url }) => url.includes('/configmaps')).length, 1 + scope.length);
    });
  });
});

describe('reading page by page', () => {
  const options = { chunkSize: 1 };
  const cases: readonly { readonly name: string; readonly rule: FaultRule; readonly gaps: readonly string[] }[] = [
    {
      name: 'a token that expired once begins again',
      rule: {
        path: 'configmaps?includeObject=Metadata&limit=1&continue=',
        fault: { kind: 'status', status: 410 },
        times: 1,
      },
      gaps: [],
    },
    {
      name: 'a token that always expires is a failure',
      rule: { path: 'configmaps?includeObject=Metadata&limit', fault: { kind: 'status', status: 410 }, after: 1 },
      gaps: ['configmaps@shop failed'],
    },
    {
      name: 'a token that repeats is a failure',
      rule: {
        path: CONFIGMAPS,
        fault: {
          kind: 'body',
          body: '{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"continue":"x"},"items":[{"metadata":{"name":"a","namespace":"shop"}}]}',
        },
      },
      gaps: ['configmaps@shop failed'],
    },
    {
      name: 'a list that changed between its pages begins again',
      rule: {
        path: 'configmaps?includeObject=Metadata&limit=1&continue=',
        fault: {
          kind: 'body',
          body: '{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"7"},"items":[]}',
        },
        times: 1,
      },
      gaps: [],
    },
    {
      name: 'a page that is dropped is asked for again',
      rule: { path: '/configmaps?includeObject=Metadata&limit=1&continue=', fault: { kind: 'drop' }, times: 1 },
      gaps: [],
    },
  ];
  for (const { name, rule, gaps } of cases) {
    it(name, async () => {
      const inventory = await readScope({ cluster: SHOP, faults: [rule], options }, 'shop');
      assert.deepEqual(gapsOf(inventory), gaps);
      const found = inventory.objects.filter(({ type }) => type.kind === 'ConfigMap').length;
      assert.equal(found, gaps.length === 0 ? 3 : 0);
    });
  }
});
