const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/** Where nothing ends: the text is not JSON, or deeper than {@link DEEPEST}. */
export const NONE = -1;

/** Values within values that are followed; a chart's have some ten. */
const DEEPEST = 500;

const SPACE = 0x20;
const OTHER_SPACES: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0d]);
const SCALAR = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
const LONGEST_SCALAR = 400;

function isSpace(byte: number): boolean {
  return byte <= SPACE && (byte === SPACE || OTHER_SPACES.has(byte));
}

function behindSpace(json: Buffer, from: number): number {
  let at = from;
  while (isSpace(json[at] ?? CLOSE)) at += 1;
  return at;
}

/** Whether an odd number of backslashes stands before it. */
export function isEscaped(json: Buffer, at: number): boolean {
  let first = at;
  while (json[first - 1] === BACKSLASH) first -= 1;
  return (at - first) % 2 === 1;
}

/** Behind the string whose quote is at `open`, {@link NONE} where it has no end. Its letters are not looked at. */
export function endOfString(json: Buffer, open: number): number {
  let at = json.indexOf(QUOTE, open + 1);
  while (at !== NONE && isEscaped(json, at)) at = json.indexOf(QUOTE, at + 1);
  return at === NONE ? NONE : at + 1;
}

function endOfScalar(json: Buffer, from: number): number {
  let at = from;
  while (isOfScalar(json[at] ?? CLOSE)) at += 1;
  return at - from <= LONGEST_SCALAR && SCALAR.test(json.toString('latin1', from, at)) ? at : NONE;
}

function isOfScalar(byte: number): boolean {
  return !isSpace(byte) && byte !== COMMA && byte !== CLOSE && byte !== CLOSE_LIST;
}

/** Where a member's value begins, whose key begins at `from`. */
function valueOf(json: Buffer, from: number): number {
  const end = json[from] === QUOTE ? endOfString(json, from) : NONE;
  const colon = end === NONE ? json.length : behindSpace(json, end);
  return json[colon] === COLON ? behindSpace(json, colon + 1) : NONE;
}

/**
 * Reads a member's value on the way, by where it begins: tells behind its end, {@link NONE} where it has none, or
 * undefined for a value of another form, which is then read as any.
 */
export type ValueReader = (json: Buffer, from: number) => number | undefined;

/** How deep an object or a list lies, and where its members are to be put, if it is an object. */
interface Level {
  readonly depth: number;
  readonly members?: Map<string, Buffer>;
  readonly readers?: ReadonlyMap<string, ValueReader>;
}

/** Behind the closing brace or bracket of what opens at `open` and holds entries with commas between. */
function endOfAll(json: Buffer, open: number, level: Level): number {
  const isObject = json[open] === OPEN;
  const close = isObject ? CLOSE : CLOSE_LIST;
  let at = behindSpace(json, open + 1);
  if (json[at] === close) return at + 1;
  for (;;) {
    const end = isObject ? endOfMember(json, at, level) : endOfValue(json, at, level.depth);
    at = end === NONE ? json.length : behindSpace(json, end);
    if (json[at] === close) return at + 1;
    if (json[at] !== COMMA) return NONE;
    at = behindSpace(json, at + 1);
  }
}

function endOfMember(json: Buffer, from: number, level: Level): number {
  const value = valueOf(json, from);
  if (value === NONE) return NONE;
  return level.members === undefined ? endOfValue(json, value, level.depth) : taken(json, { from, value }, level);
}

/** Puts a member whose key begins at `from` where it belongs, and tells behind its end. */
function taken(json: Buffer, at: { readonly from: number; readonly value: number }, level: Level): number {
  const { depth, members, readers } = level;
  const key = keyAt(json, at.from);
  if (key === undefined) return NONE;
  const end = readers?.get(key)?.(json, at.value) ?? endOfValue(json, at.value, depth);
  if (end !== NONE) members?.set(key, json.subarray(at.value, end));
  return end;
}

function endOfValue(json: Buffer, from: number, depth: number): number {
  const first = json[from];
  if (first === QUOTE) return endOfString(json, from);
  if (first !== OPEN && first !== OPEN_LIST) return endOfScalar(json, from);
  return depth === DEEPEST ? NONE : endOfAll(json, from, { depth: depth + 1 });
}

/** The key that begins at `from`; undefined where it is none that JSON allows. */
function keyAt(json: Buffer, from: number): string | undefined {
  try {
    const key: unknown = JSON.parse(json.toString('utf8', from, endOfString(json, from)));
    return typeof key === 'string' ? key : undefined;
  } catch {
    return undefined;
  }
}

/** Puts the members of a member's object into `into`, of a key that comes twice those of the last. */
export function memberReader(into: Map<string, Buffer>): ValueReader {
  return (json, from) => {
    into.clear();
    return json[from] === OPEN ? endOfAll(json, from, { depth: 2, members: into }) : undefined;
  };
}

/**
 * The members of the object that `json` holds, each as its JSON in the same bytes; of a key that comes twice the last,
 * as `JSON.parse` has it. Undefined where `json` is cut, or not JSON, or no object, or deeper than 500 values: whatever
 * `JSON.parse` refuses is refused, with one exception: the letters of texts within the members' values are not looked
 * at, only where the texts end, and so controls and escapes that JSON does not know show when a member is parsed.
 * `readers` read members on the way, by their keys.
 */
export function membersOf(
  json: Buffer,
  readers?: ReadonlyMap<string, ValueReader>,
): ReadonlyMap<string, Buffer> | undefined {
  const members = new Map<string, Buffer>();
  const open = behindSpace(json, 0);
  const level = { depth: 1, members, ...(readers === undefined ? {} : { readers }) };
  const end = json[open] === OPEN ? endOfAll(json, open, level) : NONE;
  return end !== NONE && behindSpace(json, end) === json.length ? members : undefined;
}
