import assert from 'node:assert/strict';
import { reasonOfStatus } from '../../src/cluster/status-reason.ts';
import { CORE_TYPES, fakeNamespaces, fakeObjects } from '../support/fake-api/description.ts';
import type { FakeCluster } from '../support/fake-api/description.ts';
import { coverageOf, inventoryOf, withReader } from '../support/fake-api/reading.ts';
import { protobufAnswer, protobufMessage, type ProtobufField } from '../support/protobuf.ts';

function body(status: object): Buffer {
  return Buffer.from(JSON.stringify({ kind: 'Status', apiVersion: 'v1', ...status }));
}

function unread(keys: number): object {
  const causes = Array.from({ length: keys }, (_, index) => ({
    reason: 'UnexpectedServerResponse',
    field: `/registry/secrets/shop/s${index}`,
    message: 'data from the storage is not transformable',
  }));
  return { reason: 'StorageReadError', message: 'failed to read one or more secrets', details: { causes } };
}

/** A Status as the API server says it in protobuf. */
function protobuf(...status: readonly ProtobufField[]): Buffer {
  return protobufAnswer('Status', protobufMessage(...status));
}

function cause(key: string): ProtobufField {
  return [4, protobufMessage([3, key])];
}

const CASES: readonly { readonly says: string; readonly body: Buffer; readonly reason: string }[] = [
  { says: 'the message of a Status', body: body({ message: 'no\u001b[31m way' }), reason: 'no [31m way' },
  { says: 'the reason of a Status without message', body: body({ reason: 'Timeout' }), reason: 'Timeout' },
  { says: 'the message of a Status in protobuf', body: protobuf([3, 'no way'], [4, 'X']), reason: 'no way' },
  { says: 'the reason of one without message', body: protobuf([2, 'Failure'], [4, 'Timeout']), reason: 'Timeout' },
  {
    says: 'the keys that the store could not read, in protobuf',
    body: protobuf([3, 'unread'], [4, 'StorageReadError'], [5, protobufMessage(cause('/a'), cause('/b'))]),
    reason: 'unread: /a, /b',
  },
  { says: 'the status where protobuf is cut', body: protobuf([3, 'no way']).subarray(0, 20), reason: 'HTTP 500' },
  { says: 'the status where the body is no Status', body: Buffer.from('<html>CANARY'), reason: 'HTTP 500' },
  { says: 'the status of an empty body', body: Buffer.alloc(0), reason: 'HTTP 500' },
  { says: 'the status where the body is far too large', body: Buffer.alloc(2 ** 21, 'x'), reason: 'HTTP 500' },
  {
    says: 'the keys that the store could not read',
    body: body(unread(2)),
    reason: 'failed to read one or more secrets: /registry/secrets/shop/s0, /registry/secrets/shop/s1',
  },
  {
    says: 'ten keys of a hundred, and how many more',
    body: body(unread(100)),
    reason: `failed to read one or more secrets: ${Array.from({ length: 10 }, (_, index) => `/registry/secrets/shop/s${index}`).join(', ')} and 90 more`,
  },
  {
    says: 'no keys where the server names none',
    body: body({ reason: 'StorageReadError', message: 'failed', details: { causes: [{}] } }),
    reason: 'failed',
  },
];

describe('the reason of an answer that is not a 200 is', () => {
  for (const { says, body: answer, reason } of CASES) {
    it(says, () => assert.equal(reasonOfStatus(500, answer), reason));
  }
});

describe('a store that cannot decrypt an object', () => {
  it('makes a failure of its type that names the keys', async () => {
    const cluster: FakeCluster = {
      discovery: 'aggregated',
      types: CORE_TYPES,
      objects: new Map([
        ['namespaces', fakeNamespaces('shop')],
        ['configmaps', fakeObjects('shop', 'a')],
      ]),
    };
    const status = { kind: 'Status', apiVersion: 'v1', ...unread(1) };
    const faults = [{ path: '/shop/secrets?', fault: { kind: 'status', status: 500, more: status } as const }];
    await withReader({ cluster, faults }, async (reader) => {
      const entry = coverageOf(await inventoryOf(reader, 'shop'), 'secrets', 'shop');
      assert.equal(entry?.state, 'failed');
      assert.match(entry?.reason ?? '', /\/registry\/secrets\/shop\/s0/);
    });
  });
});
