import type { NameText } from '../model/definition.ts';
import { type Reading, readNamespace, unreadable } from './names.ts';
import { type PackBlock, PACK_KEYS, readPackBlock } from './pack-block.ts';
import { type Fault, type ParsedDocument, parseDocuments } from './parse.ts';
import { recoverPackBlock } from './recover.ts';
import { type Source, type Tree, type TreeEntry, at, embeddedSource, entriesAt, isGiven, textAt } from './tree.ts';

/** What a pack's values text says, only what the audit needs. `given` is false for none and for an empty text. */
export interface ValuesFacts {
  readonly given: boolean;
  readonly block: PackBlock;
  readonly chartKeys: readonly string[];
  /** Something stands among these that is no chart's values. */
  readonly mayHoldOneChart: boolean;
  readonly manifestNamespaces: readonly { readonly manifest: string; readonly namespace: NameText }[];
  /** Values of each manifest's template, by manifest; they stay inside the reader. */
  readonly manifestValues: ReadonlyMap<string, Tree>;
  /** Manifest bodies that stand in the values, `manifests.<m>.contents`. */
  readonly contents: readonly { readonly manifest: string; readonly body: Source }[];
}

const NOTHING: Tree = {
  kind: 'map',
  entries: new Map(),
  place: { path: '', line: 0, column: 0 },
};

/**
 * Reads a values text. A fault in it costs no more than it must: duplicate keys leave the rest usable, and of a text
 * that is not YAML the `pack:` block alone is read when there is exactly one. What is lost becomes a gap.
 */
export function readValues(source: Source | undefined, reading: Reading): ValuesFacts {
  if (source === undefined) return readTree(NOTHING, reading, false);
  const documents = parseDocuments(source);
  const faults = documents.flatMap((document) => document.faults);
  if (isEmpty(documents, faults)) return readTree(NOTHING, reading, false);
  const tree = onlyMap(documents, faults);
  if (tree === undefined) return readRecovered(source, faults, reading);
  if (faults[0] !== undefined) reportDuplicates(faults[0], faults.length, reading);
  noteAmbiguity(faults, reading);
  return readTree(straighten(tree, reading), reading, true);
}

/** The one document of a text that is sound but for duplicate keys. */
function onlyMap(documents: readonly ParsedDocument[], faults: readonly Fault[]): Tree | undefined {
  if (faults.some(({ kind }) => kind !== 'duplicate-key')) return undefined;
  const trees = documents.flatMap(({ tree }) => (tree !== undefined && isGiven(tree) ? [tree] : []));
  return trees.length === 1 && trees[0]?.kind === 'map' ? trees[0] : undefined;
}

function isEmpty(documents: readonly ParsedDocument[], faults: readonly Fault[]): boolean {
  return faults.length === 0 && documents.every(({ tree }) => tree === undefined || !isGiven(tree));
}

function readTree(tree: Tree, reading: Reading, given: boolean): ValuesFacts {
  const block = readPackBlock(at(tree, 'pack') ?? NOTHING, reading);
  const manifests = [...entriesAt(tree, 'manifests')];
  const charts = [...entriesAt(tree, 'charts')];
  noteUnusableManifests(at(tree, 'manifests'), reading);
  return {
    given,
    block,
    chartKeys: charts.filter(([, { value }]) => mayBeOfChart(value)).map(([key]) => key),
    mayHoldOneChart: charts.some(([, { value }]) => !mayBeOfChart(value)),
    manifestNamespaces: manifests.flatMap((entry) => namespaceOf(entry, reading)),
    manifestValues: new Map(manifests.map(([key, { value }]) => [key, value])),
    contents: manifests.flatMap(([manifest, { value }]) => {
      const node = textAt(value, 'contents') ?? textAt(value, 'content');
      return node === undefined ? [] : [{ manifest, body: embeddedSource(node) }];
    }),
  };
}

/** Values of a chart are a map, or left out. */
function mayBeOfChart(value: Tree): boolean {
  return value.kind === 'map' || !isGiven(value);
}

/** Where `manifests:` is no map, the namespaces that it may name are lost. */
function noteUnusableManifests(node: Tree | undefined, reading: Reading): void {
  if (node === undefined || node.kind === 'map' || !isGiven(node)) return;
  if (node.kind === 'list' && node.items.length === 0) return;
  unreadable(reading, 'manifests', { detail: 'the manifests of the values are not a map', place: node.place });
  reading.gaps.push({ reason: 'manifest-unreadable', subject: 'manifests', place: node.place });
}

/** How gaps name the namespace that the values give a manifest. */
export function manifestNamespaceField(manifest: string): string {
  return `manifests.${manifest}.namespace`;
}

function namespaceOf(
  [manifest, { value }]: readonly [string, TreeEntry],
  reading: Reading,
): ValuesFacts['manifestNamespaces'] {
  const field = manifestNamespaceField(manifest);
  const node = at(value, 'namespace');
  if (node === undefined || !isGiven(node)) return [];
  if (node.kind === 'text') return [{ manifest, namespace: readNamespace(node, field, reading) }];
  reading.gaps.push({ reason: 'name-unreadable', subject: field, place: node.place });
  return [];
}

function reportDuplicates({ detail, place }: Fault, count: number, reading: Reading): void {
  const more = count === 1 ? detail : `${detail}; ${String(count - 1)} more such keys follow`;
  unreadable(reading, 'values', { detail: more, place });
}

/** A duplicate key costs only what it could hide: the pack's namespace, or those of its manifests. */
function noteAmbiguity(faults: readonly Fault[], reading: Reading): void {
  for (const { path, place } of faults) {
    const [top, field] = path;
    if (top === 'pack' && (field === undefined || PACK_KEYS.includes(field))) addGaps(reading, place);
    if (top === 'manifests') reading.gaps.push({ reason: 'manifest-unreadable', subject: 'manifests', place });
  }
}

function addGaps(reading: Reading, place: Fault['place']): void {
  if (reading.gaps.some(({ subject }) => subject === 'pack.namespace')) return;
  reading.gaps.push({ reason: 'values-unreadable', subject: 'values', place });
  reading.gaps.push({ reason: 'name-unreadable', subject: 'pack.namespace', place });
}

function readRecovered(source: Source, faults: readonly Fault[], reading: Reading): ValuesFacts {
  const fault = faults[0] ?? { detail: 'the values are not a map', place: source.locate(1, 1) };
  unreadable(reading, 'values', fault);
  const recovered = recoverPackBlock(source);
  if (/^['"]?manifests['"]?\s*:/m.test(source.text)) {
    reading.gaps.push({ reason: 'manifest-unreadable', subject: 'manifests', place: fault.place });
  }
  if (recovered !== undefined) return readTree(straighten(recovered, reading), reading, true);
  addGaps(reading, fault.place);
  return readTree(NOTHING, reading, true);
}

/**
 * Palette's documentation once shows a block whose keys lost their indentation: `pack:` null and `namespace:` beside
 * it. The keys are read as the block's, and the text is reported: Palette itself may read it otherwise.
 */
function straighten(tree: Tree, reading: Reading): Tree {
  const pack = tree.kind === 'map' ? tree.entries.get('pack') : undefined;
  if (tree.kind !== 'map' || pack === undefined || isGiven(pack.value)) return tree;
  const astray = PACK_KEYS.flatMap((key) => {
    const entry = tree.entries.get(key);
    return entry === undefined ? [] : [[key, entry] as const];
  });
  if (astray.length === 0) return tree;
  const detail = 'the keys of the pack block stand beside "pack:" instead of below it; read as if they were below';
  unreadable(reading, 'pack', { detail, place: pack.at });
  const value: Tree = { kind: 'map', entries: new Map(astray), place: pack.at };
  return { ...tree, entries: new Map([...tree.entries, ['pack', { at: pack.at, value }]]) };
}
