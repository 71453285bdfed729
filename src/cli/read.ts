import type { OwnedNamespaces } from '../attribution/owned-namespaces.ts';
import { begun } from '../cluster/concurrency.ts';
import { keepYoungSmall, makeRoomToJudge } from '../cluster/heap-room.ts';
import { openCluster, type ClusterReader } from '../cluster/open.ts';
import { decodeSnapshot } from '../cluster/snapshot.ts';
import { readSnapshotFile } from '../cluster/snapshot-file.ts';
import type { PackDefinition } from '../model/definition.ts';
import { UserError } from '../model/errors.ts';
import type { Inventory, Release } from '../model/inventory.ts';
import type { MacroFacts, PaletteResources } from '../model/pack-resource.ts';
import type { Pack } from '../model/pack.ts';
import { typeName } from '../model/resource.ts';
import { joinPacks } from '../profiles/join.ts';
import { loadDefinitionFiles } from '../profiles/load.ts';
import { packResourceDefinitions } from '../profiles/pack-resources.ts';
import { passedOver, readDefinitions } from '../profiles/read.ts';
import { refuseFutureDate } from './snapshot-date.ts';
import { clusterPorts } from './cluster-ports.ts';
import { refuseLostLabels } from './snapshot-labels.ts';
import type { ConnectionFlags, SubjectFlags } from './invocation.ts';
import type { Ports } from './ports.ts';
import { checkable } from './snapshot-keys.ts';
import { claimsOf, declaredKeys, lookWithin, scopeOf, type LookElsewhere } from './read-subject.ts';
import type { Served } from './resource-type.ts';
import type { ResourceWords } from './resource-words.ts';
import { isClusterScoped, narrowing, targetOf, type Target, type Where } from './target.ts';

/** What to read, and how much of the cluster. */
export interface ReadRequest {
  readonly connection: ConnectionFlags;
  readonly subject: SubjectFlags;
  readonly wholeCluster: boolean;
  /** Whether a cluster without anything of Palette is an answer, too. */
  readonly withoutPalette: boolean;
  /** A file with the new version of a profile. */
  readonly to?: string | undefined;
  /** Whether to read what objects say of each other; that needs the whole cluster. */
  readonly references: boolean;
  /** The resource to explain; its namespace takes the place of the subject's. */
  readonly resource?: ResourceWords | undefined;
  /** Label keys that the output needs beside those of the evidence. */
  readonly extraLabelKeys: ReadonlySet<string>;
  readonly log: (level: number, line: string) => void;
  readonly progress: (done: number, total: number) => void;
}

/** Definitions and inventory, from the live cluster or a snapshot. */
export interface Reading {
  readonly definitions: readonly PackDefinition[];
  readonly inventory: Inventory;
  readonly palette: { readonly served: boolean; readonly agentNamespace: string | undefined };
  readonly look: LookElsewhere;
  /** Of the file with the new version; empty without one. */
  readonly next: readonly PackDefinition[];
  readonly target: Target | undefined;
}

type Documents = Awaited<ReturnType<typeof loadDefinitionFiles>>;

/**
 * Reads everything an answer needs. Files come first, so that a wrong path is said before any cluster is asked.
 *
 * @throws {UserError} when a file cannot be used, no cluster can be reached, or there is nothing of Palette in it.
 */
export async function read(request: ReadRequest, ports: Ports): Promise<Reading> {
  keepYoungSmall();
  const documents = await loadDefinitionFiles(request.subject.filenames, ports.readStdin);
  const next = request.to === undefined ? [] : await loadDefinitionFiles([request.to], ports.readStdin);
  const { snapshot } = request.subject;
  const files = { documents, next };
  const reading = await (snapshot === undefined
    ? readLive(request, files, ports)
    : readOffline(request, { path: snapshot, now: ports.now() }, files));
  const packless = passedOver([...documents, ...next], [...reading.definitions, ...reading.next]);
  if (packless.length > 0) clusterPorts(ports, request).warn(packlessText(packless));
  makeRoomToJudge(reading.inventory.objects.length);
  return reading;
}

const MOST_NAMES = 3;

/** Once for all of them: beside a profile's file others are nothing unusual. */
function packlessText(paths: readonly string[]): string {
  const more = paths.length > MOST_NAMES ? ` and ${String(paths.length - MOST_NAMES)} more` : '';
  return `No pack is defined in ${paths.slice(0, MOST_NAMES).join(', ')}${more}.`;
}

/** The files of `-f`, and that of `--to`. */
interface Files {
  readonly documents: Documents;
  readonly next: Documents;
}

function fromFiles(documents: Documents, { packName, variables }: SubjectFlags, macroFacts: MacroFacts) {
  return documents.length === 0 ? [] : readDefinitions(documents, { packName, variables, macroFacts });
}

async function readOffline(
  request: ReadRequest,
  { path, now }: { readonly path: string; readonly now: number },
  { documents, next }: Files,
): Promise<Reading> {
  const { subject, extraLabelKeys } = request;
  const snapshot = decodeSnapshot(await readSnapshotFile(path), path);
  refuseFutureDate(snapshot.inventory, now, path);
  refuseLostLabels(extraLabelKeys, snapshot.inventory, path);
  const { paletteName, paletteUid, version } = snapshot.inventory.cluster;
  const macroFacts = { clusterName: paletteName, clusterUid: paletteUid, kubernetesVersion: version.replace(/^v/, '') };
  const files = checkable(fromFiles(documents, subject, macroFacts), declaredKeys(snapshot.definitions));
  const definitions = [...snapshot.definitions, ...files];
  const { inventory, palette } = snapshot;
  const target = targeted(request, { served: servedThen(inventory), current: undefined });
  return { definitions, inventory, palette, look: lookWithin, next: fromFiles(next, subject, macroFacts), target };
}

/** Opens the cluster that the flags name. Throws UserError when it cannot be reached. */
export function openLive(
  { connection, subject, log, progress }: Pick<ReadRequest, 'connection' | 'subject' | 'log' | 'progress'>,
  ports: Ports,
): Promise<ClusterReader> {
  const options = { ...connection, chunkSize: subject.chunkSize, withoutReleases: subject.withoutReleases };
  return openCluster(options, clusterPorts(ports, { log, progress }));
}

async function readLive(request: ReadRequest, { documents, next }: Files, ports: Ports): Promise<Reading> {
  const { subject, wholeCluster, references, extraLabelKeys } = request;
  const cluster = await openLive(request, ports);
  const target = targeted(request, { served: cluster.served, current: cluster.namespace });
  const narrowedTo = narrowing(target, subject.namespaces);
  const known = readPacks(cluster, request, documents);
  const near = begun(known.then(({ packs }) => scopeOf(claimsOf(packs, []), narrowedTo)));
  const releases = begun(cluster.readReleases(near));
  const { palette, definitions, packs } = await known;
  const owned = begun(ownedNamespaces(cluster, palette, wholeCluster || narrowedTo.length > 0));
  const inventory = await cluster.readInventory({
    scope: scopeFor({ packs, releases, narrowedTo, target, owned }),
    wholeCluster,
    references,
    extraLabelKeys,
    ...declaredKeys(definitions),
    ...(target === undefined ? {} : { alsoType: typeName(target.type) }),
  });
  const look: LookElsewhere = wholeCluster ? lookWithin : (here, candidates) => cluster.readElsewhere(here, candidates);
  const { served, agentNamespace, macroFacts } = palette;
  const after = fromFiles(next, subject, macroFacts);
  return { definitions, inventory, palette: { served, agentNamespace }, look, next: after, target };
}

/** What cluster and files tell of packs. */
interface Known {
  readonly palette: PaletteResources;
  readonly definitions: readonly PackDefinition[];
  readonly packs: readonly Pack[];
}

async function readPacks(
  cluster: ClusterReader,
  { subject, withoutPalette }: ReadRequest,
  documents: Documents,
): Promise<Known> {
  const palette = await cluster.readPalette({ clusterUid: subject.clusterUid });
  if (!palette.served && documents.length === 0 && !withoutPalette) throw notPalette(await cluster.identity());
  const definitions = [
    ...packResourceDefinitions(palette, subject.variables),
    ...fromFiles(documents, subject, palette.macroFacts),
  ];
  return { palette, definitions, packs: joinPacks(definitions) };
}

/** Releases tell which namespaces are at stake, unless the question names them: then nothing waits for releases. */
function scopeFor(of: {
  readonly packs: readonly Pack[];
  readonly releases: Promise<readonly Release[]>;
  readonly narrowedTo: readonly string[];
  readonly target: Target | undefined;
  readonly owned: Promise<OwnedNamespaces>;
}): readonly string[] | Promise<readonly string[]> {
  if (isClusterScoped(of.target)) return [];
  if (of.narrowedTo.length > 0) return of.narrowedTo;
  return Promise.all([of.releases, of.owned]).then(([releases, owned]) =>
    scopeOf(claimsOf(of.packs, releases, { owned }), of.narrowedTo),
  );
}

/** Where the question does not name the namespaces, which of them go with their owners decides what is read. */
async function ownedNamespaces(
  cluster: ClusterReader,
  { namespaces }: PaletteResources,
  isScopeKnown: boolean,
): Promise<OwnedNamespaces> {
  const { types } = cluster.served;
  if (isScopeKnown) return { namespaces, types };
  const { objects, listed } = await cluster.readNamespaceOwners(namespaces);
  return { namespaces, types, seen: { objects, isListed: (resource) => listed.has(resource) } };
}

/** What discovery told when the snapshot was taken. */
function servedThen({ types, groupOrder = [], coverage }: Inventory): Served {
  const silent = coverage.filter(({ resource, state }) => state === 'unknown-discovery' && resource.startsWith('*.'));
  return { types, groupOrder, unanswered: silent.map(({ resource }) => resource.slice('*.'.length)) };
}

function targeted({ resource, subject }: ReadRequest, where: Omit<Where, 'given'>): Target | undefined {
  return resource && targetOf(resource, { ...where, given: subject.namespaces });
}

function notPalette({ context, server }: { context: string; server: string }): UserError {
  return new UserError(
    `${context === '' ? server : context} is not a Palette cluster: it has no resource type packs.cluster.spectrocloud.com`,
    'Choose another --context, or say with -f which packs are meant to be there.',
    4,
  );
}
