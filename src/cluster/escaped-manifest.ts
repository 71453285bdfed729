import { endOfString, isEscaped, NONE } from './json-members.ts';

/** What parts the documents of a manifest. */
export const SEPARATOR = /^---[ \t]*(?:#.*)?\r?$/m;

const SPACE = 0x20;
const QUOTE = 0x22;
const HASH = 0x23;
const DASH = 0x2d;
const BACKSLASH = 0x5c;
const LINE_END = 0x6e;

/** A line ends with a backslash and a letter. */
const LINE_END_BYTES = 2;

/** U+2028 and U+2029, which end a line for {@link SEPARATOR} too. */
const OTHER_LINE_ENDS = ['\u2028', '\u2029'].map((character) => Buffer.from(character));

/** Bytes from `start` to before `end`. */
interface Part {
  readonly start: number;
  readonly end: number;
}

/** Whether a line tells more than a line of a body can: it is not blank, indented, a comment, or an entry of a list. */
function isHead(json: Buffer, start: number, end: number): boolean {
  const first = json[start];
  if (first === SPACE || start === end) return false;
  return first !== HASH && !(first === DASH && json[start + 1] === SPACE);
}

/**
 * What is of interest in a manifest's JSON: the quote that ends it, the end of a line before one that may be a head, and
 * an escape that may end a line otherwise. Go escapes `<`, `>` and `&` in any JSON, for the sake of HTML. A backslash that is
 * itself escaped is found as well.
 */
const MARK = /(?<!\\)"|\\\\"|\\n(?!\\n|[ #]|- )|\\u(?!00(?:3[ce]|26))|\\[^nu"\\/bft]/g;

/** No mark is longer with what has to follow it. */
const LONGEST_MARK = 8;

/** How many bytes are looked through at once; as one text a manifest would take megabytes. */
const PIECE = 32 * 1024;

/** Where the first mark at or behind `from` is, {@link NONE} if there is none. */
function markIn(piece: string, from: number): number {
  MARK.lastIndex = from;
  if (!MARK.test(piece)) return NONE;
  const last = MARK.lastIndex - 1;
  return piece[last] === '"' ? last : last - 1;
}

/** Each mark from `from` on, by the byte that counts: a quote, or the backslash of an escape. */
function* marksIn(json: Buffer, from: number): Generator<number, void> {
  for (let start = from; start < json.length; start += PIECE) {
    const piece = json.toString('latin1', start, start + PIECE + LONGEST_MARK);
    for (let at = markIn(piece, 0); at !== NONE && at < PIECE; at = markIn(piece, at + 1))
      if (!isEscaped(json, start + at)) yield start + at;
  }
}

/**
 * Where a text in JSON ends, {@link NONE} if it does not, and the lines of it that stand furthest left, by their bytes
 * from its quote on. Without lines where one may end otherwise than by `\n`.
 */
export interface HeadLines {
  readonly end: number;
  readonly lines: readonly Part[] | undefined;
}

/** Where the line ends that holds `from`, or where `json` does. */
function endOfLine(json: Buffer, from: number): number {
  let at = from;
  while (at < json.length && json[at] !== QUOTE && !(json[at] === BACKSLASH && json[at + 1] === LINE_END))
    at += json[at] === BACKSLASH ? 2 : 1;
  return at;
}

/** Reads the text whose quote is at `open`. */
export function headLines(json: Buffer, open: number): HeadLines {
  const lines: Part[] = [];
  const add = (start: number): void => {
    const end = endOfLine(json, start);
    if (isHead(json, start, end)) lines.push({ start: start - open, end: end - open });
  };
  add(open + 1);
  for (const at of marksIn(json, open + 1)) {
    if (json[at] === QUOTE) return { end: at + 1, lines };
    if (json[at + 1] !== LINE_END) return { end: endOfString(json, at - 1), lines: undefined };
    add(at + LINE_END_BYTES);
  }
  return { end: NONE, lines: undefined };
}

/** The text of parts that cut no escape. Throws an Error where that is not JSON. */
function textOf(json: Buffer, parts: readonly Part[]): string {
  const text: unknown = JSON.parse(`"${parts.map(({ start, end }) => json.toString('utf8', start, end)).join('')}"`);
  return typeof text === 'string' ? text : '';
}

function isSeparator(json: Buffer, line: Part): boolean {
  return json[line.start] === DASH && SEPARATOR.test(textOf(json, [line]));
}

/** With these begin the keys that identify an object, apiVersion, kind and metadata. */
const IDENTIFYING: ReadonlySet<number | undefined> = new Set(Buffer.from('akm'));

/** A document of a manifest: its text as far as it may tell whose it is, and all of it. */
export interface EscapedDocument {
  readonly heads: string;
  readonly whole: () => string;
}

/** Leaves out lines below a head that identifies nothing. */
function documentOf(json: Buffer, { start, end }: Part, heads: readonly Part[]): EscapedDocument {
  const kept: Part[] = [];
  let from = start;
  for (const [number, head] of heads.entries()) {
    if (IDENTIFYING.has(json[head.start])) continue;
    kept.push({ start: from, end: Math.min(head.end + LINE_END_BYTES, end) });
    from = heads[number + 1]?.start ?? end;
  }
  kept.push({ start: from, end });
  return { heads: textOf(json, kept), whole: () => textOf(json, [{ start, end }]) };
}

/** Undefined where `json` is something else than one text. */
function linesOf(json: Buffer): readonly Part[] | undefined {
  const { end, lines } = json[0] === QUOTE ? headLines(json, 0) : NO_TEXT;
  return end === json.length ? lines : undefined;
}

const NO_TEXT: HeadLines = { end: NONE, lines: undefined };

/**
 * The documents of the manifest that `json` holds, a JSON text with its quotes, as {@link SEPARATOR} parts them. `heads`
 * is without the indented lines below keys that identify nothing: `plainObject` says of it what it says of the whole.
 * Undefined where lines may end otherwise than by `\n`: then all of it is to be parsed. Throws an Error where what is
 * told is not JSON; of lines that are left out only the escapes are looked at. `known` are its lines by
 * {@link headLines}, where it was read before.
 */
export function escapedDocuments(json: Buffer, known?: HeadLines): readonly EscapedDocument[] | undefined {
  const lines = known === undefined ? linesOf(json) : known.lines;
  if (lines === undefined || OTHER_LINE_ENDS.some((bytes) => json.includes(bytes))) return undefined;
  const documents: EscapedDocument[] = [];
  const close = { start: json.length - 1, end: json.length - 1 };
  let start = 1;
  let heads: Part[] = [];
  for (const line of [...lines, close]) {
    if (line !== close && !isSeparator(json, line)) heads.push(line);
    else {
      documents.push(documentOf(json, { start, end: line.start }, heads));
      start = line.end;
      heads = [];
    }
  }
  return documents;
}
