import assert from 'node:assert/strict';
import { CORE_TYPES, fakeNamespaces, fakeObjects, fakeType } from '../support/fake-api/description.ts';
import type { FakeCluster, FakeObject } from '../support/fake-api/description.ts';
import type { FaultRule } from '../support/fake-api/fault.ts';
import { coverageOf, gapsOf, inventoryOf, withReader } from '../support/fake-api/reading.ts';
import type { Reading } from '../support/fake-api/reading.ts';

const MEBIBYTE = 2 ** 20;
const NAMES = Array.from({ length: 40 }, (_, index) => `c${String(index).padStart(2, '0')}`);

function heavy(name: string, bytes: number): FakeObject {
  return { metadata: { name, namespace: 'shop', annotations: { payload: 'x'.repeat(bytes) } } };
}

function clusterOf(configMaps: readonly FakeObject[]): FakeCluster {
  return {
    discovery: 'aggregated',
    types: [...CORE_TYPES, fakeType('widgets.example.com', 'Widget')],
    objects: new Map([
      ['namespaces', fakeNamespaces('shop')],
      ['configmaps', configMaps],
    ]),
  };
}

/** Long enough for a machine that is busy. */
const PATIENT = { headersMs: 10_000, idleMs: 10_000, requestMs: 10_000, listMs: 10_000 };

/** Lists the ConfigMaps of `shop`: how many were found, which page sizes were asked for, what was not seen and why. */
function list(reading: Reading) {
  return withReader({ ...reading, limits: { ...PATIENT, ...reading.limits } }, async (reader, requests) => {
    const inventory = await inventoryOf(reader, 'shop');
    const urls = requests.map(({ url }) => url).filter((url) => url.includes('/shop/configmaps?'));
    return {
      found: inventory.objects.filter(({ type }) => type.kind === 'ConfigMap').length,
      limits: urls.map((url) => Number(/limit=(\d+)/.exec(url)?.[1] ?? 0)),
      gaps: gapsOf(inventory),
      reason: coverageOf(inventory, 'configmaps', 'shop')?.reason ?? '',
    };
  });
}

const SLOW: FaultRule = { path: '/shop/configmaps?', fault: { kind: 'status', status: 504, retryAfter: '0' } };

describe('the size of pages', () => {
  const light = clusterOf(fakeObjects('shop', ...NAMES));

  it('is halved after every answer that came too late', async () => {
    const { found, limits } = await list({
      cluster: light,
      faults: [{ ...SLOW, times: 2 }],
      options: { chunkSize: 40 },
    });
    assert.deepEqual([found, limits], [40, [40, 20, 10, 10, 10, 10]]);
  });

  it('is halved too where no answer came', async () => {
    const faults: FaultRule[] = [{ path: '/shop/configmaps?', fault: { kind: 'hang' }, times: 1 }];
    const { found, limits } = await list({ cluster: light, faults, limits: { headersMs: 400 } });
    assert.deepEqual([found, limits], [40, [500, 250]]);
  });

  it('does not end the trying: five answers too late are a failure', async () => {
    const { found, limits, gaps } = await list({ cluster: light, faults: [SLOW] });
    assert.deepEqual([found, limits, gaps], [0, [500, 250, 125, 62, 31], ['configmaps@shop failed']]);
  });

  it('is a tenth after an answer that was too large, down to single objects', async () => {
    const cluster = clusterOf(NAMES.slice(0, 12).map((name) => heavy(name, MEBIBYTE / 2)));
    const { found, limits } = await list({ cluster, limits: { maxBytes: MEBIBYTE }, options: { chunkSize: 100 } });
    assert.deepEqual([found, limits.slice(0, 4)], [12, [100, 10, 1, 1]]);
  });

  it('cannot help where one object alone is too large: the failure says after which', async () => {
    const objects = [...fakeObjects('shop', 'a', 'b'), heavy('c', 2 * MEBIBYTE), ...fakeObjects('shop', 'd')];
    const reading = { cluster: clusterOf(objects), limits: { maxBytes: MEBIBYTE }, options: { chunkSize: 100 } };
    const { found, gaps, reason } = await list(reading);
    assert.deepEqual([found, gaps], [0, ['configmaps@shop failed']]);
    assert.equal(reason, 'the answer is over 1 MiB, even one object at a time, at the object after shop/b');
  });

  it('is half after a page of more than 16 MiB', async () => {
    const cluster = clusterOf(NAMES.slice(0, 12).map((name) => heavy(name, 3 * MEBIBYTE)));
    const { found, limits } = await list({ cluster, options: { chunkSize: 6 } });
    assert.deepEqual([found, limits], [12, [6, 3, 3]]);
  }).timeout(10_000);

  it('grows where much remains, but not beyond what was too slow', async () => {
    const { limits } = await list({ cluster: light, options: { chunkSize: 1 } });
    assert.deepEqual(limits, [1, 10, 100]);
    const late = { ...SLOW, after: 1, times: 1 };
    const bounded = await list({ cluster: light, faults: [late], options: { chunkSize: 1 } });
    assert.deepEqual([bounded.found, bounded.limits.slice(0, 4)], [40, [1, 10, 5, 5]]);
  });
});

function item(name: string, uid: string): object {
  return { metadata: { name, namespace: 'shop', uid } };
}

function emptyPage(token: string): string {
  return JSON.stringify({ kind: 'ConfigMapList', apiVersion: 'v1', metadata: { continue: token }, items: [] });
}

function hang(kind: string): FaultRule {
  return { path: `/${kind}things?`, fault: { kind: 'hang' } };
}

describe('a list that contradicts itself is a failure', () => {
  const cases: readonly { readonly name: string; readonly items: readonly object[]; readonly reason: RegExp }[] = [
    { name: 'two names of one uid', items: [item('a', '1'), item('b', '1')], reason: /two items have one uid/ },
    { name: 'two uids of one name', items: [item('a', '1'), item('a', '2')], reason: /two items have one name/ },
    { name: 'an item without name', items: [{ metadata: { namespace: 'shop' } }], reason: /an item has no name/ },
    {
      name: 'an item without namespace',
      items: [{ metadata: { name: 'a' } }],
      reason: /an item is of another namespace/,
    },
  ];
  for (const { name, items, reason } of cases) {
    it(name, async () => {
      const body = JSON.stringify({ kind: 'ConfigMapList', apiVersion: 'v1', metadata: {}, items });
      const faults: FaultRule[] = [{ path: '/shop/configmaps?', fault: { kind: 'body', body } }];
      const result = await list({ cluster: clusterOf([]), faults });
      assert.deepEqual(result.gaps, ['configmaps@shop failed']);
      assert.match(result.reason, reason);
    });
  }

  it('but objects without uid are told apart by their names', async () => {
    const items = [{ metadata: { name: 'a', namespace: 'shop' } }, { metadata: { name: 'b', namespace: 'shop' } }];
    const body = JSON.stringify({ kind: 'ConfigMapList', apiVersion: 'v1', metadata: {}, items });
    const faults: FaultRule[] = [{ path: '/shop/configmaps?', fault: { kind: 'body', body } }];
    const { found, gaps } = await list({ cluster: clusterOf([]), faults });
    assert.deepEqual([found, gaps], [2, []]);
  });

  it('and a million empty pages are given up at once, with one asked for ahead', async () => {
    let page = 0;
    const faults: FaultRule[] = Array.from({ length: 20 }, () => ({
      path: '/shop/configmaps?',
      fault: { kind: 'body', body: emptyPage(`t${(page += 1)}`) },
      times: 1,
    }));
    const { gaps, limits, reason } = await list({ cluster: clusterOf([]), faults });
    assert.deepEqual([gaps, limits.length], [['configmaps@shop failed'], 4]);
    assert.match(reason, /the pages bring nothing new/);
  });
});

describe('types that do not answer', () => {
  const KINDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'];
  const SPACES = ['n1', 'n2', 'n3', 'n4', 'n5'];
  const cluster: FakeCluster = {
    discovery: 'aggregated',
    types: [...CORE_TYPES, ...KINDS.map((kind) => fakeType(`${kind}things.example.com`, `Thing${kind}`))],
    objects: new Map([['namespaces', fakeNamespaces(...SPACES)]]),
  };

  it('do not keep the others from being read, and end when their time is over', async () => {
    const limits = { headersMs: 5000, requestMs: 5000, listMs: 400 };
    const started = performance.now();
    const gaps = await withReader({ cluster, faults: ['a', 'b', 'c', 'd'].map(hang), limits }, async (reader) =>
      gapsOf(await inventoryOf(reader, ...SPACES)),
    );
    assert.ok(performance.now() - started < 3000, 'the time is that of a type, not of each of its lists');
    const expected = ['a', 'b', 'c', 'd'].flatMap((kind) =>
      SPACES.map((space) => `${kind}things.example.com@${space} failed`),
    );
    assert.deepEqual(gaps, expected);
  });
});
