import assert from 'node:assert/strict';
import type { StoredRevision } from '../../src/cluster/release-storage.ts';
import { recordIn, storageObject, unwrapped } from '../../src/cluster/stored-record.ts';
import { protobufAnswer, protobufMessage, type ProtobufField } from '../support/protobuf.ts';

const NAME = 'sh.helm.release.v1.app.v1';
const RECORD = 'H4sIAAAA';

function stored(storageKind: StoredRevision['storageKind']): StoredRevision {
  return { storageKind, storageNamespace: 'shop', storageName: NAME, name: 'app', revision: 1, status: 'deployed' };
}

const METADATA: ProtobufField = [
  1,
  protobufMessage([1, NAME], [3, 'shop'], [9, 7], [11, protobufMessage([1, 'owner'])]),
];
const RELEASE: ProtobufField = [2, protobufMessage([1, 'release'], [2, RECORD])];
const OTHER: ProtobufField = [2, protobufMessage([1, 'other'], [2, 'CANARY'])];
const TYPE: ProtobufField = [3, 'helm.sh/release.v1'];

function secret(...fields: readonly ProtobufField[]): Buffer {
  return protobufAnswer('Secret', protobufMessage(...fields));
}

function json(data: unknown, more: object = { type: 'helm.sh/release.v1' }): Buffer {
  return Buffer.from(JSON.stringify({ metadata: { name: NAME }, data, ...more }));
}

function recordOf(body: Buffer, kind: StoredRevision['storageKind'] = 'Secret'): string | undefined {
  const record = recordIn(storageObject(body, stored(kind)), stored(kind));
  return record && unwrapped(record).toString();
}

describe('the record in a storage object', () => {
  it('is the same in protobuf and in JSON', () => {
    const wrapped = Buffer.from(RECORD).toString('base64');
    assert.equal(recordOf(secret(METADATA, OTHER, RELEASE, OTHER, TYPE)), RECORD);
    assert.equal(recordOf(json({ release: wrapped })), RECORD);
    const configMap = protobufAnswer('ConfigMap', protobufMessage(METADATA, RELEASE, [3, OTHER[1]]));
    assert.equal(recordOf(configMap, 'ConfigMap'), RECORD);
    assert.equal(recordOf(json({ release: RECORD }, {}), 'ConfigMap'), RECORD);
  });

  const none: readonly (readonly [says: string, body: Buffer])[] = [
    ['a Secret of another type', secret(METADATA, RELEASE, [3, 'Opaque'])],
    ['a Secret without a type', secret(METADATA, RELEASE)],
    ['another Secret', secret([1, protobufMessage([1, 'other'])], RELEASE, TYPE)],
    ['a Secret without a name', secret(RELEASE, TYPE)],
    ['a Secret that holds something else', secret(METADATA, OTHER, TYPE)],
    ['a Secret of which it is empty', secret(METADATA, [2, protobufMessage([1, 'release'])], TYPE)],
    ['a Secret of another type, in JSON', json({ release: 'eA==' }, { type: 'Opaque' })],
    ['another Secret, in JSON', json({ release: 'eA==' }, { metadata: { name: 'other' } })],
    ['a Secret of which it is no text', json({ release: { type: 'Buffer', data: [1] } })],
  ];
  for (const [says, body] of none) it(`is not taken from ${says}`, () => assert.equal(recordOf(body), undefined));

  const refused: readonly (readonly [says: string, body: Buffer])[] = [
    ['an object of another kind', protobufAnswer('Pod', protobufMessage(METADATA, RELEASE, TYPE))],
    ['one that is packed', protobufAnswer('Secret', protobufMessage(METADATA, RELEASE, TYPE), 'gzip')],
    ['nothing behind the first bytes', Buffer.from('k8s\0')],
    ['text behind the first bytes', Buffer.from('k8s\0{}')],
    ['no JSON', Buffer.from('k8s')],
    ['base64 that is none', json({ release: '****' })],
  ];
  for (const [says, body] of refused) it(`is refused in ${says}`, () => assert.throws(() => recordOf(body)));

  it('is whole, refused or not there wherever an answer is cut', () => {
    const body = secret(METADATA, RELEASE, TYPE);
    for (let length = 0; length < body.length; length += 1) {
      let found: string | undefined = RECORD;
      try {
        found = recordOf(body.subarray(0, length));
      } catch {
        continue;
      }
      assert.ok(found === undefined || found === RECORD, `cut to ${String(length)} of ${String(body.length)} bytes`);
    }
  });
});
