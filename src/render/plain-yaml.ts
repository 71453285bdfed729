import { remembered } from '../model/remembered.ts';
import { addScalar, isList, isRecord, isScalar, sharedLists, slots, type Pieces } from './plain-data.ts';
import { sureYaml } from './sure-yaml.ts';

/** What a text is as the value of `k:` in a document of its own: `k: TEXT`, with a line end. */
export type TextDocument = (text: string) => string;

/**
 * A document in YAML's block style, byte by byte what the library writes, in a fraction of the time. Texts that are
 * plain beyond doubt are written here, of all others `documentOf` says what the library makes of them. Undefined where
 * data holds anything but records, lists, texts, whole numbers, truth values and null, or a key that is no plain word.
 */
export function plainYaml(data: unknown, documentOf: TextDocument): string | undefined {
  if (!isRecord(data) || Object.keys(data).length === 0) return undefined;
  const pieces: Pieces = [];
  return blockWriter(textsBy(documentOf))(data, { lead: '', depth: 0 }, pieces) ? pieces.join('') : undefined;
}

/** Where a block stands: `lead` goes before its first line, all others are indented by `depth`. */
interface Place {
  readonly lead: string;
  readonly depth: number;
}

type Write<Value> = (value: Value, place: Place, into: Pieces) => boolean;

/** How a scalar, or what is empty, is written at a depth; undefined where that is not known. */
type ScalarText = (value: unknown, depth: number) => string | undefined;

function blockWriter(scalarText: ScalarText): Write<unknown> {
  const slotOf = slots((key, depth) => (isPlainKey(key) ? `${padding(depth)}${key}:` : ''));
  const ends = remembered((depth: number) => endsAt(depth, scalarText));
  // The lead of a list that is the value of a key is its indentation; only such lists are shared.
  const shared = sharedLists((list, depth, into) => writeList(list, { lead: padding(depth), depth }, into));
  const write: Write<unknown> = (value, place, into) => {
    if (isList(value)) return writeList(value, place, into);
    return isRecord(value) && writeRecord(value, place, into);
  };
  const writeList: Write<readonly unknown[]> = (list, { lead, depth }, into) =>
    list.every((item, at) => {
      const dash = at === 0 ? `${lead}- ` : `${padding(depth)}- `;
      const text = scalarText(item, depth);
      if (text === undefined) return write(item, { lead: dash, depth: depth + 1 }, into);
      into.push(dash, text, '\n');
      return true;
    });
  const writeRecord: Write<Readonly<Record<string, unknown>>> = (record, { lead, depth }, into) =>
    Object.keys(record).every((key, at) => {
      const value = record[key];
      const slot = slotOf(key, depth);
      if (slot.prefix === '') return false;
      // The first key stands behind the dash of its record, where it has one.
      if (at === 0) into.push(lead, key, ':');
      else if (isScalar(value)) return addScalar(slot, value, { into, write: ends(depth) });
      else into.push(slot.prefix);
      return ends(depth)(value, into) || writeInner(value, depth + 1, into);
    });
  const writeInner = (value: unknown, depth: number, into: Pieces): boolean => {
    into.push('\n');
    return isList(value) ? shared(value, depth, into) : write(value, { lead: padding(depth), depth }, into);
  };
  return write;
}

/** The end of a key's line, where its value has room there. */
function endsAt(depth: number, scalarText: ScalarText): (value: unknown, into: Pieces) => boolean {
  return (value, into) => {
    const text = scalarText(value, depth);
    if (text !== undefined) into.push(' ', text, '\n');
    return text !== undefined;
  };
}

const PADDINGS = Array.from({ length: 16 }, (_, depth) => '  '.repeat(depth));

function padding(depth: number): string {
  return PADDINGS[depth] ?? '  '.repeat(depth);
}

/** Words such as our own are; one that YAML takes for something else than a text is not plain. */
const WORD = /^[A-Za-z][A-Za-z0-9]*$/;

function isPlainKey(key: string): boolean {
  return WORD.test(key) && sureYaml(key) === key;
}

/** Scalars and what is empty, each text that has to be asked for once. */
function textsBy(documentOf: TextDocument): ScalarText {
  const known = new Map<string, string>();
  return (value, depth) => {
    if (typeof value !== 'string') return otherText(value);
    const sure = sureYaml(value);
    if (sure !== undefined) return sure;
    const text = known.get(value) ?? firstText(value, documentOf);
    if (text === undefined) return undefined;
    known.set(value, text);
    return text.includes('\n') ? text.replace(/\n(?!\n)/g, `\n${padding(depth)}`) : text;
  };
}

function otherText(value: unknown): string | undefined {
  if (isScalar(value)) return String(value);
  if (isList(value)) return value.length === 0 ? '[]' : undefined;
  return isRecord(value) && Object.keys(value).length === 0 ? '{}' : undefined;
}

const KEY = 'k: ';

function firstText(text: string, documentOf: TextDocument): string | undefined {
  const document = documentOf(text);
  return document.startsWith(KEY) && document.endsWith('\n') ? document.slice(KEY.length, -1) : undefined;
}
