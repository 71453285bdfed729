import type { ClusterObject, NamespaceRecord } from '../model/inventory.ts';
import { compareText, typeName } from '../model/resource.ts';
import { sideBySide } from './concurrency.ts';
import type { ServedType } from './discovery.ts';
import type { KeptKeys } from './kept-keys.ts';
import { listObjects } from './list-objects.ts';
import type { Listed } from './list-objects.ts';
import { recordListing } from './read-type.ts';
import type { Session } from './session.ts';

/** What may name owners: an object, or a namespace. */
type Owned = Pick<ClusterObject, 'uid' | 'owners'>;

/** Namespaces that something owns. */
export function ownedAmong(namespaces: readonly NamespaceRecord[]): readonly Owned[] {
  return namespaces.flatMap(({ uid, owners }) => (owners === undefined ? [] : [{ uid, owners }]));
}

/** The objects of `pool` that own one of `objects`, directly or through another of `pool`. In the pool's order. */
export function ownersAmong(objects: readonly Owned[], pool: readonly ClusterObject[]): readonly ClusterObject[] {
  const byUid = new Map(pool.map((object) => [object.uid, object]));
  const found = new Set<ClusterObject>();
  const queue: Owned[] = [...objects];
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
  objects: readonly Owned[],
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
  objects: readonly Owned[],
  keys: KeptKeys,
): Promise<readonly ClusterObject[]> {
  const { owners } = await listOwners(session, objects, keys);
  lists.delete(session);
  return owners.toSorted((a, b) => compareText(a.uid, b.uid));
}

/** What owns the namespaces, before it is known which of them to read: `listed` are the types that were read to the end. */
export async function readNamespaceOwners(
  session: Session,
  namespaces: readonly NamespaceRecord[],
  keys: KeptKeys,
): Promise<{ readonly objects: readonly ClusterObject[]; readonly listed: ReadonlySet<string> }> {
  const { owners, listed } = await listOwners(session, ownedAmong(namespaces), keys);
  return { objects: owners, listed };
}

async function listOwners(
  session: Session,
  objects: readonly Owned[],
  keys: KeptKeys,
): Promise<{ readonly owners: readonly ClusterObject[]; readonly listed: ReadonlySet<string> }> {
  const asked = new Set<ServedType>();
  const listed = new Set<string>();
  const pool: ClusterObject[] = [];
  for (;;) {
    const owners = ownersAmong(objects, pool);
    const types = namedTypes(session, [...objects, ...owners], asked);
    if (types.length === 0) return { owners, listed };
    for (const served of types) asked.add(served);
    const read = await sideBySide(types, async (served) => ({ served, ...(await listOnce(session, served, keys)) }));
    const whole = read.filter(({ end }) => end === 'complete');
    for (const { served } of whole) listed.add(typeName(served.type));
    for (const { objects: found } of whole) for (const object of found) pool.push(object);
  }
}

/** Of each run the lists of owners, until all that is owned was read. */
const lists = new WeakMap<Session, Map<ServedType, Promise<Listed>>>();

/** What owns namespaces may own other things, too, and is listed once. */
function listOnce(session: Session, served: ServedType, keys: KeptKeys): Promise<Listed> {
  const known = lists.get(session) ?? new Map<ServedType, Promise<Listed>>();
  lists.set(session, known);
  const list = known.get(served) ?? listAll(session, served, keys);
  known.set(served, list);
  return list;
}

async function listAll(session: Session, served: ServedType, keys: KeptKeys): Promise<Listed> {
  const listed = await listObjects(session, { served, namespace: '', keys });
  recordListing(session, { served, scope: '' }, listed);
  return listed;
}
