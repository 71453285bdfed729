import type { ClusterObject, NamespaceRecord } from '../model/inventory.ts';
import { sideBySide } from './concurrency.ts';
import { servedType } from './discovery.ts';
import { at, isRecord, textAt } from './json.ts';
import type { KeptKeys } from './kept-keys.ts';
import { failureNews } from './ledger.ts';
import { listObjects } from './list-objects.ts';
import { ONE_METADATA } from './media-types.ts';
import { objectOf } from './object-metadata.ts';
import { recordListing } from './read-type.ts';
import type { Session } from './session.ts';

/** The namespaces there are; `all` is false when only those of the scope could be asked for. */
export interface Namespaces {
  readonly records: readonly NamespaceRecord[];
  readonly all: boolean;
}

function recordOf(object: ClusterObject): NamespaceRecord {
  const { name, uid, createdAt, deletingSince, labels, annotations } = object;
  return { name, uid, createdAt, deletingSince, labels, annotations };
}

async function readOne(session: Session, name: string, keys: KeptKeys): Promise<readonly NamespaceRecord[]> {
  const served = servedType(session.catalog, 'namespaces');
  const reply = await session.transport.get({
    path: `/api/v1/namespaces/${encodeURIComponent(name)}`,
    accept: ONE_METADATA,
    parse: (body) =>
      isRecord(body) && textAt(body, 'metadata', 'name') === name
        ? { ok: true, value: at(body, 'metadata') }
        : { ok: false, reason: 'the answer is not that namespace' },
  });
  if (reply.ok && served !== undefined) {
    session.ledger.record({ resource: 'namespaces', scope: name, state: 'complete', items: 1 });
    return [recordOf(objectOf(served.type, { metadata: reply.value, facts: {} }, keys))];
  }
  if (reply.ok || reply.failure.kind === 'not-found') return [];
  const news = failureNews(reply.failure, `get namespace ${name}`);
  session.ledger.record({ resource: 'namespaces', scope: name, ...news });
  return [];
}

/** Reads all namespaces or, where these may not be listed, those of `scope` one by one. */
export async function readNamespaces(
  session: Session,
  scope: readonly string[] | Promise<readonly string[]>,
  keys: KeptKeys,
): Promise<Namespaces> {
  const served = servedType(session.catalog, 'namespaces');
  if (served !== undefined) {
    const listed = await listObjects(session, { served, namespace: '', keys });
    recordListing(session, { served, scope: '' }, listed);
    if (listed.end === 'complete') return { records: listed.objects.map(recordOf), all: true };
  }
  const found = await sideBySide(await scope, (name) => readOne(session, name, keys));
  return { records: found.flat(), all: false };
}

function changeOf(before: NamespaceRecord | undefined, after: NamespaceRecord | undefined): string | undefined {
  if (before === undefined) return after === undefined ? undefined : 'the namespace was made during the run';
  if (after === undefined) return 'the namespace was deleted during the run';
  if (before.uid !== after.uid) return 'the namespace was made anew during the run';
  const began = before.deletingSince === undefined && after.deletingSince !== undefined;
  return began ? 'the deletion of the namespace began during the run' : undefined;
}

/** Records each namespace of `scope` that is not the same after the run as before it. */
export function recordChanges(
  session: Session,
  scope: readonly string[],
  states: { readonly before: Namespaces; readonly after: Namespaces },
): void {
  const before = new Map(states.before.records.map((record) => [record.name, record]));
  const after = new Map(states.after.records.map((record) => [record.name, record]));
  for (const name of scope) {
    const reason = changeOf(before.get(name), after.get(name));
    if (reason !== undefined) session.ledger.record({ resource: 'namespaces', scope: name, state: 'vanished', reason });
  }
}
