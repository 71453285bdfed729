import { at, textAt } from './json.ts';
import { fieldsOf, type Fields } from './protobuf-fields.ts';
import { strictBase64 } from './release-record.ts';
import type { StoredRevision } from './release-storage.ts';

/** With these bytes the API server begins an answer in protobuf. Source: runtime/serializer/protobuf of apimachinery. */
const MAGIC = Buffer.from('k8s\0');

const ENVELOPE = { typeMeta: 1, raw: 2, contentEncoding: 3 } as const;
const KIND = 2;
/** Fields that Secret and ConfigMap share; the type is a Secret's alone. Source: generated.proto of api/core/v1. */
const OBJECT = { metadata: 1, data: 2, type: 3 } as const;
const NAME = 1;
const ENTRY = { key: 1, value: 2 } as const;

const NOTHING = Buffer.alloc(0);

/** Of a field that comes twice the last counts. */
function bytesAt(fields: Fields, number: number): Buffer {
  return fields.get(number)?.at(-1) ?? NOTHING;
}

function text(fields: Fields, number: number): string {
  return bytesAt(fields, number).toString('utf8');
}

/** In the shape that it has in JSON, but for the record, which is bytes. */
function fromProtobuf(body: Buffer, kind: string): unknown {
  const envelope = fieldsOf(body.subarray(MAGIC.length));
  const isPlain = bytesAt(envelope, ENVELOPE.contentEncoding).length === 0;
  if (!isPlain || text(fieldsOf(bytesAt(envelope, ENVELOPE.typeMeta)), KIND) !== kind) throw new Error('not as asked');
  const object = fieldsOf(bytesAt(envelope, ENVELOPE.raw));
  const entries = (object.get(OBJECT.data) ?? []).map(fieldsOf);
  const release = entries.findLast((entry) => text(entry, ENTRY.key) === 'release');
  return {
    metadata: { name: text(fieldsOf(bytesAt(object, OBJECT.metadata)), NAME) },
    type: text(object, OBJECT.type),
    data: release === undefined ? {} : { release: bytesAt(release, ENTRY.value) },
  };
}

/**
 * Reads the storage object of a release from an answer in protobuf, which has a Secret's bytes as they are, or in JSON,
 * which has them as base64. Throws an Error where it is cut, or neither.
 */
export function storageObject(body: Buffer, { storageKind }: Pick<StoredRevision, 'storageKind'>): unknown {
  const isProtobuf = body.subarray(0, MAGIC.length).equals(MAGIC);
  return isProtobuf ? fromProtobuf(body, storageKind) : JSON.parse(body.toString('utf8'));
}

/** A release's record as Helm wrote it, or as base64 of that. */
interface StoredRecord {
  readonly bytes: Buffer;
  readonly isWrapped: boolean;
}

/** The record that an object of {@link storageObject} holds. Of a Secret that is not a release nothing is taken. */
export function recordIn(
  object: unknown,
  stored: Pick<StoredRevision, 'storageKind' | 'storageName'>,
): StoredRecord | undefined {
  if (textAt(object, 'metadata', 'name') !== stored.storageName) return undefined;
  const isSecret = stored.storageKind === 'Secret';
  if (isSecret && textAt(object, 'type') !== 'helm.sh/release.v1') return undefined;
  const release = at(object, 'data', 'release');
  if (Buffer.isBuffer(release)) return release.length === 0 ? undefined : { bytes: release, isWrapped: false };
  if (typeof release !== 'string' || release === '') return undefined;
  return { bytes: Buffer.from(release), isWrapped: isSecret };
}

/** What Helm wrote. Throws an Error where it is not base64. */
export function unwrapped({ bytes, isWrapped }: StoredRecord): Buffer {
  return isWrapped ? strictBase64(bytes) : bytes;
}
