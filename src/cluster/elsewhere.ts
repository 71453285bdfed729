import { ownWriters, type ClusterObject, type Elsewhere, type Inventory } from '../model/inventory.ts';
import { compareText, typeName } from '../model/resource.ts';
import { sideBySide } from './concurrency.ts';
import { servedType } from './discovery.ts';
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

/**
 * Reads at most sixty candidates in all namespaces, only to recognise what is put into each of them; a candidate that
 * cannot be read is left out, and so is believed of nobody. An inventory of the whole cluster answers by itself.
 */
export async function readElsewhere(
  session: Session,
  inventory: Inventory,
  candidates: readonly Candidate[],
): Promise<Inventory> {
  const unique = new Map(candidates.map((candidate) => [`${candidate.resource}/${candidate.name}`, candidate]));
  const chosen = [...unique.entries()].toSorted(([a], [b]) => compareText(a, b)).slice(0, MOST_CANDIDATES);
  const known = (candidate: Candidate): readonly Elsewhere[] => [
    elsewhereOf(
      candidate,
      inventory.objects.filter((o) => o.name === candidate.name && typeName(o.type) === candidate.resource),
    ),
  ];
  const found = await sideBySide(chosen, async ([, candidate]) =>
    inventory.wholeCluster ? known(candidate) : ask(session, candidate),
  );
  return { ...inventory, elsewhere: found.flat() };
}
