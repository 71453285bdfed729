import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterObject } from '../model/inventory.ts';
import type { ResourceType } from '../model/resource.ts';
import { typeName } from '../model/resource.ts';
import { collectionPath } from './api-path.ts';
import { hasNoDefinition } from './custom-definitions.ts';
import type { Deadline } from './deadline.ts';
import { readVersion } from './discovery.ts';
import type { ServedType } from './discovery.ts';
import type { RequestFailure } from './failure.ts';
import { makeRoomFor } from './heap-room.ts';
import type { KeptKeys } from './kept-keys.ts';
import { listPages } from './list-pages.ts';
import type { ListEnd, ListJob } from './list-pages.ts';
import type { ListPage } from './list-page.ts';
import { COLUMNS_OR_OBJECTS, METADATA_ONLY, METADATA_OR_OBJECTS } from './media-types.ts';
import { factsReader, hasFacts } from './object-facts.ts';
import { objectOf } from './object-metadata.ts';
import type { Session } from './session.ts';
import { at, textAt } from './json.ts';

const MOST_LOOKS = 3;

/** Which objects to list: `namespace` '' for everywhere; `query` narrows, for instance by a selector. */
export interface ObjectsRequest {
  readonly served: ServedType;
  readonly namespace: string;
  readonly keys: KeptKeys;
  readonly query?: string;
  readonly goOn?: (first: ListPage) => boolean;
  /** Which names are of interest; without it all. */
  readonly names?: ReadonlySet<string>;
  /** Of which namespaces objects are of interest; without it of all. */
  readonly namespaces?: ReadonlySet<string>;
  /** Gets the metadata that each object was read from, for who may need more of it later. */
  readonly sources?: WeakMap<ClusterObject, unknown>;
  /** How many objects the first page may hold, where that is less than usual. */
  readonly firstPage?: number;
  /** When to give up; without it after the transport's time for one list. */
  readonly deadline?: Deadline;
}

/** How a listing of one type in one scope ended. `vanished`: the type itself went away meanwhile. */
type ListedEnd =
  | { readonly end: 'complete' }
  | { readonly end: 'abandoned' }
  | { readonly end: 'vanished'; readonly reason: string }
  | { readonly end: 'failed'; readonly failure: RequestFailure };

export type Listed = ListedEnd & {
  readonly objects: readonly ClusterObject[];
  readonly version: string;
  readonly note: string;
  readonly pages: number;
  readonly attempts: number;
  readonly durationMs: number;
};

function acceptedOf(type: ResourceType): string {
  if (typeName(type) === 'secrets') return METADATA_ONLY;
  return hasFacts(type) ? COLUMNS_OR_OBJECTS : METADATA_OR_OBJECTS;
}

/** Of a large type nearly none may be: what is passed over is not looked at any further. */
function isOfInterest(object: unknown, { names, namespaces }: ObjectsRequest): boolean {
  if (names?.has(textAt(object, 'metadata', 'name') ?? '') === false) return false;
  return namespaces?.has(textAt(object, 'metadata', 'namespace') ?? '') !== false;
}

async function listVersion(
  session: Session,
  type: ResourceType,
  request: ObjectsRequest,
): Promise<{ readonly end: ListEnd; readonly objects: readonly ClusterObject[] }> {
  const objects: ClusterObject[] = [];
  const job: ListJob = {
    path: collectionPath(type, request.namespace),
    query: ['includeObject=Metadata', request.query ?? ''].filter((part) => part !== '').join('&'),
    accept: acceptedOf(type),
    expected: { type, namespace: request.namespace },
    // Servers before 1.19 tell pages of a selection apart wrongly; one answer cannot be.
    chunkSize: request.query === undefined ? (request.firstPage ?? session.chunkSize) : 0,
    goOn: request.goOn,
    deadline: request.deadline,
    onRestart: () => {
      objects.length = 0;
    },
    onPage: (page) => {
      makeRoomFor(page.items.length);
      const facts = factsReader(type, page.columns);
      for (const { object, cells } of page.items) {
        if (!isOfInterest(object, request)) continue;
        const metadata = at(object, 'metadata');
        const found = objectOf(request.served.type, { metadata, facts: facts(cells) }, request.keys);
        request.sources?.set(found, metadata);
        objects.push(found);
      }
    },
  };
  return { end: await listPages(session.transport, job), objects };
}

/** Proved gone: discovery does not name the type any more, and there is no definition of it. */
async function isGone(session: Session, type: ResourceType): Promise<boolean> {
  const reply = await readVersion(session.transport, type);
  const isUnnamed = reply.ok
    ? !reply.value.types.some(({ resource }) => resource === type.resource)
    : reply.failure.status === 404;
  return isUnnamed && hasNoDefinition(session, type);
}

/** A 404 does not prove a type gone, an API server that starts answers so too: a type still there is listed again. */
async function lookAgain(session: Session, request: ObjectsRequest, first: Listed): Promise<Listed> {
  let last = first;
  for (let look = 1; look < MOST_LOOKS; look += 1) {
    const gone = await isGone(session, request.served.type);
    if (gone) return { ...last, end: 'vanished', reason: 'the type went away during the run', objects: [] };
    await sleep(session.transport.limits.backoffMs, undefined, { signal: session.ports.signal });
    last = await listAt(session, request.served.type, request);
    if (!isNotFound(last)) return last;
  }
  return last;
}

function isNotFound(listed: Listed): boolean {
  return listed.end === 'failed' && listed.failure.kind === 'not-found';
}

async function listAt(session: Session, type: ResourceType, request: ObjectsRequest): Promise<Listed> {
  const started = performance.now();
  const { end, objects } = await listVersion(session, type, request);
  const durationMs = Math.round(performance.now() - started);
  const rest = { version: type.version, note: '', pages: end.pages, attempts: end.attempts, durationMs };
  if (end.end === 'failed') return { end: 'failed', failure: end.failure, objects: [], ...rest };
  return { end: end.end, objects: end.end === 'complete' ? objects : [], ...rest };
}

/** At its storage version no object needs a broken conversion webhook, so another served version may answer. */
async function otherVersions(session: Session, request: ObjectsRequest, first: Listed): Promise<Listed> {
  for (const version of request.served.otherVersions) {
    const listed = await listAt(session, { ...request.served.type, version }, request);
    if (listed.end === 'complete') return { ...listed, note: `listed at ${version}` };
  }
  return first;
}

/**
 * Lists the metadata of one type in one scope. Never rejects but for an aborted run: how it ended is part of the
 * value, and only a complete listing has objects.
 */
export async function listObjects(session: Session, request: ObjectsRequest): Promise<Listed> {
  const listed = await listAt(session, request.served.type, request);
  if (isNotFound(listed)) return lookAgain(session, request, listed);
  const refused = listed.end === 'failed' && listed.failure.kind === 'server' && listed.failure.status === 500;
  return refused ? otherVersions(session, request, listed) : listed;
}
