import { fieldBytes, fieldsOf, fieldText, type Fields } from './protobuf-fields.ts';

/** With these bytes the API server begins an answer in protobuf. Source: runtime/serializer/protobuf of apimachinery. */
const MAGIC = Buffer.from('k8s\0');

const ENVELOPE = { typeMeta: 1, raw: 2, contentEncoding: 3 } as const;
const KIND = 2;

/** Whether an answer of the API server is in protobuf. */
export function isProtobuf(body: Buffer): boolean {
  return body.subarray(0, MAGIC.length).equals(MAGIC);
}

/** The fields of the object of this kind that an answer in protobuf holds. Throws an Error where it is cut or another. */
export function objectIn(body: Buffer, kind: string): Fields {
  const envelope = fieldsOf(body.subarray(MAGIC.length));
  const isPlain = fieldBytes(envelope, ENVELOPE.contentEncoding).length === 0;
  if (!isPlain || fieldText(fieldsOf(fieldBytes(envelope, ENVELOPE.typeMeta)), KIND) !== kind)
    throw new Error('not as asked');
  return fieldsOf(fieldBytes(envelope, ENVELOPE.raw));
}
