/** What a message holds by the numbers of its fields: the bytes of texts and messages. Numbers are passed over. */
export type Fields = ReadonlyMap<number, readonly Buffer[]>;

/** How a value is written, by the last three bits of its tag. Source: the protobuf encoding guide. */
const VARINT = 0;
const EIGHT_BYTES = 1;
const BYTES = 2;
const FOUR_BYTES = 5;

const LONGEST_VARINT = 10;

interface Varint {
  readonly value: number;
  readonly next: number;
}

function malformed(): Error {
  return new Error('not protobuf');
}

/** A number of seven bits in each byte, the lowest first; beyond 2^53 it is not exact, and longer than any message. */
function varintAt(message: Buffer, at: number): Varint {
  let value = 0;
  for (let count = 0; count < LONGEST_VARINT; count += 1) {
    const byte = message[at + count];
    if (byte === undefined) throw malformed();
    value += (byte % 0x80) * 2 ** (7 * count);
    if (byte < 0x80) return { value, next: at + count + 1 };
  }
  throw malformed();
}

/** Where a value's bytes are: none for a number. */
function extent(message: Buffer, wire: number, from: number): { readonly start: number; readonly end: number } {
  if (wire === EIGHT_BYTES) return { start: from, end: from + 8 };
  if (wire === FOUR_BYTES) return { start: from, end: from + 4 };
  if (wire !== VARINT && wire !== BYTES) throw malformed();
  const { value, next } = varintAt(message, from);
  return { start: next, end: wire === BYTES ? next + value : next };
}

function add(fields: Map<number, Buffer[]>, number: number, value: Buffer): void {
  const values = fields.get(number);
  if (values === undefined) fields.set(number, [value]);
  else values.push(value);
}

/** Reads the fields of a protobuf message, without a copy. Throws an Error where it is cut or something else. */
export function fieldsOf(message: Buffer): Fields {
  const fields = new Map<number, Buffer[]>();
  for (let at = 0; at < message.length;) {
    const tag = varintAt(message, at);
    const wire = tag.value % 8;
    const { start, end } = extent(message, wire, tag.next);
    if (tag.value < 8 || end > message.length) throw malformed();
    if (wire === BYTES) add(fields, (tag.value - wire) / 8, message.subarray(start, end));
    at = end;
  }
  return fields;
}

const NOTHING = Buffer.alloc(0);

/** The bytes of a field, none where it is missing; of one that comes twice the last counts. */
export function fieldBytes(fields: Fields, number: number): Buffer {
  return fields.get(number)?.at(-1) ?? NOTHING;
}

/** The text of a field, '' where it is missing, as protobuf has it. */
export function fieldText(fields: Fields, number: number): string {
  return fieldBytes(fields, number).toString('utf8');
}
