/** A field: its number, and a text, bytes of a message, or a number. */
export type ProtobufField = readonly [number: number, value: string | Buffer | number];

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) + 0x80);
  return Buffer.from([...bytes, rest]);
}

/** A protobuf message with these fields, in this order. */
export function protobufMessage(...fields: readonly ProtobufField[]): Buffer {
  const parts = fields.flatMap(([number, value]) => {
    if (typeof value === 'number') return [varint(number * 8), varint(value)];
    const bytes = Buffer.from(value);
    return [varint(number * 8 + 2), varint(bytes.length), bytes];
  });
  return Buffer.concat(parts);
}

/** What the API server sends of an object of version v1 where protobuf is asked for. */
export function protobufAnswer(kind: string, object: Buffer, encoding = ''): Buffer {
  const typeMeta = protobufMessage([1, 'v1'], [2, kind]);
  return Buffer.concat([Buffer.from('k8s\0'), protobufMessage([1, typeMeta], [2, object], [3, encoding], [4, ''])]);
}
