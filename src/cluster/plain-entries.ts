/** A line of metadata that is a key and a text without escapes, or a key alone. */
const ENTRY =
  /^( +)(?:([A-Za-z][A-Za-z0-9._/-]*)|"([^"\\]*)"|'([^']*)'):(?: +(?:([A-Za-z0-9._/](?:[A-Za-z0-9._/@+=,%:-]*[A-Za-z0-9._/@+=,%-])?)|"([^"\\]*)"|'([^']*)'))? *$/;

/** An empty map, behind its key or below it. */
const EMPTY_MAP = /^( +)(?:([A-Za-z][A-Za-z0-9._/-]*): +)?\{\} *$/;

const NULL: ReadonlySet<string> = new Set(['null', 'Null', 'NULL']);

/** Whether a text without quotes is none. */
export function isNull(plain = ''): boolean {
  return NULL.has(plain);
}

/** Nothing, or a comment. */
const NOTHING = /^ *(?:#.*)?$/;

/** A line of metadata. Without a value the lines below belong to it, unless it is an empty map. */
interface Entry {
  readonly indent: number;
  readonly key: string;
  readonly value: string | undefined;
  readonly isEmptyMap: boolean;
}

/** A key of metadata with the entries below it. */
export interface PlainBlock {
  readonly key: string;
  readonly value: string | undefined;
  readonly children: readonly Entry[];
}

function emptyMapOf(line: string): Entry | undefined {
  const [empty, indent = '', key = ''] = EMPTY_MAP.exec(line) ?? [];
  return empty === undefined ? undefined : { indent: indent.length, key, value: undefined, isEmptyMap: true };
}

/** A text that was found plain, in double quotes or in single ones. */
function textIn(found: RegExpExecArray, plain: number): string | undefined {
  return found[plain] ?? found[plain + 1] ?? found[plain + 2];
}

function entryOf(line: string): Entry | undefined {
  const found = ENTRY.exec(line);
  if (found === null) return emptyMapOf(line);
  if (isNull(found[5])) return undefined;
  return {
    indent: found[1]?.length ?? 0,
    key: textIn(found, 2) ?? '',
    value: textIn(found, 5),
    isEmptyMap: false,
  };
}

/** Adds an entry; an empty map without a key closes the key above it. False where there is none. */
function add(entries: Entry[], entry: Entry): boolean {
  if (!entry.isEmptyMap || entry.key !== '') return entries.push(entry) > 0;
  const above = entries.pop();
  if (above === undefined || above.value !== undefined || above.indent >= entry.indent) return false;
  return entries.push({ ...above, isEmptyMap: true }) > 0;
}

function entriesOf(lines: readonly string[]): readonly Entry[] | undefined {
  const entries: Entry[] = [];
  for (const line of lines) {
    const entry = entryOf(line);
    if (entry === undefined ? !NOTHING.test(line) : !add(entries, entry)) return undefined;
  }
  return entries;
}

/** Children of one indentation, each with a text, below a key that has none itself. */
function isRegular(parent: Entry, children: readonly Entry[]): boolean {
  const [first] = children;
  if (first === undefined) return true;
  if (parent.value !== undefined || parent.isEmptyMap || first.indent <= parent.indent) return false;
  return children.every(({ indent, value }) => indent === first.indent && value !== undefined);
}

/**
 * The lines of a block of metadata by their keys. Undefined unless all are of two levels at most, each level indented
 * alike, for only then indentation alone tells which belongs to which.
 */
export function plainBlocks(lines: readonly string[]): readonly PlainBlock[] | undefined {
  const entries = entriesOf(lines);
  if (entries === undefined) return undefined;
  const blocks: { readonly entry: Entry; readonly children: Entry[] }[] = [];
  for (const entry of entries) {
    if (entry.indent === entries[0]?.indent) blocks.push({ entry, children: [] });
    else blocks.at(-1)?.children.push(entry);
  }
  if (!blocks.every(({ entry, children }) => isRegular(entry, children))) return undefined;
  return blocks.map(({ entry, children }) => ({ key: entry.key, value: entry.value, children }));
}
