import type { ClusterObject } from '../model/inventory.ts';
import { compareText, typeName } from '../model/resource.ts';
import { sideBySide } from './concurrency.ts';
import type { ServedType } from './discovery.ts';
import type { KeptKeys } from './kept-keys.ts';
import { failureNews } from './ledger.ts';
import { listObjects } from './list-objects.ts';
import type { Session } from './session.ts';

/** The objects of `pool` that own one of `objects`, directly or through another of `pool`. In the pool's order. */
export function ownersAmong(
  objects: readonly ClusterObject[],
  pool: readonly ClusterObject[],
): readonly ClusterObject[] {
  const byUid = new Map(pool.map((object) => [object.uid, object]));
  const found = new Set<ClusterObject>();
  const queue = [...objects];
  for (let object = queue.pop(); object !== undefined; object = queue.pop()) {
    for (const { uid } of object.owners) {
      const owner = byUid.get(uid);
      if (owner === undefined || found.has(owner)) continue;
      found.add(owner);
      queue.push(owner);
    }
  }
  return pool.filter((object) => found.has(object));
}

/** Cluster-scoped types that are named as owners and were not listed yet. */
function namedTypes(
  session: Session,
  objects: readonly ClusterObject[],
  listed: ReadonlySet<ServedType>,
): readonly ServedType[] {
  const known = new Set(objects.map(({ uid }) => uid));
  const references = objects.flatMap(({ owners }) => owners).filter(({ uid }) => !known.has(uid));
  const kinds = new Set(references.map(({ group, kind }) => `${group}/${kind}`));
  return session.catalog.types.filter(
    (served) =>
      !served.type.namespaced &&
      served.type.verbs.includes('list') &&
      kinds.has(`${served.type.group}/${served.type.kind}`) &&
      !listed.has(served),
  );
}

/**
 * Reads the cluster-scoped objects that own what was read, such as the one resource by which an operator is told to
 * run its workloads. Without them such workloads would be nobody's. What cannot be listed becomes coverage.
 */
export async function readClusterOwners(
  session: Session,
  objects: readonly ClusterObject[],
  keys: KeptKeys,
): Promise<readonly ClusterObject[]> {
  const listed = new Set<ServedType>();
  const pool: ClusterObject[] = [];
  for (;;) {
    const found = ownersAmong(objects, pool);
    const types = namedTypes(session, [...objects, ...found], listed);
    if (types.length === 0) return found.toSorted((a, b) => compareText(a.uid, b.uid));
    for (const served of types) listed.add(served);
    const lists = await sideBySide(types, (served) => listOwners(session, served, keys));
    pool.push(...lists.flat());
  }
}

async function listOwners(session: Session, served: ServedType, keys: KeptKeys): Promise<readonly ClusterObject[]> {
  const answer = await listObjects(session, { served, namespace: '', keys });
  if (answer.end === 'complete') return answer.objects;
  const resource = typeName(served.type);
  if (answer.end === 'failed') {
    session.ledger.record({ resource, scope: '', ...failureNews(answer.failure, `list ${resource}`) });
  } else session.ledger.record({ resource, scope: '', state: 'vanished' });
  return [];
}
