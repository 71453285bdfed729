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

/** Which namespace the items must be in: `{ one }`, some (`any`), or none (`cluster`). */
export type ExpectedScope = { readonly one: string } | 'any' | 'cluster';

function inScope(namespace: string | undefined, expected: ExpectedScope): boolean {
  if (expected === 'any') return namespace !== undefined;
  return namespace === (expected === 'cluster' ? undefined : expected.one);
}

function rowItem(row: unknown): PageItem {
  return { object: at(row, 'object'), cells: listAt(row, 'cells') };
}

function itemsOf(body: unknown, isTable: boolean): readonly PageItem[] | undefined {
  const entries = at(body, isTable ? 'rows' : 'items');
  if (entries === null || (isTable && entries === undefined)) return [];
  if (!Array.isArray(entries)) return undefined;
  return entries.map((entry: unknown) => (isTable ? rowItem(entry) : { object: entry, cells: [] }));
}

function badItem({ object }: PageItem, expected: ExpectedScope): string | undefined {
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

function formProblem(body: unknown): string | undefined {
  const kind = textAt(body, 'kind') ?? '';
  const isList = kind === 'Table' || kind.endsWith('List');
  if (isRecord(body) && isList && textAt(body, 'apiVersion') !== undefined) return undefined;
  return `the answer is no list but ${plainText(kind, 60) || 'an object without kind'}`;
}

/**
 * Checks a 200 to a list request: it must be a list or table of its own kind whose every item has a name and lies in
 * the scope asked for. Anything else is a protocol failure, never an empty list; `items: null` is how Go says empty.
 */
export function parsePage(body: unknown, expected: ExpectedScope): Parsed<ListPage> {
  const formless = formProblem(body);
  if (formless !== undefined) return { ok: false, reason: formless };
  const items = itemsOf(body, at(body, 'kind') === 'Table');
  if (items === undefined) return { ok: false, reason: 'the answer has no list of items' };
  for (const item of items) {
    const problem = badItem(item, expected);
    if (problem !== undefined) return { ok: false, reason: problem };
  }
  return { ok: true, value: { items, columns: columnsOf(body), ...markersOf(body) } };
}
