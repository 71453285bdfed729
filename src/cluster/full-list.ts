import { typeName } from '../model/resource.ts';
import { collectionPath } from './api-path.ts';
import type { ServedType } from './discovery.ts';
import type { ListEnd } from './list-pages.ts';
import { listPages } from './list-pages.ts';
import { JSON_TYPE } from './media-types.ts';
import type { Session } from './session.ts';

const FULL_PAGE = 100;

/** How a list of whole objects ended, and what was kept of them. */
export interface FullList<Value> {
  readonly end: ListEnd;
  readonly entries: readonly Value[];
  readonly durationMs: number;
}

/**
 * Lists whole objects of the few types of which more than metadata is read, and hands each to `take`, which keeps the
 * named fields only. Secrets are refused. A `pageSize` is kept to the end, for types of large objects. Entries are empty unless the list was read to its end.
 */
export async function listFull<Value>(
  session: Session,
  from: {
    readonly served: ServedType;
    readonly namespace: string;
    readonly query?: string;
    readonly pageSize?: number | undefined;
  },
  take: (object: unknown) => readonly Value[],
): Promise<FullList<Value>> {
  const { type } = from.served;
  if (typeName(type) === 'secrets') throw new Error('secrets are never listed in full');
  const pageSize = from.pageSize ?? FULL_PAGE;
  const entries: Value[] = [];
  const started = performance.now();
  const end = await listPages(session.transport, {
    path: collectionPath(type, from.namespace),
    query: from.query ?? '',
    accept: JSON_TYPE,
    expected: { type, namespace: from.namespace },
    chunkSize: session.chunkSize === 0 ? pageSize : Math.min(pageSize, session.chunkSize),
    largest: from.pageSize,
    onRestart: () => {
      entries.length = 0;
    },
    onPage: ({ items }) => {
      for (const { object } of items) entries.push(...take(object));
    },
  });
  const durationMs = Math.round(performance.now() - started);
  return { end, entries: end.end === 'complete' ? entries : [], durationMs };
}
