import { at, textAt } from './json.ts';
import { isProtobuf, objectIn } from './protobuf-answer.ts';
import { fieldBytes, fieldsOf, fieldText } from './protobuf-fields.ts';
import { strictBase64 } from './release-record.ts';
import type { StoredRevision } from './release-storage.ts';

/** Fields that Secret and ConfigMap share; the type is a Secret's alone. Source: generated.proto of api/core/v1. */
const OBJECT = { metadata: 1, data: 2, type: 3 } as const;
const NAME = 1;
const ENTRY = { key: 1, value: 2 } as const;

/** In the shape that it has in JSON, but for the record, which is bytes. */
function fromProtobuf(body: Buffer, kind: string): unknown {
  const object = objectIn(body, kind);
  const entries = (object.get(OBJECT.data) ?? []).map(fieldsOf);
  const release = entries.findLast((entry) => fieldText(entry, ENTRY.key) === 'release');
  return {
    metadata: { name: fieldText(fieldsOf(fieldBytes(object, OBJECT.metadata)), NAME) },
    type: fieldText(object, OBJECT.type),
    data: release === undefined ? {} : { release: fieldBytes(release, ENTRY.value) },
  };
}

/**
 * Reads the storage object of a release from an answer in protobuf, which has a Secret's bytes as they are, or in JSON,
 * which has them as base64. Throws an Error where it is cut, or neither.
 */
export function storageObject(body: Buffer, { storageKind }: Pick<StoredRevision, 'storageKind'>): unknown {
  return isProtobuf(body) ? fromProtobuf(body, storageKind) : JSON.parse(body.toString('utf8'));
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
