import type { ClusterObject, Coverage } from '../../model/inventory.ts';
import type { Reference } from '../../model/reference.ts';
import type { ResourceType } from '../../model/resource.ts';
import { typeName } from '../../model/resource.ts';
import { sideBySide } from '../concurrency.ts';
import { servedType } from '../discovery.ts';
import type { ServedType } from '../discovery.ts';
import { listFull } from '../full-list.ts';
import { textAt } from '../json.ts';
import { failureNews, scopeWords } from '../ledger.ts';
import type { ListEnd } from '../list-pages.ts';
import type { Session } from '../session.ts';
import { isSound } from './referring.ts';
import type { ReferenceContext, ReferringType } from './referring.ts';

/** One referring type and what its reading needs. `labelsEnd` is how the labels of the namespaces were read. */
export interface ReferringRequest {
  readonly referring: ReferringType;
  readonly context: ReferenceContext;
  readonly objects: readonly ClusterObject[];
  readonly labelsEnd: ListEnd | undefined;
  /** What was read of the type before, for another purpose. */
  readonly earlier?: Earlier | undefined;
}

/** The references of a type that was listed whole. */
export interface Earlier {
  readonly end: ListEnd;
  readonly entries: readonly Reference[];
}

/** Kinds that are decoded themselves, or make pods that say nothing of their own. */
const TELLING_OWNERS: ReadonlySet<string> = new Set([
  'apps/Deployment',
  'apps/ReplicaSet',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'batch/Job',
  'batch/CronJob',
  '/ReplicationController',
  '/Node',
]);

function isOwn({ owners }: ClusterObject): boolean {
  return !owners.some(({ group, kind }) => TELLING_OWNERS.has(`${group}/${kind}`));
}

/** Which part of a type is read: all of it, or the objects of these UIDs in these namespaces. */
interface Part {
  readonly namespaces: readonly string[];
  readonly uids: ReadonlySet<string> | undefined;
}

function partOf({ referring, objects }: ReferringRequest): Part {
  if (referring.ownOnly !== true) return { namespaces: [''], uids: undefined };
  const own = objects.filter((object) => typeName(object.type) === referring.type).filter(isOwn);
  return {
    namespaces: [...new Set(own.map(({ namespace }) => namespace))],
    uids: new Set(own.map(({ uid }) => uid)),
  };
}

type Take = (object: unknown) => readonly Reference[];

function taker(request: ReferringRequest, type: ResourceType, { uids }: Part): Take {
  return (object) => {
    if (uids !== undefined && !uids.has(textAt(object, 'metadata', 'uid') ?? '')) return [];
    return referencesIn(object, type, request);
  };
}

/** The references that one whole object makes of which nothing else needs to be known. */
export function referencesAlone(object: unknown, type: ResourceType, referring: ReferringType): readonly Reference[] {
  return referencesIn(object, type, { referring, context: NO_CONTEXT });
}

const NO_CONTEXT: ReferenceContext = { labels: new Map(), services: new Set(), drivers: new Set() };

/** The references that one whole object of a type makes. */
function referencesIn(
  object: unknown,
  { group, kind: own }: Pick<ResourceType, 'group' | 'kind'>,
  { referring, context }: Pick<ReferringRequest, 'referring' | 'context'>,
): readonly Reference[] {
  const namespace = textAt(object, 'metadata', 'namespace') ?? '';
  const name = textAt(object, 'metadata', 'name') ?? '';
  const from = { group, kind: own, namespace, name };
  const pointers = referring.take({ ref: from, object }, context).filter(({ to }) => isSound(to));
  return pointers.map(({ kind, to, facts }) => ({ kind, from, to, facts }));
}

interface Listed {
  readonly end: ListEnd;
  readonly entries: readonly Reference[];
  readonly version: string;
}

/** A version whose conversion is broken answers 500; what is looked for reads the same at every served version. */
async function listAnyVersion(
  session: Session,
  from: { readonly served: ServedType; readonly namespace: string; readonly pageSize: number | undefined },
  take: Take,
): Promise<Listed> {
  const { type, otherVersions } = from.served;
  const first = await listFull(session, from, take);
  if (first.end.end !== 'failed' || first.end.failure.status !== 500) return { ...first, version: type.version };
  for (const version of otherVersions) {
    const served = { type: { ...type, version }, otherVersions };
    const listed = await listFull(session, { ...from, served }, take);
    if (listed.end.end === 'complete') return { ...listed, version };
  }
  return { ...first, version: type.version };
}

type Gap = Pick<Coverage, 'state' | 'reason'>;

function isGap(session: Session, name: string): boolean {
  return session.ledger.entries().some(({ resource, state }) => resource === name && state !== 'complete');
}

/** Why a type cannot be read at all. */
function obstacle(session: Session, type: ResourceType, { referring, labelsEnd }: ReferringRequest): Gap | undefined {
  if (!type.verbs.includes('list')) return { state: 'not-listable', reason: 'it cannot be listed' };
  if (referring.needsLabels === true && labelsEnd?.end !== 'complete') {
    return { state: 'failed', reason: 'the labels of the namespaces could not be read' };
  }
  const isUnseen = referring.ownOnly === true && isGap(session, referring.type);
  return isUnseen ? { state: 'failed', reason: 'the type could not be listed' } : undefined;
}

/** What is missing although a type can be read. */
function shortcoming(session: Session, { needsServices }: ReferringType): Gap {
  const isShort = needsServices === true && isGap(session, 'services');
  if (!isShort) return { state: 'complete', reason: '' };
  return { state: 'failed', reason: 'the Services that it may name could not be listed' };
}

function record(session: Session, type: ResourceType, listed: Listed): void {
  const { end, entries, version } = listed;
  const common = {
    resource: `references/${typeName(type)}`,
    scope: '',
    version,
    pages: end.pages,
    attempts: end.attempts,
  };
  if (end.end === 'failed') session.ledger.record({ ...common, ...failureNews(end.failure, rightOn(type)) });
  else session.ledger.record({ ...common, state: 'complete', items: entries.length });
}

function rightOn(type: ResourceType): string {
  return type.namespaced ? `list ${typeName(type)} ${scopeWords('')}` : `list ${typeName(type)}`;
}

/** Reads the references of one type, and records how complete they are. None where the type is not served. */
export async function readReferring(session: Session, request: ReferringRequest): Promise<readonly Reference[]> {
  const { type: name, pageSize } = request.referring;
  const served = servedType(session.catalog, name);
  if (served === undefined) return [];
  const { type } = served;
  const hindered = obstacle(session, type, request);
  const state = hindered ?? shortcoming(session, request.referring);
  session.ledger.record({ resource: `references/${name}`, scope: '', ...state });
  if (hindered !== undefined) return [];
  if (request.earlier !== undefined) {
    record(session, type, { ...request.earlier, version: type.version });
    return request.earlier.entries;
  }
  const part = partOf(request);
  const take = taker(request, type, part);
  const found = await sideBySide(part.namespaces, async (namespace) => {
    const listed = await listAnyVersion(session, { served, namespace, pageSize }, take);
    record(session, type, listed);
    return listed.entries;
  });
  return found.flat();
}
