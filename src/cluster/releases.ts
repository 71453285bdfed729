import type { ClusterObject, Coverage, Release, ReleasedObject } from '../model/inventory.ts';
import { refKey, typeName } from '../model/resource.ts';
import { collectionPath } from './api-path.ts';
import { sideBySide } from './concurrency.ts';
import { servedType } from './discovery.ts';
import type { ServedType } from './discovery.ts';
import { freeBytes } from './free-bytes.ts';
import { EVIDENCE_KEYS } from './kept-keys.ts';
import { failureNews, recordDetour, scopeWords } from './ledger.ts';
import { listObjects } from './list-objects.ts';
import type { Listed } from './list-objects.ts';
import { PROTOBUF_OR_JSON } from './media-types.ts';
import { readNamespaces } from './read-namespaces.ts';
import { recordDecoder } from './release-record.ts';
import type { DecodedRelease } from './release-record.ts';
import { storedReleases } from './release-storage.ts';
import type { StoredRelease, StoredRevision } from './release-storage.ts';
import type { Session } from './session.ts';
import { recordIn, storageObject, unwrapped } from './stored-record.ts';

/** The name under which the coverage speaks of Helm's records as a whole. */
const ALL_RELEASES = 'release/*';
/** Decoding one takes longer than fetching it, and a record may be 1 MB: more would only lie in memory and wait. */
const RECORDS_AT_ONCE = 3;
const SELECTOR = `labelSelector=${encodeURIComponent('owner=helm')}`;

function endOf(listed: Listed, right: string): Pick<Coverage, 'state'> & Partial<Coverage> {
  if (listed.end === 'failed') return failureNews(listed.failure, right);
  return listed.end === 'complete' ? { state: 'complete' } : { state: 'vanished', reason: 'the type went away' };
}

type Near = readonly string[] | Promise<readonly string[]>;

/** Where neither the whole cluster nor its namespaces may be listed, those that are `near` still tell of themselves. */
async function listStorage(session: Session, served: ServedType, near: Near): Promise<readonly ClusterObject[]> {
  const inScope = async (namespace: string) => {
    const listed = await listObjects(session, { served, namespace, keys: EVIDENCE_KEYS, query: SELECTOR });
    const right = `list ${typeName(served.type)} ${scopeWords(namespace)}`;
    const { pages, attempts, durationMs } = listed;
    const common = { resource: ALL_RELEASES, version: 'v1', scope: namespace, pages, attempts, durationMs };
    return { listed, news: { ...common, items: listed.objects.length, ...endOf(listed, right) } };
  };
  const whole = await inScope('');
  const forbidden = whole.news.state === 'forbidden';
  const namespaces = forbidden ? await readNamespaces(session, [], EVIDENCE_KEYS) : { records: [], all: false };
  if (!namespaces.all) session.ledger.record(whole.news);
  if (!forbidden) return whole.listed.objects;
  const names = namespaces.all ? namespaces.records.map(({ name }) => name) : await near;
  const lists = await sideBySide(names, async (name) => {
    const one = await inScope(name);
    session.ledger.record(one.news);
    if (one.news.state === 'complete') recordDetour(session.ledger);
    return one.listed.objects;
  });
  return lists.flat();
}

function recordPath(session: Session, stored: StoredRevision): string {
  const served = servedType(session.catalog, stored.storageKind === 'Secret' ? 'secrets' : 'configmaps');
  const type = served?.type ?? { group: '', version: 'v1', resource: 'secrets' };
  return `${collectionPath(type, stored.storageNamespace)}/${encodeURIComponent(stored.storageName)}`;
}

/** Fetches and decodes releases; they are read one at a time, whatever is in flight. */
function createDecoder(session: Session): (stored: StoredRevision) => Promise<DecodedRelease | undefined> {
  const decode = recordDecoder();
  return async (stored) => {
    const started = performance.now();
    const of = { resource: `release/${stored.name}`, version: 'v1', scope: stored.storageNamespace, pages: 1 };
    const reply = await session.transport.get({
      path: recordPath(session, stored),
      accept: PROTOBUF_OR_JSON,
      unpacked: true,
      // Few are in flight, and they take longest: else they would be what all waits for in the end.
      isNext: true,
      decode: (body) => storageObject(body, stored),
      parse: (object) => {
        const record = recordIn(object, stored);
        return record === undefined ? { ok: false, reason: 'it holds no release' } : { ok: true, value: record };
      },
    });
    const entry = { ...of, attempts: reply.attempts, durationMs: Math.round(performance.now() - started) };
    if (!reply.ok) {
      const right = `get ${stored.storageKind.toLowerCase()}s ${scopeWords(stored.storageNamespace)}`;
      session.ledger.record({ ...entry, ...failureNews(reply.failure, right) });
      return undefined;
    }
    try {
      const decoded = await decode(unwrapped(reply.value));
      freeBytes(reply.value.bytes);
      if (decoded.name !== stored.name) throw new Error('the record names another release');
      session.ledger.record({ ...entry, state: 'complete', items: decoded.objects.length });
      return decoded;
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'the record cannot be decoded';
      session.ledger.record({ ...entry, state: 'failed', reason });
      return undefined;
    }
  };
}

function union(lists: readonly (readonly ReleasedObject[])[]): readonly ReleasedObject[] {
  const found = new Map<string, ReleasedObject>();
  for (const object of lists.flat()) {
    const key = `${refKey(object.ref)} ${object.hook}`;
    if (!found.has(key)) found.set(key, object);
  }
  return [...found.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
}

function undecoded(newest: StoredRevision): Release {
  return {
    name: newest.name,
    namespace: newest.storageNamespace,
    storageNamespace: newest.storageNamespace,
    storageKind: newest.storageKind,
    storageName: newest.storageName,
    revision: newest.revision,
    status: newest.status === '' ? 'unknown' : newest.status,
    chart: '',
    chartVersion: '',
    objects: [],
    decoded: false,
  };
}

/** An uninstalled release owns nothing but what its manifest keeps. */
function owned(decoded: DecodedRelease): readonly ReleasedObject[] {
  return decoded.status === 'uninstalled' ? decoded.objects.filter(({ keep }) => keep) : decoded.objects;
}

type Decoder = ReturnType<typeof createDecoder>;

/** The last deployed revision, where the newest is not simply deployed and so shares its objects with that one. */
function lastDeployed(status: string, older: readonly StoredRevision[]): StoredRevision | undefined {
  const isSettled = status === 'deployed' || status === 'uninstalled';
  return isSettled ? undefined : older.find((stored) => stored.status === 'deployed');
}

async function readRelease(decoder: Decoder, stored: StoredRelease): Promise<Release> {
  const [newest, ...older] = stored;
  const decoded = await decoder(newest);
  if (decoded === undefined) return undecoded(newest);
  const deployed = lastDeployed(decoded.status, older);
  const before = deployed === undefined ? undefined : await decoder(deployed);
  const { status, chart, chartVersion, namespace } = decoded;
  return {
    ...undecoded(newest),
    namespace: namespace === '' ? newest.storageNamespace : namespace,
    status,
    chart,
    chartVersion,
    objects: union([owned(decoded), before?.objects ?? []]),
    decoded: deployed === undefined || before !== undefined,
  };
}

/**
 * Reads all Helm releases of the cluster from Secrets and ConfigMaps: metadata first, then one record per release.
 * What cannot be listed or decoded becomes coverage; `without` leaves all of them out, which is a gap too. `near` are
 * the namespaces to look at where more may not be listed.
 */
export async function readReleases(session: Session, without: boolean, near: Near): Promise<readonly Release[]> {
  if (without) {
    const reason = 'left out by --without-releases';
    session.ledger.record({ resource: ALL_RELEASES, version: 'v1', scope: '', state: 'excluded', reason });
    return [];
  }
  const types = ['secrets', 'configmaps'].map((name) => servedType(session.catalog, name));
  const storage = await sideBySide(
    types.filter((type) => type !== undefined),
    (served) => listStorage(session, served, near),
  );
  // Where it cannot be found out, nothing more is to be read.
  await near;
  const decoder = createDecoder(session);
  return sideBySide(storedReleases(storage.flat()), (stored) => readRelease(decoder, stored), RECORDS_AT_ONCE);
}
