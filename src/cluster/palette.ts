import { labelOf } from '../model/evidence-keys.ts';
import type { NamespaceRecord } from '../model/inventory.ts';
import { mayBePersonsManager } from '../model/managers.ts';
import type { PaletteResources } from '../model/pack-resource.ts';
import { compareText, typeName } from '../model/resource.ts';
import type { UnseenPack } from '../model/unseen-pack.ts';
import { agentNameFor, isAgentName, ownAgentNamespace, uidOfAgent } from './agent-namespace.ts';
import { begun, sideBySide } from './concurrency.ts';
import { servedType } from './discovery.ts';
import type { ServedType } from './discovery.ts';
import { listFull } from './full-list.ts';
import type { RequestFailure } from './failure.ts';
import type { FullList } from './full-list.ts';
import { at, textAt } from './json.ts';
import { EVIDENCE_KEYS } from './kept-keys.ts';
import { failureNews, recordDetour, scopeWords } from './ledger.ts';
import { ONE_METADATA } from './media-types.ts';
import { writersOf } from './object-metadata.ts';
import {
  joinedProfiles,
  packResourceOf,
  profilesOfCluster,
  profilesOfProfile,
  unseenPacks,
} from './pack-resource-fields.ts';
import { lookAtNamespaces, readNamespaces } from './read-namespaces.ts';
import type { Namespaces } from './read-namespaces.ts';
import type { Session } from './session.ts';

const GROUP = 'cluster.spectrocloud.com';
const PACKS = `packs.${GROUP}`;
/** The Pack resources as definitions, apart from Pack as one of the types that a namespace may hold. */
const DEFINITIONS = `definitions/${PACKS}`;

/** What the cluster says of Palette, and what later readings need of it. */
export interface PaletteReading {
  readonly resources: PaletteResources;
  readonly clusterName: string | undefined;
  readonly managers: readonly string[];
  readonly otherAgentNamespaces: readonly string[];
  readonly unseenPacks: readonly UnseenPack[];
}

/** What is asked for: the cluster's UID where the caller named it, the version for macros. */
export interface PaletteRequest {
  readonly clusterUid: string | undefined;
  readonly kubernetesVersion: Promise<string | undefined>;
}

function note(session: Session, text: string): void {
  session.ledger.record({ resource: DEFINITIONS, scope: '', state: 'complete', note: text });
}

/** The namespaces of Palette's agents, which matter only where more may not be listed. */
type Agents = Promise<readonly string[]>;

function recordPacks(session: Session, of: { version: string; scope: string }, list: FullList<unknown>): void {
  const { end, entries, durationMs } = list;
  const right = `list ${PACKS} ${scopeWords(of.scope)}`;
  const news = end.end === 'failed' ? failureNews(end.failure, right) : { state: 'complete' as const };
  const effort = { pages: end.pages, attempts: end.attempts, durationMs };
  session.ledger.record({ resource: DEFINITIONS, ...of, items: entries.length, ...effort, ...news });
}

async function readPacks(session: Session, served: ServedType, known: Agents): Promise<readonly unknown[]> {
  const { version } = served.type;
  const whole = await listFull(session, { served, namespace: '' }, (object) => [object]);
  const isForbidden = whole.end.end === 'failed' && whole.end.failure.kind === 'forbidden';
  const agents = isForbidden ? await known : [];
  if (agents.length === 0) {
    recordPacks(session, { version, scope: '' }, whole);
    return whole.entries;
  }
  const lists = await sideBySide(agents, async (namespace) => {
    const list = await listFull(session, { served, namespace }, (object) => [object]);
    recordPacks(session, { version, scope: namespace }, list);
    if (list.end.end !== 'failed') recordDetour(session.ledger);
    return list.entries;
  });
  return lists.flat();
}

/** Who has which profile is no matter of an audit, so there it is a note; a removal needs it. */
function recordUnread(
  session: Session,
  resource: string,
  { scope, failure }: { readonly scope: string; readonly failure: RequestFailure },
): void {
  note(session, `${resource} were not read: ${failure.reason}`);
  const news = failureNews(failure, `list ${resource}.${GROUP} ${scopeWords(scope)}`);
  session.ledger.record({ resource: `profiles/${resource}.${GROUP}`, scope, ...news });
}

/** Lists a kind that only adds to what is known, where need be in the agents' namespaces only: a failure is a note. */
async function readEnrichment(session: Session, resource: string, known: Agents): Promise<readonly unknown[]> {
  const served = servedType(session.catalog, `${resource}.${GROUP}`);
  if (served === undefined) return [];
  const inScope = (namespace: string) => listFull(session, { served, namespace }, (object) => [object]);
  const whole = await inScope('');
  if (whole.end.end !== 'failed') return whole.entries;
  const isForbidden = whole.end.failure.kind === 'forbidden' && served.type.namespaced;
  const agents = isForbidden ? await known : [];
  if (agents.length === 0) {
    recordUnread(session, resource, { scope: '', failure: whole.end.failure });
    return [];
  }
  const lists = await sideBySide(agents, async (namespace) => {
    const list = await inScope(namespace);
    if (list.end.end === 'failed') recordUnread(session, resource, { scope: namespace, failure: list.end.failure });
    else recordDetour(session.ledger);
    return list.entries;
  });
  return lists.flat();
}

function namespacesOf(objects: readonly unknown[]): readonly string[] {
  const names = objects.map((object) => textAt(object, 'metadata', 'namespace') ?? '');
  return [...new Set(names)].filter((name) => name !== '').toSorted(compareText);
}

/** The metadata of one ConfigMap; undefined when it is not there or cannot be read, which is noted. */
async function configMapMetadata(session: Session, namespace: string, name: string): Promise<unknown> {
  const reply = await session.transport.get({
    path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/configmaps/${encodeURIComponent(name)}`,
    accept: ONE_METADATA,
    parse: (body) =>
      textAt(body, 'metadata', 'name') === name
        ? { ok: true, value: at(body, 'metadata') }
        : { ok: false, reason: 'the answer is not that ConfigMap' },
  });
  if (reply.ok) return reply.value;
  if (reply.failure.kind !== 'not-found') note(session, `configmap ${name} was not read: ${reply.failure.reason}`);
  return undefined;
}

async function withClusterInfo(session: Session, namespaces: readonly string[]): Promise<readonly string[]> {
  if (namespaces.length < 2) return [];
  const found = await sideBySide(namespaces, async (namespace) => {
    const metadata = await configMapMetadata(session, namespace, 'cluster-info');
    return metadata === undefined ? [] : [namespace];
  });
  return found.flat();
}

async function managersOf(
  session: Session,
  agent: string | undefined,
  packs: readonly unknown[],
): Promise<readonly string[]> {
  if (agent === undefined) return [];
  const labeller = await configMapMetadata(session, agent, 'namespace-labeler-labels');
  const ofStatus = packs.flatMap((pack) =>
    writersOf(at(pack, 'metadata')).filter(({ subresource }) => subresource === 'status'),
  );
  const managers = [...ofStatus, ...writersOf(labeller)].map(({ manager }) => manager);
  return [...new Set(managers)].filter((manager) => !mayBePersonsManager(manager)).toSorted(compareText);
}

/** The agent namespace that the caller named, where no Pack resources tell. Throws UserError when it is not there. */
async function namedAgent(session: Session, { clusterUid }: PaletteRequest): Promise<string | undefined> {
  if (clusterUid === undefined) return undefined;
  const { records, all } = await readNamespaces(session, [], EVIDENCE_KEYS);
  if (!all) {
    note(session, `whether this is the cluster of --cluster-uid was not checked, for its namespaces were not listed`);
    return undefined;
  }
  const signs = { withPacks: [], withSpectroCluster: [], withClusterInfo: [], namespaces: records };
  return ownAgentNamespace({ asked: clusterUid, ...signs });
}

async function notServed(session: Session, request: PaletteRequest): Promise<PaletteReading> {
  const served = session.catalog.failed.some(({ group }) => group === GROUP);
  const macroFacts = {
    clusterUid: request.clusterUid,
    clusterName: undefined,
    kubernetesVersion: await request.kubernetesVersion,
  };
  const agentNamespace = await namedAgent(session, request);
  const { records: namespaces } = await lookAtNamespaces(session, EVIDENCE_KEYS);
  const resources = { served, agentNamespace, packs: [], macroFacts, namespaces };
  return { resources, clusterName: undefined, managers: [], otherAgentNamespaces: [], unseenPacks: [] };
}

function clusterNameOf(
  agent: string | undefined,
  namespaces: readonly NamespaceRecord[],
  clusters: readonly unknown[],
): string | undefined {
  const namespace = namespaces.find(({ name }) => name === agent);
  const label = namespace && labelOf(namespace, 'spectrocloud.com/cluster-name');
  const own = clusters.filter((cluster) => textAt(cluster, 'metadata', 'namespace') === agent);
  return label ?? (own.length === 1 ? textAt(own[0], 'metadata', 'name') : undefined);
}

/** Where namespaces may not be listed, the caller may still know the one that counts. */
function agentsIn({ records, all }: Namespaces, { clusterUid }: PaletteRequest): readonly string[] {
  if (!all) return clusterUid === undefined ? [] : [agentNameFor(clusterUid)];
  return records.map(({ name }) => name).filter(isAgentName);
}

/**
 * Reads what the cluster itself says of Palette: Pack resources at any served version, profile names, who writes for
 * Palette. Only this cluster's own agent namespace counts; throws UserError when it cannot be told.
 */
export async function readPalette(session: Session, request: PaletteRequest): Promise<PaletteReading> {
  const served = servedType(session.catalog, PACKS);
  if (served === undefined || typeName(served.type) !== PACKS) return notServed(session, request);
  const known = lookAtNamespaces(session, EVIDENCE_KEYS);
  const agents = begun(known.then((there) => agentsIn(there, request)));
  const [{ records: namespaces }, packs, clusters, clusterProfiles] = await Promise.all([
    known,
    readPacks(session, served, agents),
    readEnrichment(session, 'spectroclusters', agents),
    readEnrichment(session, 'clusterprofiles', agents),
  ]);
  const withPacks = namespacesOf(packs);
  const agent = ownAgentNamespace({
    asked: request.clusterUid,
    withPacks,
    withSpectroCluster: namespacesOf(clusters),
    withClusterInfo: await withClusterInfo(session, withPacks),
    namespaces,
  });
  const inAgent = (object: unknown): boolean => textAt(object, 'metadata', 'namespace') === agent;
  const fromProfiles = clusterProfiles.flatMap(profilesOfProfile);
  const profiles = joinedProfiles([...clusters.filter(inAgent).flatMap(profilesOfCluster), ...fromProfiles]);
  const own = packs.filter(inAgent);
  const names = new Set(own.map((pack) => textAt(pack, 'metadata', 'name') ?? ''));
  const clusterName = clusterNameOf(agent, namespaces, clusters);
  const clusterUid = agent === undefined ? request.clusterUid : uidOfAgent(agent);
  return {
    resources: {
      served: true,
      agentNamespace: agent,
      packs: own.map((pack) => packResourceOf(pack, profiles)).toSorted((a, b) => compareText(a.name, b.name)),
      macroFacts: { clusterUid, clusterName, kubernetesVersion: await request.kubernetesVersion },
      namespaces,
    },
    clusterName,
    managers: await managersOf(session, agent, own),
    otherAgentNamespaces: withPacks.filter((namespace) => namespace !== agent),
    unseenPacks: clusters.filter(inAgent).flatMap((cluster) => unseenPacks(cluster, names)),
  };
}
