import type { ClusterObject } from '../model/inventory.ts';
import { typeName } from '../model/resource.ts';
import { sideBySide } from './concurrency.ts';
import { createDeadline } from './deadline.ts';
import type { Deadline } from './deadline.ts';
import type { ServedType } from './discovery.ts';
import type { KeptKeys } from './kept-keys.ts';
import { failureNews, recordDetour, scopeWords } from './ledger.ts';
import { listObjects } from './list-objects.ts';
import type { Listed } from './list-objects.ts';
import { beginsClusterWide, firstPage, goesOnClusterWide } from './listing-plan.ts';
import type { Session } from './session.ts';

/**
 * What the answer needs of a type: everything (`whole`), or the namespaces of `scope`. `everyNamespace` is all
 * namespaces there are, undefined when they are not known.
 */
export interface TypeRequest {
  readonly served: ServedType;
  readonly whole: boolean;
  readonly scope: readonly string[];
  readonly everyNamespace: readonly string[] | undefined;
  readonly keys: KeptKeys;
}

interface TimedRequest extends TypeRequest {
  readonly deadline: Deadline;
  /** Whether it was tried in all namespaces at once, and failed. */
  readonly isDetour?: boolean;
}

/** Records how the listing of one type in one scope ended. */
export function recordListing(session: Session, of: { served: ServedType; scope: string }, listed: Listed): void {
  const { scope } = of;
  const { type } = of.served;
  const right = type.namespaced ? `list ${typeName(type)} ${scopeWords(scope)}` : `list ${typeName(type)}`;
  const { version, note, pages, attempts, durationMs } = listed;
  const common = { resource: typeName(type), scope, version, note, pages, attempts, durationMs };
  const items = scope === '' ? listed.objects.length : listed.objects.filter((o) => o.namespace === scope).length;
  if (listed.end === 'failed') session.ledger.record({ ...common, ...failureNews(listed.failure, right) });
  else if (listed.end === 'complete') session.ledger.record({ ...common, items, state: 'complete' });
  else session.ledger.record({ ...common, state: 'vanished', reason: listed.end === 'vanished' ? listed.reason : '' });
}

/** Of one type few lists are in flight, so that a type that does not answer leaves room for the others. */
const LISTS_AT_ONCE = 2;

/** Lists namespace by namespace. The type's time runs out when none of them comes to its end any more. */
async function readNamespaces(
  session: Session,
  request: TimedRequest,
  namespaces: readonly string[],
): Promise<readonly ClusterObject[]> {
  const { served, keys, deadline } = request;
  const inNamespace = async (namespace: string): Promise<readonly ClusterObject[]> => {
    const listed = await listObjects(session, { served, namespace, keys, deadline });
    if (listed.end === 'complete') deadline.renew();
    if (listed.end === 'complete' && request.isDetour === true) recordDetour(session.ledger);
    recordListing(session, { served, scope: namespace }, listed);
    return listed.objects;
  };
  return (await sideBySide(namespaces, inNamespace, LISTS_AT_ONCE)).flat();
}

function tellFallback(session: Session, { type }: ServedType): void {
  session.ports.log(2, `${typeName(type)} may not be listed in all namespaces, so each namespace is listed`);
}

function isForbidden(listed: Listed): boolean {
  return listed.end === 'failed' && listed.failure.kind === 'forbidden';
}

async function readWhole(session: Session, request: TimedRequest): Promise<readonly ClusterObject[]> {
  const { served, keys, deadline } = request;
  const listed = await listObjects(session, { served, namespace: '', keys, deadline });
  if (!served.type.namespaced || !isForbidden(listed)) {
    recordListing(session, { served, scope: '' }, listed);
    return listed.objects;
  }
  tellFallback(session, served);
  if (request.everyNamespace === undefined) recordListing(session, { served, scope: '' }, listed);
  return readNamespaces(session, { ...request, isDetour: true }, request.everyNamespace ?? request.scope);
}

/** A refusal, a server error or too much elsewhere says nothing about the namespaces themselves. */
function triesNamespaces(listed: Listed): boolean {
  if (listed.end === 'abandoned') return true;
  return listed.end === 'failed' && (listed.failure.kind === 'forbidden' || listed.failure.status === 500);
}

async function readScope(session: Session, request: TimedRequest): Promise<readonly ClusterObject[]> {
  const { served, scope, keys, deadline } = request;
  if (!beginsClusterWide(scope.length)) return readNamespaces(session, request, scope);
  const goOn = (first: { readonly remaining: number | undefined }): boolean =>
    goesOnClusterWide(first.remaining, scope.length);
  const pages = { goOn, firstPage: firstPage(scope.length, session.chunkSize), deadline };
  const listed = await listObjects(session, { served, namespace: '', keys, namespaces: new Set(scope), ...pages });
  if (isForbidden(listed)) tellFallback(session, served);
  const isDetour = listed.end === 'failed';
  if (triesNamespaces(listed)) return readNamespaces(session, { ...request, isDetour }, scope);
  for (const namespace of scope) recordListing(session, { served, scope: namespace }, listed);
  return listed.objects;
}

/** Lists what the answer needs of one type the cheaper way, and records how complete each scope is. */
export async function readType(session: Session, request: TypeRequest): Promise<readonly ClusterObject[]> {
  const { type } = request.served;
  if (type.verbs.includes('list')) {
    const timed = { ...request, deadline: createDeadline(session.transport.limits.listMs) };
    return request.whole ? readWhole(session, timed) : readScope(session, timed);
  }
  const reason = 'it can be deleted with its namespace but not be listed';
  for (const scope of request.whole ? [''] : request.scope) {
    session.ledger.record({ resource: typeName(type), version: type.version, scope, state: 'not-listable', reason });
  }
  return [];
}
