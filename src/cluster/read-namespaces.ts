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
  const { name, uid, createdAt, deletingSince, labels, annotations, owners } = object;
  const record = { name, uid, createdAt, deletingSince, labels, annotations };
  return owners.length === 0 ? record : { ...record, owners };
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

/** All namespaces, and the metadata that each was read from; undefined where they cannot be listed. */
async function listAll(
  session: Session,
  keys: KeptKeys,
): Promise<{ readonly records: readonly NamespaceRecord[]; readonly metadata: readonly unknown[] } | undefined> {
  const served = servedType(session.catalog, 'namespaces');
  if (served === undefined) return undefined;
  const sources = new WeakMap<ClusterObject, unknown>();
  const listed = await listObjects(session, { served, namespace: '', keys, sources });
  recordListing(session, { served, scope: '' }, listed);
  if (listed.end !== 'complete') return undefined;
  return { records: listed.objects.map(recordOf), metadata: listed.objects.map((object) => sources.get(object)) };
}

/** Reads all namespaces or, where these may not be listed, those of `scope` one by one. */
export async function readNamespaces(
  session: Session,
  scope: readonly string[] | Promise<readonly string[]>,
  keys: KeptKeys,
): Promise<Namespaces> {
  const listed = await listAll(session, keys);
  if (listed !== undefined) return { records: listed.records, all: true };
  const found = await sideBySide(await scope, (name) => readOne(session, name, keys));
  return { records: found.flat(), all: false };
}

/** What a first look saw, until {@link namespacesBefore} takes it. */
const firstLooks = new WeakMap<Session, readonly unknown[]>();

/** Reads all namespaces, none where they may not be listed, before it is known which keys the inventory has to tell of. */
export async function lookAtNamespaces(session: Session, keys: KeptKeys): Promise<Namespaces> {
  const listed = await listAll(session, keys);
  if (listed === undefined) return { records: [], all: false };
  firstLooks.set(session, listed.metadata);
  return { records: listed.records, all: true };
}

/**
 * The namespaces as they were before anything in them was read: those of the first look, told of with these keys, or
 * read now where there was none. A look serves once, for what is read later is to be held against a later one.
 */
export async function namespacesBefore(
  session: Session,
  scope: readonly string[] | Promise<readonly string[]>,
  keys: KeptKeys,
): Promise<Namespaces> {
  const seen = firstLooks.get(session);
  const served = servedType(session.catalog, 'namespaces');
  firstLooks.delete(session);
  if (seen === undefined || served === undefined) return readNamespaces(session, scope, keys);
  return { records: seen.map((metadata) => recordOf(objectOf(served.type, { metadata, facts: {} }, keys))), all: true };
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
