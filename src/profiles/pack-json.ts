import type { Fault } from './parse.ts';
import { parseDocuments } from './parse.ts';
import { type Source, type Tree, at, isGiven, itemsAt, wordAt } from './tree.ts';

/** What a pack.json says: the pack's identity and exactly the files that make it. Paths are as written. */
export interface PackJson {
  readonly name: string;
  readonly version: string | undefined;
  readonly layer: string | undefined;
  readonly charts: readonly string[];
  readonly manifests: readonly string[];
}

/** Reads a pack.json; a fault when it is no JSON, names no pack, or does not list its files. */
export function readPackJson(source: Source): PackJson | Fault {
  const [document] = parseDocuments(source);
  const tree = document?.tree;
  const fault = document?.faults.find(({ kind }) => tree === undefined || kind !== 'duplicate-key');
  if (fault !== undefined) return fault;
  const name = wordAt(tree, 'name');
  if (name === undefined) {
    return { kind: 'syntax', detail: 'it gives the pack no name', place: source.locate(1, 1), path: [] };
  }
  const unlisted = ['charts', 'kubeManifests'].find((field) => !isListOfTexts(at(tree, field)));
  if (unlisted !== undefined) {
    return { kind: 'syntax', detail: `its ${unlisted} are no list of paths`, place: source.locate(1, 1), path: [] };
  }
  return {
    name,
    version: wordAt(tree, 'version'),
    layer: wordAt(tree, 'layer'),
    charts: textsOf(tree, 'charts'),
    manifests: textsOf(tree, 'kubeManifests'),
  };
}

/** Files that are listed in another way would pass for none. */
function isListOfTexts(node: Tree | undefined): boolean {
  if (node === undefined || !isGiven(node)) return true;
  return node.kind === 'list' && node.items.every((item) => item.kind === 'text');
}

function textsOf(tree: Tree | undefined, field: string): readonly string[] {
  return itemsAt(tree, field).flatMap((item) =>
    item.kind === 'text' && item.text.trim() !== '' ? [item.text.trim()] : [],
  );
}
