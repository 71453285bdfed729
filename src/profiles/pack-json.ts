import type { Fault } from './parse.ts';
import { parseDocuments } from './parse.ts';
import { type Source, type Tree, itemsAt, wordAt } from './tree.ts';

/** What a pack.json says: the pack's identity and exactly the files that make it. Paths are as written. */
export interface PackJson {
  readonly name: string;
  readonly version: string | undefined;
  readonly layer: string | undefined;
  readonly charts: readonly string[];
  readonly manifests: readonly string[];
}

/** Reads a pack.json; a fault when it is no JSON or names no pack. */
export function readPackJson(source: Source): PackJson | Fault {
  const [document] = parseDocuments(source);
  const tree = document?.tree;
  const fault = document?.faults.find(({ kind }) => tree === undefined || kind !== 'duplicate-key');
  if (fault !== undefined) return fault;
  const name = wordAt(tree, 'name');
  if (name === undefined) {
    return { kind: 'syntax', detail: 'it gives the pack no name', place: source.locate(1, 1), path: [] };
  }
  return {
    name,
    version: wordAt(tree, 'version'),
    layer: wordAt(tree, 'layer'),
    charts: textsOf(tree, 'charts'),
    manifests: textsOf(tree, 'kubeManifests'),
  };
}

function textsOf(tree: Tree | undefined, field: string): readonly string[] {
  return itemsAt(tree, field).flatMap((item) =>
    item.kind === 'text' && item.text.trim() !== '' ? [item.text.trim()] : [],
  );
}
