/** What parts the documents of a manifest. */
export const SEPARATOR = /^---[ \t]*(?:#.*)?\r?$/m;

const SPACE = 0x20;
const QUOTE = 0x22;
const HASH = 0x23;
const DASH = 0x2d;
const BACKSLASH = 0x5c;
const LINE_END = 0x6e;
const UNICODE = 0x75;

/** A line ends with a backslash and a letter. */
const LINE_END_BYTES = 2;

/** What stands behind a backslash for one character that ends no line. */
const PLAIN_ESCAPES: ReadonlySet<number | undefined> = new Set(Buffer.from('"\\/bft'));

/** Letters that Go escapes in any JSON, for the sake of HTML. */
const HTML_ESCAPES: ReadonlySet<string> = new Set(['003c', '003e', '0026']);

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

/** How many bytes the escape at `at` takes; 0 for what may end a line and is no line end. */
function escapeBytes(json: Buffer, at: number): number {
  const next = json[at + 1];
  if (next === LINE_END) return LINE_END_BYTES;
  if (PLAIN_ESCAPES.has(next)) return 2;
  return next === UNICODE && HTML_ESCAPES.has(json.toString('latin1', at + 2, at + 6)) ? 6 : 0;
}

/** The lines that stand furthest left, of the text within the quotes of `json`. Undefined for anything unusual. */
function headLines(json: Buffer): readonly Part[] | undefined {
  const last = json.length - 1;
  const lines: Part[] = [];
  let start = 1;
  for (let at = json.indexOf(BACKSLASH); at !== -1;) {
    const bytes = escapeBytes(json, at);
    if (bytes === 0 || at + bytes > last) return undefined;
    if (json[at + 1] === LINE_END) {
      if (isHead(json, start, at)) lines.push({ start, end: at });
      start = at + LINE_END_BYTES;
    }
    at = json.indexOf(BACKSLASH, at + bytes);
  }
  if (isHead(json, start, last)) lines.push({ start, end: last });
  return lines;
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

/**
 * The documents of the manifest that `json` holds, a JSON text with its quotes, as {@link SEPARATOR} parts them. `heads`
 * is without the indented lines below keys that identify nothing: `plainObject` says of it what it says of the whole.
 * Undefined where lines may end otherwise than by `\n`: then all of it is to be parsed. Throws an Error where what is
 * told is not JSON; of lines that are left out only the escapes are looked at.
 */
export function escapedDocuments(json: Buffer): readonly EscapedDocument[] | undefined {
  const lines = OTHER_LINE_ENDS.some((bytes) => json.includes(bytes)) ? undefined : headLines(json);
  if (lines === undefined || json[0] !== QUOTE) return undefined;
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
