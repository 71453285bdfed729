import { isNull, plainBlocks, type PlainBlock } from './plain-entries.ts';

/** An outermost key and a text without escapes. */
const HEAD =
  /^[A-Za-z]+: +(?:([A-Za-z0-9._/](?:[A-Za-z0-9._/@+=,%:-]*[A-Za-z0-9._/@+=,%-])?)|"([^"\\]*)"|'([^']*)') *$/;

/** Any outermost key: what comes behind it matters only where it identifies the object. */
const KEY = /^([A-Za-z][A-Za-z0-9._/-]*):(?: |$)/;

const POLICY = 'helm.sh/resource-policy';

/** What a document says of its object, in the shape that a parser gives. */
interface PlainObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name?: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

const NO_ANNOTATIONS: PlainBlock = { key: 'annotations', value: undefined, children: [] };

const WANTED: ReadonlySet<string> = new Set(['name', 'namespace', 'annotations']);

function metadataOf(lines: readonly string[]): PlainObject['metadata'] | undefined {
  const wanted = plainBlocks(lines)?.filter(({ key }) => WANTED.has(key));
  if (wanted === undefined) return undefined;
  const byKey = new Map(wanted.map((block) => [block.key, block]));
  const policy = policyIn(byKey.get('annotations'));
  if (byKey.size < wanted.length || policy === undefined) return undefined;
  const annotations = policy === '' ? {} : { annotations: { [POLICY]: policy } };
  return { ...named('name', byKey), ...named('namespace', byKey), ...annotations };
}

/** '' where it is not told, undefined where that is not plain. */
function policyIn({ value, children }: PlainBlock = NO_ANNOTATIONS): string | undefined {
  const [policy, second] = children.filter(({ key }) => key === POLICY);
  return value !== undefined || second !== undefined ? undefined : (policy?.value ?? '');
}

function named(key: 'name' | 'namespace', blocks: ReadonlyMap<string, PlainBlock>): PlainObject['metadata'] {
  const value = blocks.get(key)?.value;
  return value === undefined ? {} : { [key]: value };
}

/** Each outermost key with its line, and the lines of metadata. */
interface Sections {
  readonly heads: Map<string, string>;
  readonly metadata: string[];
  section: string;
}

const SPACE = 0x20;
const HASH = 0x23;

const IDENTITY: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', '']);

/** An entry of a list that stands as far left as its key. */
function isItem(document: string, start: number): boolean {
  return document.startsWith('- ', start) || document.startsWith('-\n', start);
}

/** Takes one line, which is not empty; false where it is of another form. Lines of the body are passed over. */
function take(sections: Sections, document: string, { start, end }: { start: number; end: number }): boolean {
  const first = document.charCodeAt(start);
  if (first === HASH) return true;
  const isWithin = first === SPACE || isItem(document, start);
  if (isWithin && !IDENTITY.has(sections.section)) return true;
  const line = document.slice(start, end);
  return isWithin ? takeWithin(sections, line) : takeHead(sections, line);
}

function takeWithin({ section, metadata }: Sections, line: string): boolean {
  return section === 'metadata' && metadata.push(line) > 0;
}

function takeHead(sections: Sections, line: string): boolean {
  const key = KEY.exec(line)?.[1] ?? 'items';
  if (key === 'items' || sections.heads.has(key)) return false;
  sections.heads.set(key, line);
  sections.section = key;
  return true;
}

function sectionsOf(document: string): Sections | undefined {
  const sections: Sections = { heads: new Map(), metadata: [], section: '' };
  for (let start = 0; start < document.length;) {
    const next = document.indexOf('\n', start);
    const end = next < 0 ? document.length : next;
    if (end > start && !take(sections, document, { start, end })) return undefined;
    start = end + 1;
  }
  return sections;
}

function headValue(line = ''): string {
  const [, plain, double, single] = HEAD.exec(line) ?? [];
  return isNull(plain) ? '' : (plain ?? double ?? single ?? '');
}

/**
 * Reads of a manifest's document only what identifies its object, where it is written in the plainest of all forms: a
 * block of single lines, each a key and a text without escapes. Undefined for everything else, comments behind values,
 * anchors, tags, lists, texts of several lines and keys that come twice among it: that is a parser's work.
 */
export function plainObject(document: string): PlainObject | undefined {
  const sections = document.includes('\r') ? undefined : sectionsOf(document);
  if (sections?.heads.get('metadata')?.trimEnd() !== 'metadata:') return undefined;
  const apiVersion = headValue(sections.heads.get('apiVersion'));
  const kind = headValue(sections.heads.get('kind'));
  const metadata = metadataOf(sections.metadata);
  return metadata && apiVersion !== '' && kind !== '' ? { apiVersion, kind, metadata } : undefined;
}
