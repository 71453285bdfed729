import type { ClusterObject } from '../model/inventory.ts';
import type { Reference } from '../model/reference.ts';
import { compareRefs, compareText, refKey, typeName } from '../model/resource.ts';
import { sideBySide } from './concurrency.ts';
import { servedType } from './discovery.ts';
import { listFull } from './full-list.ts';
import { entriesAt, textAt } from './json.ts';
import type { ListEnd } from './list-pages.ts';
import { isTellingDriver } from './references/driver-names.ts';
import type { NamespaceLabels } from './references/namespace-selectors.ts';
import { readReferring, type Earlier } from './references/read-referring.ts';
import { REFERRING_TYPES } from './references/referring-types.ts';
import type { ReferenceContext, ReferringType } from './references/referring.ts';
import { WORKLOAD_TYPES } from './references/workloads.ts';
import type { Session } from './session.ts';

interface LabelsRead {
  readonly end: ListEnd;
  readonly labels: NamespaceLabels;
}

/** The labels of an inventory's namespaces are only those of the evidence table; selectors may name any. */
async function readLabels(session: Session): Promise<LabelsRead | undefined> {
  const served = servedType(session.catalog, 'namespaces');
  if (served === undefined) return undefined;
  const { end, entries } = await listFull(session, { served, namespace: '' }, (object) => [
    [textAt(object, 'metadata', 'name') ?? '', new Map(entriesAt(object, 'metadata', 'labels'))] as const,
  ]);
  return { end, labels: new Map(entries) };
}

function servicesAmong(objects: readonly ClusterObject[]): ReadonlySet<string> {
  const services = objects.filter(({ type }) => typeName(type) === 'services');
  return new Set(services.map(({ name, namespace }) => `${name}.${namespace}`));
}

/** The storage drivers that classes, volumes or their own objects name. */
function driversNamed(references: readonly Reference[], objects: readonly ClusterObject[]): ReadonlySet<string> {
  const own = objects.filter(({ type }) => typeName(type) === 'csidrivers.storage.k8s.io').map(({ name }) => name);
  const named = references.flatMap(({ kind, to, facts }) => {
    if (kind === 'provisioner') return [to.name];
    return kind === 'volume-claim' ? [facts.get('driver') ?? ''] : [];
  });
  return new Set([...own, ...named].filter(isTellingDriver));
}

function factsText({ facts }: Reference): string {
  return JSON.stringify([...facts]);
}

function compareReferences(a: Reference, b: Reference): number {
  return (
    compareText(a.kind, b.kind) ||
    compareRefs(a.from, b.from) ||
    compareRefs(a.to, b.to) ||
    compareText(factsText(a), factsText(b))
  );
}

function uniqueReferences(references: readonly Reference[]): readonly Reference[] {
  const keyed = references.map((reference) => {
    const { kind, from, to } = reference;
    return [JSON.stringify([kind, refKey(from), refKey(to), factsText(reference)]), reference] as const;
  });
  return [...new Map(keyed).values()].toSorted(compareReferences);
}

/**
 * Reads what objects of the whole cluster say of each other beside owner references. `objects` is everything that was
 * listed before, `earlier` the references of types that were read whole, by name. Each served type that may refer to
 * others gets a coverage entry `references/TYPE.GROUP`.
 */
export async function readReferences(
  session: Session,
  objects: readonly ClusterObject[],
  earlier: ReadonlyMap<string, Earlier> = new Map(),
): Promise<readonly Reference[]> {
  const namespaces = await readLabels(session);
  const named = { labels: namespaces?.labels ?? new Map<string, never>(), services: servicesAmong(objects) };
  const readAll = async (types: readonly ReferringType[], context: ReferenceContext): Promise<readonly Reference[]> => {
    const found = await sideBySide(types, (referring) =>
      readReferring(session, {
        referring,
        context,
        objects,
        labelsEnd: namespaces?.end,
        earlier: earlier.get(referring.type),
      }),
    );
    return found.flat();
  };
  const others = await readAll(REFERRING_TYPES, { ...named, drivers: new Set() });
  const workloads = await readAll(WORKLOAD_TYPES, { ...named, drivers: driversNamed(others, objects) });
  return uniqueReferences([...others, ...workloads]);
}
