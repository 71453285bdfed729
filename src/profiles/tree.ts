import type { Place } from '../model/definition.ts';

/** Turns a line and column of a text, both 1-based, into a place in the file that the text came from. */
type Locate = (line: number, column: number) => Place;

/** A text to parse, and where its lines are. */
export interface Source {
  readonly text: string;
  readonly locate: Locate;
}

/**
 * A scalar, always as text: `017`, `1e3`, `no` stay what was typed. `plain` is false when it was quoted or a block;
 * `literal` when its lines are the file's lines, one below the place.
 */
export interface TreeText {
  readonly kind: 'text';
  readonly text: string;
  readonly plain: boolean;
  readonly literal: boolean;
  readonly place: Place;
}

/** An entry of a map; `at` is the place of its key. */
export interface TreeEntry {
  readonly at: Place;
  readonly value: Tree;
}

/** Entries in file order; of a key that stands twice the first. */
export interface TreeMap {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, TreeEntry>;
  readonly place: Place;
}

interface TreeList {
  readonly kind: 'list';
  readonly items: readonly Tree[];
  readonly place: Place;
}

/** What a YAML or JSON text says, without types: the reader decides what a scalar means. */
export type Tree = TreeText | TreeMap | TreeList;

const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);

/** The source whose lines are the lines of the file `path`. */
export function fileSource(path: string, text: string): Source {
  return { text, locate: (line, column) => ({ path, line, column }) };
}

/** The text of a scalar as a source of its own: `values` and manifest contents are YAML inside YAML or JSON. */
export function embeddedSource(node: TreeText): Source {
  const { place } = node;
  if (!node.literal || place.line === 0) return { text: node.text, locate: () => place };
  return { text: node.text, locate: (line) => ({ path: place.path, line: place.line + line, column: 0 }) };
}

/** The value below `path`, or undefined where a step is missing or not a map. */
export function at(tree: Tree | undefined, ...path: readonly string[]): Tree | undefined {
  let node = tree;
  for (const step of path) {
    if (node?.kind !== 'map') return undefined;
    node = node.entries.get(step)?.value;
  }
  return node;
}

/** The scalar below `path`; undefined when it is missing, null, empty, or no scalar: all mean "not given". */
export function textAt(tree: Tree | undefined, ...path: readonly string[]): TreeText | undefined {
  const node = at(tree, ...path);
  return node?.kind === 'text' && isGiven(node) ? node : undefined;
}

/** The text below `path`, where only the words count. */
export function wordAt(tree: Tree | undefined, ...path: readonly string[]): string | undefined {
  return textAt(tree, ...path)?.text.trim();
}

/** The entries of the map below `path`, or none. */
export function entriesAt(tree: Tree | undefined, ...path: readonly string[]): ReadonlyMap<string, TreeEntry> {
  const node = at(tree, ...path);
  return node?.kind === 'map' ? node.entries : new Map();
}

/** The items of the list below `path`, or none. */
export function itemsAt(tree: Tree | undefined, ...path: readonly string[]): readonly Tree[] {
  const node = at(tree, ...path);
  return node?.kind === 'list' ? node.items : [];
}

/** False for null and for blank text. An empty map or list is given. */
export function isGiven(tree: Tree): boolean {
  if (tree.kind !== 'text') return true;
  return tree.text.trim() !== '' && !(tree.plain && NULLS.has(tree.text));
}
