import { DISPLAY_NAME, type NameText, type NamespaceSetting } from '../model/definition.ts';
import { readSettings } from './labels.ts';
import { type Reading, isNamespaceName, readName, readNamespace, unreadable } from './names.ts';
import { type Tree, type TreeEntry, type TreeText, at, entriesAt, isGiven, textAt } from './tree.ts';

/** The named fields of a values text's `pack:` block; nothing else of the block leaves the reader. */
export interface PackBlock {
  readonly namespace: NameText | undefined;
  readonly additionalNamespaces: readonly NameText[];
  readonly namespaceLabels: readonly NamespaceSetting[];
  readonly namespaceAnnotations: readonly NamespaceSetting[];
  readonly installPriority: number | undefined;
  readonly displayName: string | undefined;
  /** Chart or manifest to release name; a single text stands under the key ''. */
  readonly releaseNameOverrides: ReadonlyMap<string, string>;
}

const ADDITIONAL = 'additionalNamespaces';
const INSTALL_PRIORITY = 'spectrocloud.com/install-priority';

/** Keys that make a `pack:` block recognisable when its indentation was lost. */
export const PACK_KEYS: readonly string[] = [
  'namespace',
  'additionalNamespaces',
  'namespaceLabels',
  'namespaceAnnotations',
  'releaseNameOverride',
  DISPLAY_NAME,
  INSTALL_PRIORITY,
];

/** Reads the `pack:` block; the grammar is Palette's documentation of profile customization. */
export function readPackBlock(block: Tree, reading: Reading): PackBlock {
  noteUnusable(block, reading);
  return {
    namespace: readOwnNamespace(block, reading),
    additionalNamespaces: readAdditional(block, reading),
    namespaceLabels: readSettings(block, 'namespaceLabels', reading),
    namespaceAnnotations: readSettings(block, 'namespaceAnnotations', reading),
    installPriority: readPriority(block, reading),
    displayName: readDisplayName(block, reading),
    releaseNameOverrides: readOverrides(block, reading),
  };
}

/** A block that is no map may name the namespace in a way that is not known here. */
function noteUnusable(block: Tree, reading: Reading): void {
  if (block.kind === 'map' || !isGiven(block)) return;
  unreadable(reading, 'pack', { detail: 'the pack block is not a map', place: block.place });
  reading.gaps.push({ reason: 'name-unreadable', subject: 'pack.namespace', place: block.place });
}

function readOwnNamespace(block: Tree, reading: Reading): NameText | undefined {
  const node = at(block, 'namespace');
  if (node === undefined || !isGiven(node)) return undefined;
  if (node.kind === 'text') return readNamespace(node, 'pack.namespace', reading);
  unreadable(reading, 'pack.namespace', { detail: 'the namespace is not a text', place: node.place });
  reading.gaps.push({ reason: 'name-unreadable', subject: 'pack.namespace', place: node.place });
  return undefined;
}

/**
 * The documentation says "map" and "list" and shows a text; each is read, and so is a text of several names. Whatever is
 * no name may mean one.
 */
function readAdditional(block: Tree, reading: Reading): readonly NameText[] {
  const node = at(block, ADDITIONAL);
  if (node === undefined || !isGiven(node)) return [];
  if (node.kind === 'list') return node.items.flatMap((item) => readItem(item, reading));
  if (node.kind === 'map') return [...node.entries].map(([text, entry]) => readKey(text, entry, reading));
  return splitNames(node).map((part) => readPart(part, reading));
}

function readPart(part: TreeText, reading: Reading): NameText {
  const name = readNamespace(part, ADDITIONAL, reading);
  if (name.resolved && !isNamespaceName(name.text)) {
    reading.gaps.push({ reason: 'name-unreadable', subject: ADDITIONAL, place: part.place });
  }
  return name;
}

/** A key is the name. What stands beside it may be another name, so anything but a mere mark is a gap. */
function readKey(text: string, { at: place, value }: TreeEntry, reading: Reading): NameText {
  const isMark = !isGiven(value) || value.kind === 'map' || (value.kind === 'text' && value.text === 'true');
  if (!isMark) reading.gaps.push({ reason: 'name-unreadable', subject: ADDITIONAL, place: value.place });
  return readPart({ kind: 'text', text, plain: false, literal: false, place }, reading);
}

function readItem(item: Tree, reading: Reading): readonly NameText[] {
  const node = item.kind === 'text' ? item : (textAt(item, 'name') ?? textAt(item, 'namespace'));
  if (node === undefined) {
    reading.gaps.push({ reason: 'name-unreadable', subject: ADDITIONAL, place: item.place });
    return [];
  }
  return splitNames(node).map((part) => readPart(part, reading));
}

/** What separates names in a text of several, or stands around them: no name holds any of it. A macro may. */
const NAMES = /(?:\{\{[^{}]*\}\}|[^,;\s"'[\]])+/g;

function splitNames(node: TreeText): readonly TreeText[] {
  if (!isGiven(node)) return [];
  const { kind, plain, literal, place } = node;
  const parts = (node.text.match(NAMES) ?? []).filter((part) => part !== '-');
  return parts.map((text) => ({ kind, text, plain, literal, place }));
}

function readPriority(block: Tree, reading: Reading): number | undefined {
  const node = textAt(block, INSTALL_PRIORITY);
  if (node === undefined) return undefined;
  const text = node.text.trim();
  if (/^[-+]?\d{1,9}$/.test(text)) return Number(text);
  if (!text.includes('{{')) {
    unreadable(reading, INSTALL_PRIORITY, { detail: 'the install priority is not a whole number', place: node.place });
  }
  return undefined;
}

function readDisplayName(block: Tree, reading: Reading): string | undefined {
  const node = textAt(block, DISPLAY_NAME);
  if (node === undefined) return undefined;
  return readName(node, DISPLAY_NAME, reading).text;
}

/** How gaps name the release name of a chart; that of the pack as a whole stands under the key ''. */
export function overrideField(key: string): string {
  return key === '' ? 'releaseNameOverride' : `releaseNameOverride.${key}`;
}

function readOverrides(block: Tree, reading: Reading): ReadonlyMap<string, string> {
  const field = 'releaseNameOverride';
  const single = textAt(block, field);
  const nodes =
    single === undefined
      ? [...entriesAt(block, field)].map(([key, { value }]) => [key, value] as const)
      : [['', single] as const];
  const overrides = new Map<string, string>();
  for (const [key, node] of nodes) {
    if (node.kind !== 'text' || !isGiven(node)) continue;
    const name = readName(node, overrideField(key), reading);
    if (name.resolved) overrides.set(key, name.text);
  }
  return overrides;
}
