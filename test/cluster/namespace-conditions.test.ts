import assert from 'node:assert/strict';
import { CORE_TYPES, fakeNamespaces } from '../support/fake-api/description.ts';
import type { FakeCluster, FakeObject } from '../support/fake-api/description.ts';
import type { FaultRule } from '../support/fake-api/fault.ts';
import { coverageOf, gapsOf, inventoryOf, withReader } from '../support/fake-api/reading.ts';

const GOING: FakeObject = {
  metadata: { name: 'going', deletionTimestamp: '2026-01-02T03:00:00Z' },
  spec: { finalizers: ['CANARY'] },
  status: {
    phase: 'Terminating',
    conditions: [
      { type: 'NamespaceFinalizersRemaining', status: 'True', reason: 'SomeFinalizersRemain', message: 'x\u001b[31my' },
      {
        type: 'NamespaceContentRemaining',
        status: 'False',
        reason: 'ContentRemoved',
        message: 'm'.repeat(1000),
        lastTransitionTime: '2026-01-02T03:00:05Z',
        CANARY: 'CANARY',
      },
    ],
  },
};

const CLUSTER: FakeCluster = {
  discovery: 'aggregated',
  types: CORE_TYPES,
  objects: new Map([['namespaces', [...fakeNamespaces('shop'), GOING]]]),
};

function read(scope: readonly string[], faults: readonly FaultRule[] = []) {
  return withReader({ cluster: CLUSTER, faults }, async (reader, requests) => {
    const inventory = await inventoryOf(reader, ...scope);
    const conditions = inventory.namespaces.find(({ name }) => name === 'going')?.conditions;
    const asked = requests.filter(({ url }) => url.endsWith('/namespaces/going')).length;
    return { inventory, conditions, asked };
  });
}

describe('the conditions of a namespace that is being deleted', () => {
  it('are kept by type, status, reason, time and a message fit for one line', async () => {
    const { conditions, inventory } = await read(['going']);
    assert.deepEqual(conditions, [
      {
        type: 'NamespaceContentRemaining',
        status: 'False',
        reason: 'ContentRemoved',
        message: `${'m'.repeat(256)}…(+744)`,
        at: '2026-01-02T03:00:05Z',
      },
      {
        type: 'NamespaceFinalizersRemaining',
        status: 'True',
        reason: 'SomeFinalizersRemain',
        message: 'x [31my',
        at: '',
      },
    ]);
    assert.deepEqual(gapsOf(inventory), []);
  });

  it('are asked for once, and of no namespace that is neither asked for nor being deleted', async () => {
    assert.equal((await read(['going'])).asked, 1);
    assert.equal((await read(['shop'])).asked, 0);
    assert.equal((await read([])).asked, 1);
    const { inventory } = await read(['shop', 'going']);
    assert.equal(inventory.namespaces.find(({ name }) => name === 'shop')?.conditions, undefined);
  });

  it('that may not be read are a note', async () => {
    const faults: FaultRule[] = [{ path: '/namespaces/going', fault: { kind: 'status', status: 403 } }];
    const { conditions, inventory } = await read(['shop', 'going'], faults);
    assert.equal(conditions, undefined);
    const note = coverageOf(inventory, 'namespaces', 'going')?.note;
    assert.equal(note, 'how far the deletion of going is was not read: code 403');
  });

  it('that go away with the namespace are told as its end', async () => {
    const gone: FaultRule = { path: '/namespaces/going', fault: { kind: 'status', status: 404 } };
    const empty: FaultRule = {
      path: '/api/v1/namespaces?',
      fault: { kind: 'body', body: '{"kind":"NamespaceList","apiVersion":"v1","items":null}' },
      after: 1,
    };
    const inventory = await withReader({ cluster: CLUSTER, faults: [gone, empty] }, (reader) =>
      inventoryOf(reader, 'going'),
    );
    assert.deepEqual(
      gapsOf(inventory).filter((gap) => gap.startsWith('namespaces')),
      ['namespaces@going vanished', 'namespaces@kube-system vanished'],
    );
  });
});
