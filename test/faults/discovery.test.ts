import assert from 'node:assert/strict';
import { listAt, textAt } from '../../src/cluster/json.ts';
import { fakeType } from '../support/fake-api/description.ts';
import type { FakeCluster, FakeObject, FakeType } from '../support/fake-api/description.ts';
import { ask, assertClear, assertIncomplete, assertNothing, gapsIn } from './support/ask.ts';
import type { Outcome } from './support/ask.ts';
import { clearWorld } from './support/clear-world.ts';

const METRICS = fakeType('pods.metrics.k8s.io', 'PodMetrics', { version: 'v1beta1', verbs: ['get', 'list'] });
const WIDGETS = fakeType('widgets.example.com', 'Widget', { custom: true });

const DEFINITION: FakeObject = {
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { kind: 'Widget', plural: 'widgets' },
    versions: [{ name: 'v1', served: true, storage: true }],
  },
  status: { conditions: [{ type: 'Established', status: 'True' }] },
};

function apiService(group: string, version: string, available: 'True' | 'False'): FakeObject {
  return {
    metadata: { name: `${version}.${group}` },
    spec: { group, version, service: { namespace: 'apis', name: 'backend' } },
    status: {
      conditions: [{ type: 'Available', status: available, reason: 'MissingEndpoints', message: 'no endpoints' }],
    },
  };
}

interface More {
  readonly types?: readonly FakeType[];
  readonly objects?: readonly (readonly [string, FakeObject])[];
  readonly cluster?: Partial<FakeCluster>;
}

/** The clear world with more types, more witnesses, and a server that behaves otherwise. */
function world({ types = [], objects = [], cluster = {} }: More): FakeCluster {
  const clear = clearWorld();
  const all = new Map(clear.objects);
  for (const [name, object] of objects) all.set(name, [...(all.get(name) ?? []), object]);
  return { ...clear, types: [...clear.types, ...types], objects: all, ...cluster };
}

const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';
const SERVICES = 'apiservices.apiregistration.k8s.io';

function rulesIn({ stdout }: Outcome): readonly string[] {
  return listAt(JSON.parse(stdout), 'findings').map((finding) => textAt(finding, 'rule') ?? '');
}

/** Well formed, and as if there were nothing but the core group. */
const EMPTY = { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items: [] };

describe('a fault of discovery', () => {
  it('F38 D: a stale group that answers when asked itself leaves no trace', async () => {
    assertClear(await ask({ cluster: { ...clearWorld(), stale: ['apps/v1'] } }));
  });

  it('F38 D: metrics that do not answer are no gap, and hold up deletions', async () => {
    const down = { down: ['metrics.k8s.io/v1beta1'] };
    const dead = apiService('metrics.k8s.io', 'v1beta1', 'False');
    const outcome = await ask({ cluster: world({ types: [METRICS], objects: [[SERVICES, dead]], cluster: down }) });
    assert.equal(outcome.code, 0, outcome.stdout);
    assert.deepEqual(gapsIn(outcome.stdout), []);
    assert.deepEqual(rulesIn(outcome), ['namespace-deletion-blocked']);
  });

  for (const discovery of ['aggregated', 'legacy'] as const) {
    it(`F38 D: another API that does not answer is a gap, by ${discovery} discovery`, async () => {
      const cluster = world({ types: [WIDGETS], cluster: { discovery, down: ['example.com/v1'] } });
      assertIncomplete(await ask({ cluster }), '*.example.com in all: unknown-discovery');
    });
  }

  it('F39 D: a group that is empty although its definition is established is a gap', async () => {
    const cluster = world({ objects: [[DEFINITIONS, DEFINITION]] });
    assertIncomplete(await ask({ cluster }), 'discovery/widgets.example.com in all: unknown-discovery');
  });

  it('F39 D: a group that is missing although its API service is available is a gap', async () => {
    const cluster = world({ objects: [[SERVICES, apiService('example.com', 'v1', 'True')]] });
    assertIncomplete(await ask({ cluster }), '*.example.com in all: unknown-discovery');
  });

  it('F39 D: a document without any group is a gap, for the API services tell of groups', async () => {
    const cluster = world({ objects: [[SERVICES, apiService('apps', 'v1', 'True')]] });
    const fault = { kind: 'body', body: JSON.stringify(EMPTY) } as const;
    const argv = ['-f', 'test/fixtures/planned/profiles/apps.yaml'];
    const outcome = await ask({ cluster, faults: [{ path: (url) => url === '/apis', fault }], argv });
    assert.equal(outcome.code, 3, outcome.stdout);
    assert.ok(gapsIn(outcome.stdout).includes('*.apps in all: unknown-discovery'), outcome.stdout);
  });

  for (const [path, status] of [
    ['/api', 403],
    ['/apis', 403],
    ['/api', 404],
    ['/apis', 404],
  ] as const) {
    it(`D: a ${status} to ${path} ends the run`, async () => {
      assertNothing(await ask({ faults: [{ path: (url) => url === path, fault: { kind: 'status', status } }] }));
    });
  }

  for (const path of ['/api', '/apis']) {
    it(`D: ${path} that fails at the end of the run is a gap`, async () => {
      const fault = { kind: 'status', status: 503 } as const;
      const outcome = await ask({ faults: [{ path: (url) => url === path, fault, after: 1 }] });
      assertIncomplete(outcome, 'discovery in all: failed');
    });
  }
});
