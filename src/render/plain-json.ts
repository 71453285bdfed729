import { quotedText } from './escape.ts';
import { addScalar, isList, isRecord, isScalar, sharedLists, slots, type Pieces, type Scalar } from './plain-data.ts';

/** Printable ASCII that JSON writes as it is, without the sign that orders to CI runners begin with. */
const AS_IS = /^[ !$-[\]-~]*$/;

/**
 * What `quotedText(JSON.stringify(data, undefined, 2))` is, in a fraction of the time; undefined where data holds
 * anything but records, lists, texts, whole numbers, truth values and null.
 */
export function plainJson(data: unknown): string | undefined {
  const pieces: Pieces = [];
  return writer()(data, 0, pieces) ? pieces.join('') : undefined;
}

type Write<Value> = (value: Value, depth: number, into: Pieces) => boolean;

function writer(): Write<unknown> {
  const slotOf = slots(prefixOf);
  const writeList = sharedLists((list, depth, into) => {
    const inner = `\n${'  '.repeat(depth + 1)}`;
    const isKnown = list.every((item, at) => {
      into.push(at === 0 ? `[${inner}` : `,${inner}`);
      return write(item, depth + 1, into);
    });
    into.push(list.length === 0 ? '[]' : `\n${'  '.repeat(depth)}]`);
    return isKnown;
  });
  const writeRecord: Write<Readonly<Record<string, unknown>>> = (record, depth, into) => {
    const keys = Object.keys(record);
    const isKnown = keys.every((key, at) => {
      const value = record[key];
      const slot = slotOf(key, placeOf(depth, at));
      if (isScalar(value)) return addScalar(slot, value, { into, write: writeScalar });
      into.push(slot.prefix);
      return write(value, depth + 1, into);
    });
    into.push(keys.length === 0 ? '{}' : `\n${'  '.repeat(depth)}}`);
    return isKnown;
  };
  const write: Write<unknown> = (value, depth, into) => {
    if (isScalar(value)) return writeScalar(value, into);
    if (isList(value)) return writeList(value, depth, into);
    return isRecord(value) && writeRecord(value, depth, into);
  };
  return write;
}

/** The first key of a record stands behind its bracket, all others behind a comma. */
function placeOf(depth: number, at: number): number {
  return depth * 2 + (at === 0 ? 0 : 1);
}

function prefixOf(key: string, place: number): string {
  const line = `\n${'  '.repeat(Math.floor(place / 2) + 1)}`;
  return `${place % 2 === 0 ? '{' : ','}${line}${quotedText(JSON.stringify(key))}: `;
}

function writeScalar(value: Scalar, into: Pieces): boolean {
  if (typeof value === 'string' && AS_IS.test(value)) into.push('"', value, '"');
  else into.push(quotedText(JSON.stringify(value)));
  return true;
}
