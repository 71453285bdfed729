import { quotedText } from './escape.ts';
import { isList, isRecord, isScalar, sharedLists, type Pieces, type Scalar } from './plain-data.ts';

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
  const keys = keyTexts();
  const writeList = sharedLists((list, depth, into) =>
    enclosed(list, { open: '[', close: ']', depth, into }, (item, separator) => {
      into.push(separator);
      return write(item, depth + 1, into);
    }),
  );
  const writeRecord: Write<Readonly<Record<string, unknown>>> = (record, depth, into) =>
    enclosed(Object.keys(record), { open: '{', close: '}', depth, into }, (key, separator) => {
      into.push(separator, keys(key));
      return write(record[key], depth + 1, into);
    });
  const write: Write<unknown> = (value, depth, into) => {
    if (isScalar(value)) return writeScalar(value, into);
    if (isList(value)) return writeList(value, depth, into);
    return isRecord(value) && writeRecord(value, depth, into);
  };
  return write;
}

interface Enclosing {
  readonly open: string;
  readonly close: string;
  readonly depth: number;
  readonly into: Pieces;
}

/** The brackets of a list or record, each item in a line of its own; `write` says whether it knew the item. */
function enclosed<Item>(
  items: readonly Item[],
  { open, close, depth, into }: Enclosing,
  write: (item: Item, separator: string) => boolean,
): boolean {
  if (items.length === 0) {
    into.push(open, close);
    return true;
  }
  const line = `\n${'  '.repeat(depth + 1)}`;
  let separator = open + line;
  for (const item of items) {
    if (!write(item, separator)) return false;
    separator = `,${line}`;
  }
  into.push(`\n${'  '.repeat(depth)}${close}`);
  return true;
}

/** Keys are few and come again with every record. */
function keyTexts(): (key: string) => string {
  const known = new Map<string, string>();
  return (key) => {
    const text = known.get(key) ?? `${quotedText(JSON.stringify(key))}: `;
    known.set(key, text);
    return text;
  };
}

function writeScalar(value: Scalar, into: Pieces): true {
  if (typeof value === 'string' && AS_IS.test(value)) into.push('"', value, '"');
  else into.push(quotedText(JSON.stringify(value)));
  return true;
}
