import { grouped } from '../model/grouped.ts';
import { ownWriters, type ClusterObject, type Elsewhere, type Inventory } from '../model/inventory.ts';
import { compareText, typeName } from '../model/resource.ts';
import { sideBySide } from './concurrency.ts';
import { servedType, type ServedType } from './discovery.ts';
import { EVIDENCE_KEYS } from './kept-keys.ts';
import { listObjects, type ObjectsRequest } from './list-objects.ts';
import type { Session } from './session.ts';

const MOST_CANDIDATES = 60;

/** A type and name that may be in every namespace. */
export interface Candidate {
  readonly resource: string;
  readonly name: string;
}

function elsewhereOf({ resource, name }: Candidate, objects: readonly ClusterObject[]): Elsewhere {
  const writers = objects.flatMap((object) => {
    const managers = new Set(ownWriters(object).map(({ manager }) => manager));
    return [...managers].map((manager) => ({ namespace: object.namespace, manager }));
  });
  return {
    resource,
    name,
    writers: writers.toSorted((a, b) => compareText(a.namespace, b.namespace) || compareText(a.manager, b.manager)),
  };
}

/** The objects of one name in all namespaces; undefined where they cannot be looked for so. */
async function named(
  session: Session,
  served: ServedType,
  candidate: Candidate,
): Promise<readonly ClusterObject[] | undefined> {
  const query = `fieldSelector=${encodeURIComponent(`metadata.name=${candidate.name}`)}`;
  const listed = await listObjects(session, { ...lookFor({ served, candidates: [candidate] }), namespace: '', query });
  return listed.end === 'complete' ? listed.objects : undefined;
}

async function ask(session: Session, served: ServedType, candidate: Candidate): Promise<readonly Elsewhere[]> {
  const objects = await named(session, served, candidate);
  return objects === undefined ? [] : [elsewhereOf(candidate, objects)];
}

/** What is in 80 % of up to 59 namespaces is in one of any twelve; of more, but for one in 200 million cases. */
const SAMPLES = 12;

/** Namespaces spread over all that are not at stake, the same in every run. */
function sampleOf({ namespaces, scope }: Inventory): readonly string[] {
  const others = namespaces.filter(({ name, deletingSince }) => deletingSince === undefined && !scope.includes(name));
  const places = Array.from({ length: SAMPLES }, (_, place) => Math.floor(((place + 0.5) / SAMPLES) * others.length));
  const middle = places.length / 2;
  // The first in order are often those of Kubernetes itself, into which little is put.
  const ordered = [...places.slice(middle), ...places.slice(0, middle)];
  return [...new Set(ordered)].flatMap((place) => others[place]?.name ?? []);
}

/** Candidates of one type. */
interface OfType {
  readonly served: ServedType;
  readonly candidates: readonly Candidate[];
}

function namesOf({ candidates }: OfType): ReadonlySet<string> {
  return new Set(candidates.map(({ name }) => name));
}

/** Those of the names that are in one namespace, undefined where they are too many for one answer or cannot be listed. */
async function namesIn(session: Session, of: OfType, namespace: string): Promise<ReadonlySet<string> | undefined> {
  const listed = await listObjects(session, { ...lookFor(of), namespace, goOn: () => false });
  return listed.end === 'complete' ? new Set(listed.objects.map(({ name }) => name)) : undefined;
}

function lookFor(of: OfType): Pick<ObjectsRequest, 'served' | 'keys' | 'names'> {
  return { served: of.served, keys: EVIDENCE_KEYS, names: namesOf(of) };
}

/** Beyond so many objects to come, a list of all of them costs more than those of a few namespaces. */
const FEW_MORE = 500;
/** Beyond so many, so does a look for a single name, for which the server reads all of them. */
const SOME_MORE = 2000;
/** So many objects tell cheaply how many are to come. */
const FIRST_PAGE = 50;

/** Milliseconds of server and program, measured (1.35). */
const COST_MS = { listedObject: 0.03, passedObject: 0.001, emptyList: 1, sampledList: 1.5 } as const;

/** How to go on behind the first page: with the whole list, name by name, or by a look into a few namespaces. */
type Way = 'list' | 'names' | 'samples';

function wayOn({ candidates }: OfType, remaining = Infinity): Way {
  if (remaining > SOME_MORE) return 'samples';
  const byName = candidates.length * (COST_MS.emptyList + remaining * COST_MS.passedObject);
  if (remaining > FEW_MORE) return byName < SAMPLES * COST_MS.sampledList ? 'names' : 'samples';
  return byName < remaining * COST_MS.listedObject ? 'names' : 'list';
}

/** Candidates, looked for one by one; undefined where one of them cannot be. Of many objects only what a sample has. */
async function eachNamed(
  session: Session,
  of: OfType,
  sample: readonly string[],
): Promise<readonly Elsewhere[] | undefined> {
  const found: Elsewhere[] = [];
  const lists = await sideBySide(of.candidates, async (candidate) => ({
    candidate,
    objects: await named(session, of.served, candidate),
  }));
  for (const { candidate, objects } of lists) {
    if (objects === undefined) return undefined;
    const isSampled = sample.length < SAMPLES || objects.some(({ namespace }) => sample.includes(namespace));
    if (isSampled) found.push(elsewhereOf(candidate, objects));
  }
  return found;
}

/** Finds candidates among all objects of their type; undefined where these are many, or cannot be listed. */
async function inAll(
  session: Session,
  of: OfType,
  sample: readonly string[],
): Promise<readonly Elsewhere[] | undefined> {
  const firstPage = Math.min(FIRST_PAGE, session.chunkSize);
  const seen: { remaining?: number | undefined } = {};
  const goOn = ({ remaining }: { readonly remaining: number | undefined }): boolean => {
    seen.remaining = remaining;
    return wayOn(of, remaining) === 'list';
  };
  const listed = await listObjects(session, { ...lookFor(of), namespace: '', goOn, firstPage });
  if (listed.end === 'abandoned' && wayOn(of, seen.remaining) === 'names')
    return eachNamed(session, of, (seen.remaining ?? 0) > FEW_MORE ? sample : []);
  if (listed.end !== 'complete') return undefined;
  const byName = grouped(listed.objects, ({ name }) => name);
  return of.candidates.map((candidate) => elsewhereOf(candidate, byName.get(candidate.name) ?? []));
}

/** What is everywhere is nearly always in one of two already, and the other samples need not be asked. */
const ASKED_FIRST = 2;

/** The candidates without those that none of the samples has: to look for a name everywhere reads all of its type. */
async function foundInSamples(session: Session, of: OfType, sample: readonly string[]): Promise<readonly Candidate[]> {
  if (sample.length < SAMPLES) return of.candidates;
  const missing = await missingFrom(session, of, sample.slice(0, ASKED_FIRST));
  const rest = { ...of, candidates: missing };
  const nowhere = new Set(missing.length === 0 ? [] : await missingFrom(session, rest, sample.slice(ASKED_FIRST)));
  return of.candidates.filter((candidate) => !nowhere.has(candidate));
}

/** The candidates that none of these namespaces has; where one cannot be listed, it may have all. */
async function missingFrom(session: Session, of: OfType, namespaces: readonly string[]): Promise<readonly Candidate[]> {
  const names = await sideBySide(namespaces, (namespace) => namesIn(session, of, namespace));
  return of.candidates.filter(({ name }) => names.every((there) => there !== undefined && !there.has(name)));
}

async function findType(session: Session, of: OfType, sample: readonly string[]): Promise<readonly Elsewhere[]> {
  const known = await inAll(session, of, sample);
  if (known !== undefined) return known;
  const likely = await foundInSamples(session, of, sample);
  return (await sideBySide(likely, (candidate) => ask(session, of.served, candidate))).flat();
}

/**
 * Reads at most sixty candidates in all namespaces, only to recognise what is put into each of them; a candidate that
 * cannot be read is left out, and so is believed of nobody; so is one of a type of many objects that no other namespace
 * looked into has. An inventory of the whole cluster answers by itself.
 */
export async function readElsewhere(
  session: Session,
  inventory: Inventory,
  candidates: readonly Candidate[],
): Promise<Inventory> {
  const unique = new Map(candidates.map((candidate) => [`${candidate.resource}/${candidate.name}`, candidate]));
  const chosen = [...unique.entries()].toSorted(([a], [b]) => compareText(a, b)).slice(0, MOST_CANDIDATES);
  const sorted = chosen.map(([, candidate]) => candidate);
  if (inventory.wholeCluster) {
    const known = ({ name, resource }: Candidate) =>
      inventory.objects.filter((object) => object.name === name && typeName(object.type) === resource);
    return { ...inventory, elsewhere: sorted.map((candidate) => elsewhereOf(candidate, known(candidate))) };
  }
  const sample = sampleOf(inventory);
  const found = await sideBySide([...grouped(sorted, ({ resource }) => resource)], async ([resource, ofOne]) => {
    const served = servedType(session.catalog, resource);
    return served?.type.namespaced ? findType(session, { served, candidates: ofOne }, sample) : [];
  });
  return { ...inventory, elsewhere: found.flat() };
}
