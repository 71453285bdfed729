import type { ResourceType } from '../model/resource.ts';
import { groupOf } from '../model/resource.ts';
import { at, isRecord, listAt, textAt } from './json.ts';
import { plainText } from './plain-text.ts';
import type { Parsed } from './transport.ts';

/** One entry of a list: the object as sent, and its table row's cells where it came as a table. */
interface PageItem {
  readonly object: unknown;
  readonly cells: readonly unknown[];
}

/** One page of a list, checked. `remaining` is undefined where the server does not tell. */
export interface ListPage {
  readonly items: readonly PageItem[];
  readonly columns: readonly string[];
  readonly continueToken: string;
  readonly resourceVersion: string;
  readonly remaining: number | undefined;
}

/** What was asked for: objects of this type, at its version; `namespace` is '' for all of them. */
export interface Expected {
  readonly type: Pick<ResourceType, 'group' | 'version' | 'kind' | 'namespaced'>;
  readonly namespace: string;
}

function inScope(namespace: string | undefined, expected: Expected): boolean {
  if (!expected.type.namespaced) return namespace === undefined;
  return expected.namespace === '' ? namespace !== undefined : namespace === expected.namespace;
}

function rowItem(row: unknown): PageItem {
  return { object: at(row, 'object'), cells: listAt(row, 'cells') };
}

function itemsOf(body: unknown, isTable: boolean): readonly PageItem[] | undefined {
  const entries = at(body, isTable ? 'rows' : 'items');
  if (entries === null) return [];
  if (!Array.isArray(entries)) return undefined;
  return entries.map((entry: unknown) => (isTable ? rowItem(entry) : { object: entry, cells: [] }));
}

function badItem({ object }: PageItem, expected: Expected): string | undefined {
  if (textAt(object, 'metadata', 'name') === undefined) return 'an item has no name';
  return inScope(textAt(object, 'metadata', 'namespace'), expected) ? undefined : 'an item is of another namespace';
}

function columnsOf(body: unknown): readonly string[] {
  return listAt(body, 'columnDefinitions').map((column) => textAt(column, 'name') ?? '');
}

function markersOf(body: unknown) {
  const remaining = at(body, 'metadata', 'remainingItemCount');
  return {
    continueToken: textAt(body, 'metadata', 'continue') ?? '',
    resourceVersion: textAt(body, 'metadata', 'resourceVersion') ?? '',
    remaining: typeof remaining === 'number' && remaining >= 0 ? remaining : undefined,
  };
}

/** Lists that say themselves that they are of metadata; which type's, they do not tell. */
const METADATA_LISTS: ReadonlySet<string> = new Set(['Table', 'PartialObjectMetadataList']);

/** A definition may give its lists a name of their own; then the objects in it tell the kind. */
function isListOf({ type }: Expected, body: unknown, kind: string): boolean {
  const version = type.group === '' ? type.version : `${type.group}/${type.version}`;
  if (textAt(body, 'apiVersion') !== version || !kind.endsWith('List')) return false;
  return kind === `${type.kind}List` || textAt(listAt(body, 'items')[0], 'kind') === type.kind;
}

function formProblem(body: unknown, expected: Expected): string | undefined {
  const kind = textAt(body, 'kind') ?? '';
  const ofMetadata = METADATA_LISTS.has(kind) && groupOf(textAt(body, 'apiVersion') ?? '') === 'meta.k8s.io';
  if (isRecord(body) && (ofMetadata || isListOf(expected, body, kind))) return undefined;
  return `the answer is no list of ${plainText(expected.type.kind, 60)} but ${plainText(kind, 60) || 'an object without kind'}`;
}

/**
 * Checks a 200 to a list request: it must be a list or table of its own kind whose every item has a name and lies in
 * the scope asked for. Anything else is a protocol failure, never an empty list; `items: null` is how Go says empty.
 */
export function parsePage(body: unknown, expected: Expected): Parsed<ListPage> {
  const formless = formProblem(body, expected);
  if (formless !== undefined) return { ok: false, reason: formless };
  const items = itemsOf(body, at(body, 'kind') === 'Table');
  if (items === undefined) return { ok: false, reason: 'the answer has no list of items' };
  for (const item of items) {
    const problem = badItem(item, expected);
    if (problem !== undefined) return { ok: false, reason: problem };
  }
  return { ok: true, value: { items, columns: columnsOf(body), ...markersOf(body) } };
}
