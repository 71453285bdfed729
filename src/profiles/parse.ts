import { Composer, type Document, LineCounter, type Node, isAlias, isMap, isScalar, isSeq } from 'yaml';

import type { Place } from '../model/definition.ts';
import { maskMacros, unmaskMacros } from './mask.ts';
import { MAX_DEPTH, tokensOf } from './tokens.ts';
import { type Source, type Tree, type TreeEntry, type TreeMap, entriesAt } from './tree.ts';

/** Why a text or a part of it cannot be used. `detail` never quotes the text. */
export interface Fault {
  readonly kind: 'syntax' | 'duplicate-key' | 'alias-bomb' | 'too-large';
  readonly detail: string;
  readonly place: Place;
  /** The keys down to the fault, for a duplicate key; else empty. */
  readonly path: readonly string[];
}

/** One document of a text. `tree` is undefined when nothing of it can be relied on. */
export interface ParsedDocument {
  readonly tree: Tree | undefined;
  readonly faults: readonly Fault[];
}

/** How many nodes aliases may add; honest files stay far below. */
const MAX_ALIASED = 1_000_000;

const SYNTAX_WORDS = new Map([
  ['TAB_AS_INDENT', 'a tab is used as indentation'],
  ['BAD_INDENT', 'the indentation does not fit'],
  ['MISSING_CHAR', 'a character is missing before this place, such as a colon, a quote or a bracket'],
  ['UNEXPECTED_TOKEN', 'this does not belong here'],
  ['MULTILINE_IMPLICIT_KEY', 'a key goes over several lines; perhaps a colon or a quote is missing'],
  ['BLOCK_AS_IMPLICIT_KEY', 'a map begins inside a line; perhaps a value with ": " needs quotes'],
  ['BAD_ALIAS', 'a value begins with * or &; it needs quotes'],
  ['BAD_SCALAR_START', 'a value begins with a character that needs quotes'],
]);

/**
 * Parses YAML or JSON into documents, all scalars as text. Errors are returned with their place, never thrown.
 * Duplicate keys are found in linear time; the parser's own check is quadratic.
 */
export function parseDocuments(source: Source): readonly ParsedDocument[] {
  const text = maskMacros(asYaml(source.text));
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return source.locate(line, col);
  };
  const tokens = tokensOf(text, lines);
  if ('detail' in tokens) {
    const { detail, offset } = tokens;
    return [{ tree: undefined, faults: [{ kind: 'too-large', detail, place: place(offset), path: [] }] }];
  }
  const composer = new Composer({ uniqueKeys: false, schema: 'failsafe', logLevel: 'silent', prettyErrors: false });
  return [...composer.compose(tokens)].map((document) => readDocument(document, text, place));
}

/** JSON may be indented with tabs, YAML may not. Raw tabs cannot stand inside a JSON string, so none is lost. */
function asYaml(text: string): string {
  if (!text.includes('\t') || !/^\s*[[{]/.test(text)) return text;
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  return text.replaceAll('\t', ' ');
}

interface Built {
  readonly tree: Tree;
  readonly size: number;
  readonly depth: number;
}

interface Building {
  readonly text: string;
  readonly place: (offset: number) => Place;
  readonly anchors: Map<string, Built>;
  readonly faults: Fault[];
  readonly path: string[];
  nodes: number;
}

function readDocument(document: Document.Parsed, text: string, place: (offset: number) => Place): ParsedDocument {
  const [error] = document.errors;
  if (error !== undefined) {
    const words = SYNTAX_WORDS.get(error.code);
    const detail = words === undefined ? 'not valid YAML' : `not valid YAML: ${words}`;
    return { tree: undefined, faults: [{ kind: 'syntax', detail, place: place(error.pos[0]), path: [] }] };
  }
  const building: Building = { text, place, anchors: new Map(), faults: [], path: [], nodes: 0 };
  const built = build(document.contents, building);
  if (built.size > building.nodes + MAX_ALIASED || built.depth > MAX_DEPTH) {
    const detail = 'aliases make it far larger than it looks';
    return { tree: undefined, faults: [{ kind: 'alias-bomb', detail, place: built.tree.place, path: [] }] };
  }
  return {
    tree: building.faults.some(({ kind }) => kind === 'syntax') ? undefined : built.tree,
    faults: building.faults,
  };
}

function build(node: Node | null, building: Building): Built {
  building.nodes += 1;
  if (isAlias(node)) return aliased(node.source, offsetOf(node), building);
  noteTag(node, building);
  const built = buildPlain(node, building);
  const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
  if (anchor !== undefined) building.anchors.set(anchor, built);
  return built;
}

/** Tags that say no more than is seen. */
const PLAIN_TAGS: ReadonlySet<string> = new Set([
  '!',
  'tag:yaml.org,2002:str',
  'tag:yaml.org,2002:map',
  'tag:yaml.org,2002:seq',
]);

/** Any other tag lets a reader make something else of the text, as `!!binary` does: what that is cannot be known. */
function noteTag(node: Node | null, building: Building): void {
  if (node?.tag === undefined || PLAIN_TAGS.has(node.tag)) return;
  const place = building.place(offsetOf(node));
  building.faults.push({
    kind: 'syntax',
    detail: 'not valid here: a YAML tag whose meaning is not known',
    place,
    path: [],
  });
}

function buildPlain(node: Node | null, building: Building): Built {
  const place = building.place(offsetOf(node));
  if (isMap(node)) return buildMap(node.items, place, building);
  if (isSeq(node)) {
    const items = node.items.map((item) => build(asNode(item), building));
    return wrap({ kind: 'list', items: items.map(({ tree }) => tree), place }, items);
  }
  if (!isScalar(node)) return wrap({ kind: 'text', text: '', plain: true, literal: false, place }, []);
  const text = unmaskMacros(typeof node.value === 'string' ? node.value : String(node.value));
  return wrap({ kind: 'text', text, plain: node.type === 'PLAIN', literal: node.type === 'BLOCK_LITERAL', place }, []);
}

function buildMap(pairs: readonly { key: unknown; value: unknown }[], place: Place, building: Building): Built {
  const entries = new Map<string, TreeEntry>();
  const merged: Tree[] = [];
  const parts: Built[] = [];
  for (const pair of pairs) {
    const key = asNode(pair.key);
    const at = building.place(offsetOf(key));
    const name = keyText(key, building);
    building.path.push(name);
    const value = build(asNode(pair.value), building);
    parts.push(value);
    if (isMergeKey(key)) merged.push(...mergedMaps(value.tree));
    else if (!entries.has(name)) entries.set(name, { at, value: value.tree });
    else building.faults.push(duplicate(at, building));
    building.path.pop();
  }
  for (const tree of merged)
    for (const [name, entry] of entriesAt(tree)) if (!entries.has(name)) entries.set(name, entry);
  const map: TreeMap = { kind: 'map', entries, place };
  return wrap(map, parts);
}

/** `<<` is YAML 1.1's merge key, which Go's readers, and with them Helm and Palette, still follow. */
function isMergeKey(key: Node | null): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.value === '<<';
}

/** The maps that a merge key brings; of a list the first that has a key counts. */
function mergedMaps(value: Tree): readonly Tree[] {
  return value.kind === 'list' ? value.items : [value];
}

function duplicate(place: Place, { path }: Building): Fault {
  return { kind: 'duplicate-key', detail: 'the same key stands twice in one map', place, path: [...path] };
}

function wrap(tree: Tree, parts: readonly Built[]): Built {
  let size = 1;
  let depth = 0;
  for (const part of parts) {
    size += part.size;
    depth = Math.max(depth, part.depth);
  }
  return { tree, size, depth: depth + 1 };
}

/** An alias shares the tree of its anchor. One that points to itself or to nothing makes the document unusable. */
function aliased(anchor: string, offset: number, building: Building): Built {
  const target = building.anchors.get(anchor);
  if (target !== undefined) return target;
  const place = building.place(offset);
  building.faults.push({
    kind: 'syntax',
    detail: 'not valid YAML: an alias without an anchor before it',
    place,
    path: [],
  });
  return wrap({ kind: 'text', text: '', plain: true, literal: false, place }, []);
}

/** A key that is a map is what a parser makes of a template's action without quotes; it keeps both its braces. */
function keyText(key: Node | null, building: Building): string {
  if (key === null) return '';
  const built = build(key, building);
  if (built.tree.kind === 'text') return built.tree.text;
  const [start, end] = key.range ?? [0, 0];
  return `{${unmaskMacros(building.text.slice(start, end))}}`;
}

function asNode(value: unknown): Node | null {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value) ? value : null;
}

function offsetOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}
