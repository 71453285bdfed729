/** A key with a value of one line, or without one: the only form of line in which metadata is read here. */
const ENTRY =
  /^( +)(?:([A-Za-z][A-Za-z0-9._/-]*)|"([^"\\]*)"|'([^']*)'):(?: +(?:([A-Za-z0-9._/](?:[A-Za-z0-9._/@+=,%:-]*[A-Za-z0-9._/@+=,%-])?)|"([^"\\]*)"|'([^']*)'))? *$/;

/** An outermost key, likewise. */
const OUTERMOST =
  /^([A-Za-z][A-Za-z0-9._/-]*):(?: +(?:([A-Za-z0-9._/](?:[A-Za-z0-9._/@+=,%:-]*[A-Za-z0-9._/@+=,%-])?)|"([^"\\]*)"|'([^']*)'))? *$/;

/** Any outermost key: what comes behind it matters only where it identifies the object. */
const KEY = /^([A-Za-z][A-Za-z0-9._/-]*):(?: |$)/;

const POLICY = 'helm.sh/resource-policy';

type Texts = Readonly<Record<string, string>>;

/** What a document says of its object, in the shape that a parser gives. */
interface PlainObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name?: string; readonly namespace?: string; readonly annotations?: Texts };
}

/** A line of metadata. Without a value the lines below belong to it, unless it is `isEmpty`, written `{}`. */
interface Entry {
  readonly indent: number;
  readonly key: string;
  readonly value: string | undefined;
  readonly isEmpty: boolean;
}

const EMPTY = /^( +)(?:([A-Za-z][A-Za-z0-9._/-]*): +)?\{\} *$/;

function entryOf(line: string): Entry | undefined {
  const [isEmpty, blanks = '', emptyKey = ''] = EMPTY.exec(line) ?? [];
  if (isEmpty !== undefined) return { indent: blanks.length, key: emptyKey, value: undefined, isEmpty: true };
  const [whole, indent = '', plainKey, doubleKey, singleKey, plain, double, single] = ENTRY.exec(line) ?? [];
  if (whole === undefined) return undefined;
  const value = plain ?? double ?? single;
  return { indent: indent.length, key: plainKey ?? doubleKey ?? singleKey ?? '', value, isEmpty: false };
}

const NOTHING = /^ *(?:#.*)?$/;

/** The entries of a block of metadata; undefined when a line has any other form. */
function entriesOf(lines: readonly string[]): readonly Entry[] | undefined {
  const entries: Entry[] = [];
  for (const line of lines) {
    if (NOTHING.test(line)) continue;
    const entry = entryOf(line);
    if (entry === undefined) return undefined;
    const above = entries.at(-1);
    if (entry.key !== '') entries.push(entry);
    else if (above === undefined || above.value !== undefined || above.indent >= entry.indent) return undefined;
    else entries.splice(-1, 1, { ...above, isEmpty: true });
  }
  return entries;
}

/**
 * Whether the entries are of two levels at most, each level indented alike, the second only below a key without a
 * value: then indentation alone tells which belongs to which.
 */
function isRegular(entries: readonly Entry[]): boolean {
  const outer = entries[0]?.indent ?? 0;
  let parent: Entry | undefined;
  let inner: number | undefined;
  for (const entry of entries) {
    if (entry.indent === outer) {
      parent = entry;
      inner = undefined;
      continue;
    }
    inner ??= entry.indent;
    const isChild = parent?.value === undefined && parent?.isEmpty === false && entry.value !== undefined;
    if (!isChild || entry.indent < outer || entry.indent !== inner) return false;
  }
  return true;
}

const WANTED: ReadonlySet<string> = new Set(['name', 'namespace', 'annotations']);

function metadataOf(lines: readonly string[]): PlainObject['metadata'] | undefined {
  const entries = entriesOf(lines);
  if (entries === undefined || !isRegular(entries)) return undefined;
  const outer = entries[0]?.indent ?? 0;
  const own = entries.filter(({ indent, key }) => indent === outer && WANTED.has(key));
  const isTwice = new Set(own.map(({ key }) => key)).size < own.length;
  if (isTwice || own.some(({ key, value }) => key === 'annotations' && value !== undefined)) return undefined;
  const texts = new Map(own.map(({ key, value }) => [key, value]));
  const policies = policiesIn(entries, outer);
  if (policies.length > 1) return undefined;
  const [name, namespace, [policy]] = [texts.get('name'), texts.get('namespace'), policies];
  return {
    ...(name === undefined ? {} : { name }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(policy === undefined ? {} : { annotations: { [POLICY]: policy } }),
  };
}

function policiesIn(entries: readonly Entry[], outer: number): readonly string[] {
  let section = '';
  return entries.flatMap(({ indent, key, value }) => {
    if (indent === outer) section = key;
    return indent > outer && section === 'annotations' && key === POLICY && value !== undefined ? [value] : [];
  });
}

/** Each outermost key with its line, and the lines of metadata; a list of the body may stand right below its key. */
interface Sections {
  readonly heads: Map<string, string>;
  readonly metadata: string[];
}

const SPACE = 0x20;
const HASH = 0x23;

const IDENTITY: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

/** An entry of a list that stands as far left as its key. */
function isItem(document: string, start: number): boolean {
  return document.startsWith('- ', start) || document.startsWith('-\n', start);
}

function sectionsOf(document: string): Sections | undefined {
  const heads = new Map<string, string>();
  const metadata: string[] = [];
  let section = '';
  for (let start = 0; start <= document.length;) {
    const next = document.indexOf('\n', start);
    const end = next < 0 ? document.length : next;
    const first = start < end ? document.charCodeAt(start) : HASH;
    if (first === SPACE || isItem(document, start)) {
      if (section === 'metadata') metadata.push(document.slice(start, end));
      else if (IDENTITY.has(section) || section === '') return undefined;
    } else if (first !== HASH) {
      const line = document.slice(start, end);
      section = KEY.exec(line)?.[1] ?? 'items';
      if (section === 'items' || heads.has(section)) return undefined;
      heads.set(section, line);
    }
    start = end + 1;
  }
  return { heads, metadata };
}

function headValue(line: string | undefined): string | undefined {
  const [, , plain, double, single] = OUTERMOST.exec(line ?? '') ?? [];
  return plain ?? double ?? single;
}

/**
 * Reads of a manifest's document only what identifies its object, where it is written in the plainest of all forms: a
 * block of single lines, each a key and a text without escapes. Undefined for everything else, comments behind values,
 * anchors, tags, lists, texts of several lines and keys that come twice among it: that is a parser's work.
 */
export function plainObject(document: string): PlainObject | undefined {
  if (document.includes('\r')) return undefined;
  const sections = sectionsOf(document);
  if (sections === undefined) return undefined;
  const { heads } = sections;
  const apiVersion = headValue(heads.get('apiVersion'));
  const kind = headValue(heads.get('kind'));
  if (!apiVersion || !kind || heads.get('metadata')?.trimEnd() !== 'metadata:') return undefined;
  const metadata = metadataOf(sections.metadata);
  return metadata && { apiVersion, kind, metadata };
}
