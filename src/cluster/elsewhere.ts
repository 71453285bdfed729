import { grouped } from '../model/grouped.ts';
import { ownWriters, type ClusterObject, type Elsewhere, type Inventory } from '../model/inventory.ts';
import { compareText, typeName } from '../model/resource.ts';
import { sideBySide } from './concurrency.ts';
import { servedType, type ServedType } from './discovery.ts';
import { EVIDENCE_KEYS } from './kept-keys.ts';
import { listObjects } from './list-objects.ts';
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

async function ask(session: Session, candidate: Candidate): Promise<readonly Elsewhere[]> {
  const served = servedType(session.catalog, candidate.resource);
  if (served === undefined || !served.type.namespaced) return [];
  const query = `fieldSelector=${encodeURIComponent(`metadata.name=${candidate.name}`)}`;
  const listed = await listObjects(session, { served, namespace: '', keys: EVIDENCE_KEYS, query });
  if (listed.end !== 'complete') return [];
  return [
    elsewhereOf(
      candidate,
      listed.objects.filter(({ name }) => name === candidate.name),
    ),
  ];
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

/** The names of a type in one namespace, undefined where they are too many for one answer or cannot be listed. */
async function namesIn(
  session: Session,
  served: ServedType,
  namespace: string,
): Promise<ReadonlySet<string> | undefined> {
  const listed = await listObjects(session, { served, namespace, keys: EVIDENCE_KEYS, goOn: () => false });
  return listed.end === 'complete' ? new Set(listed.objects.map(({ name }) => name)) : undefined;
}

/** What is everywhere is nearly always in one of two already, and the other samples need not be asked. */
const ASKED_FIRST = 2;

/** The candidates without those that none of the samples has: to look for a name everywhere reads all of its type. */
async function foundInSamples(
  session: Session,
  sample: readonly string[],
  candidates: readonly Candidate[],
): Promise<readonly Candidate[]> {
  if (sample.length < SAMPLES) return candidates;
  const ofTypes = [...grouped(candidates, ({ resource }) => resource)];
  const kept = await sideBySide(ofTypes, async ([resource, ofOne]) => {
    const served = servedType(session.catalog, resource);
    if (served === undefined || !served.type.namespaced) return ofOne;
    const missing = await missingFrom(session, served, { namespaces: sample.slice(0, ASKED_FIRST), candidates: ofOne });
    const rest = { namespaces: sample.slice(ASKED_FIRST), candidates: missing };
    const nowhere = new Set(missing.length === 0 ? [] : await missingFrom(session, served, rest));
    return ofOne.filter((candidate) => !nowhere.has(candidate));
  });
  return kept.flat();
}

/** The candidates, all of one type, that none of these namespaces has; where one cannot be listed, it may have all. */
async function missingFrom(
  session: Session,
  served: ServedType,
  { namespaces, candidates }: { readonly namespaces: readonly string[]; readonly candidates: readonly Candidate[] },
): Promise<readonly Candidate[]> {
  const names = await sideBySide(namespaces, (namespace) => namesIn(session, served, namespace));
  return candidates.filter(({ name }) => names.every((there) => there !== undefined && !there.has(name)));
}

/**
 * Reads at most sixty candidates in all namespaces, only to recognise what is put into each of them; a candidate that
 * cannot be read is left out, and so is believed of nobody; so is one that no other namespace looked into has. An
 * inventory of the whole cluster answers by itself.
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
  const likely = await foundInSamples(session, sampleOf(inventory), sorted);
  const found = await sideBySide(likely, (candidate) => ask(session, candidate));
  return { ...inventory, elsewhere: found.flat() };
}
