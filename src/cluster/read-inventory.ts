import { EVIDENCE_ANNOTATIONS, EVIDENCE_LABELS } from '../model/evidence-keys.ts';
import type { ClusterIdentity, ClusterObject, Inventory, Release } from '../model/inventory.ts';
import type { ResourceType } from '../model/resource.ts';
import { compareText, typeName } from '../model/resource.ts';
import { ownedAmong, readClusterOwners } from './cluster-owners.ts';
import { begun, sideBySide } from './concurrency.ts';
import { servedType } from './discovery.ts';
import type { ServedType } from './discovery.ts';
import type { KeptKeys } from './kept-keys.ts';
import { coverageLine } from './ledger.ts';
import { listObjects } from './list-objects.ts';
import type { PaletteReading } from './palette.ts';
import { readConditions } from './namespace-conditions.ts';
import { emptyPools } from './pool.ts';
import { namespacesBefore, readNamespaces, recordChanges } from './read-namespaces.ts';
import type { Namespaces } from './read-namespaces.ts';
import { readType, recordListing } from './read-type.ts';
import { readReferences } from './references.ts';
import { checkDiscovery } from './second-discovery.ts';
import type { Session } from './session.ts';
import { uniqueObjects } from './unique-objects.ts';
import { readWitnesses } from './witnesses.ts';
import type { Testimony } from './witnesses.ts';
import { readClaimTemplates, readFluxInventories } from './workload-details.ts';

/**
 * Which part of the cluster the answer needs. Declared keys are kept on namespaces, extra label keys on every object,
 * beside those of the evidence table.
 */
export interface InventoryRequest {
  /** The namespaces at stake. May come later, where the answer needs the whole cluster: then nothing waits for it. */
  readonly scope: readonly string[] | Promise<readonly string[]>;
  readonly wholeCluster: boolean;
  readonly declaredLabelKeys: ReadonlySet<string>;
  readonly declaredAnnotationKeys: ReadonlySet<string>;
  readonly extraLabelKeys?: ReadonlySet<string>;
  /** Whether to read what objects say of each other, which needs the whole cluster. */
  readonly references?: boolean;
  /** A type to list whatever else is, as `TYPE.GROUP`: one without a namespace cluster-wide, others in the scope. */
  readonly alsoType?: string;
}

/** What was read before the inventory and becomes part of it. */
export interface EarlierReadings {
  readonly cluster: ClusterIdentity;
  readonly takenAt: string;
  readonly releases: readonly Release[];
  readonly palette: PaletteReading | undefined;
}

/** A request whose namespaces are known, each once and in order. */
interface Scoped extends InventoryRequest {
  readonly scope: readonly string[];
}

/** `earlier` is what began before, and need not have come to its end. */
interface From {
  readonly server: string;
  readonly earlier: Promise<EarlierReadings>;
}

function objectKeys(request: InventoryRequest): KeptKeys {
  return {
    labels: new Set([...EVIDENCE_LABELS, ...(request.extraLabelKeys ?? [])]),
    annotations: EVIDENCE_ANNOTATIONS,
  };
}

function namespaceKeys(request: InventoryRequest): KeptKeys {
  return {
    labels: new Set([...objectKeys(request).labels, ...request.declaredLabelKeys]),
    annotations: new Set([...EVIDENCE_ANNOTATIONS, ...request.declaredAnnotationKeys]),
  };
}

/** What the namespace controller destroys; for the whole cluster also what is listed beside it. */
function wanted(session: Session, { wholeCluster, alsoType }: InventoryRequest): readonly ServedType[] {
  return session.catalog.types.filter(({ type }) => {
    if (typeName(type) === alsoType) return true;
    return type.namespaced ? type.verbs.includes('delete') : wholeCluster && type.verbs.includes('list');
  });
}

/** Where namespaces may not be listed, that is known and said already. */
function isNamespaceType({ group, resource }: ResourceType): boolean {
  return group === '' && resource === 'namespaces';
}

async function readTypes(session: Session, request: Scoped, namespaces: Namespaces): Promise<readonly ClusterObject[]> {
  const types = wanted(session, request).filter(({ type }) => namespaces.all || !isNamespaceType(type));
  const everyNamespace = namespaces.all ? namesIn(namespaces) : undefined;
  const keys = objectKeys(request);
  let done = 0;
  const lists = await sideBySide(types, async (served) => {
    const objects = await readType(session, {
      served,
      whole: request.wholeCluster || !served.type.namespaced,
      scope: request.scope,
      everyNamespace,
      keys,
    });
    done += 1;
    session.ports.progress(done, types.length);
    return objects;
  });
  return lists.flat();
}

/** Volumes tell whether the data of a claim outlives it. Where they cannot be read, that stays unknown. */
async function readVolumes(session: Session, request: Scoped): Promise<readonly ClusterObject[]> {
  const served = servedType(session.catalog, 'persistentvolumes');
  if (request.wholeCluster || request.alsoType === 'persistentvolumes' || served === undefined) return [];
  const listed = await listObjects(session, { served, namespace: '', keys: objectKeys(request) });
  recordListing(session, { served, scope: '' }, listed);
  const wantedNamespaces = new Set(request.scope);
  return listed.objects.filter(({ facts }) => wantedNamespaces.has((facts.claim ?? '').split('/')[0] ?? ''));
}

const SYSTEM = 'kube-system';

function namesIn({ records }: Namespaces): readonly string[] {
  return records.map(({ name }) => name);
}

/**
 * Reads the namespaces a second time: what changed meanwhile was not seen as one state. By the one that every cluster
 * has it shows whether the same cluster answered.
 */
async function checkAgain(session: Session, request: Scoped, before: Namespaces): Promise<void> {
  const asked = before.all && !request.scope.includes(SYSTEM) ? [...request.scope, SYSTEM] : request.scope;
  const after = await readNamespaces(session, asked, namespaceKeys(request));
  const scope = request.wholeCluster ? [...new Set([...asked, ...namesIn(before), ...namesIn(after)])] : asked;
  if (before.all === after.all) recordChanges(session, scope, { before, after });
  else {
    const reason = 'the namespaces could not be read again at the end';
    for (const name of scope) session.ledger.record({ resource: 'namespaces', scope: name, state: 'failed', reason });
  }
}

type Contents = Pick<
  Inventory,
  'objects' | 'scope' | keyof Testimony | 'claimTemplates' | 'fluxInventories' | 'references' | 'namespaces'
>;

/** With the whole cluster to list, the namespaces at stake matter only where not all namespaces may be listed. */
async function scopedEarly(request: InventoryRequest, { all }: Namespaces): Promise<Scoped> {
  return request.wholeCluster && all ? { ...request, scope: [] } : scopedOf(request);
}

async function scopedOf(request: InventoryRequest): Promise<Scoped> {
  return { ...request, scope: [...new Set(await request.scope)].toSorted(compareText) };
}

/**
 * Everything that takes reading; the namespaces are looked at before and after, and the types at the end. What lies
 * between is in flight together: the server and this program then work at the same time.
 */
async function readContents(session: Session, wish: InventoryRequest, { server, earlier }: From): Promise<Contents> {
  const beside = begun(Promise.all([readWitnesses(session), readFluxInventories(session)]));
  const namespaces = await namespacesBefore(session, wish.scope, namespaceKeys(wish));
  const early = await scopedEarly(wish, namespaces);
  const asked = new Set(early.scope);
  const [[{ testimony, earlier: known }, fluxInventories], judged, listed, volumes] = await Promise.all([
    beside,
    readConditions(session, namespaces.records, (name) => wish.wholeCluster || asked.has(name)),
    readTypes(session, early, namespaces),
    readVolumes(session, early),
  ]);
  const read = [...listed, ...volumes];
  const owned = [...read, ...ownedAmong(namespaces.records)];
  const owners = wish.wholeCluster ? [] : await readClusterOwners(session, owned, objectKeys(wish));
  const objects = uniqueObjects([...read, ...owners]);
  const claimTemplates = await readClaimTemplates(session, objects);
  const references = wish.references === true ? { references: await readReferences(session, objects, known) } : {};
  const [request] = await Promise.all([scopedOf(wish), earlier]);
  await Promise.all([checkAgain(session, request, namespaces), checkDiscovery(session, server)]);
  const records = judged.toSorted((a, b) => compareText(a.name, b.name));
  const { scope } = request;
  return { scope, namespaces: records, objects, ...testimony, claimTemplates, fluxInventories, ...references };
}

/** At `-v 2` what every reading took, which no report says. */
function logCoverage({ ledger, ports }: Session): void {
  for (const entry of ledger.entries()) ports.log(2, coverageLine(entry));
}

/**
 * Reads the namespaces and objects the request needs and composes the inventory with all coverage so far. What was read
 * `earlier` may come as late as the scope.
 */
export async function readInventory(session: Session, request: InventoryRequest, from: From): Promise<Inventory> {
  // Whichever fails first ends the run; that of the others is then of no interest, and not unheard. The scope may fail
  // before anything asks for it.
  const [{ cluster, takenAt, releases, palette }, contents] = await Promise.all([
    from.earlier,
    readContents(session, request, from),
    request.scope,
  ]);
  logCoverage(session);
  emptyPools();
  const extraLabelKeys = [...(request.extraLabelKeys ?? [])].toSorted(compareText);
  return {
    cluster,
    takenAt,
    wholeCluster: request.wholeCluster,
    types: session.catalog.types.map(({ type }) => type),
    groupOrder: session.catalog.groups,
    ...contents,
    releases,
    elsewhere: [],
    ...toldByPalette(palette),
    coverage: session.ledger.entries(),
    ...(extraLabelKeys.length === 0 ? {} : { extraLabelKeys }),
  };
}

/** What of Palette's own word is kept beside the definitions; nothing where it was not asked for. */
function toldByPalette(
  palette: PaletteReading | undefined,
): Pick<Inventory, 'paletteManagers' | 'otherAgentNamespaces' | 'unseenPacks'> {
  if (palette === undefined) return { paletteManagers: [], otherAgentNamespaces: [] };
  const { managers: paletteManagers, otherAgentNamespaces, unseenPacks } = palette;
  return { paletteManagers, otherAgentNamespaces, ...(unseenPacks.length === 0 ? {} : { unseenPacks }) };
}
