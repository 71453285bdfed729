import type {
  ClusterIdentity,
  ClusterObject,
  Coverage,
  Inventory,
  NamespaceCondition,
  NamespaceRecord,
  ObjectFacts,
  OwnerReference,
  Release,
  UnavailableApi,
  Writer,
} from '../model/inventory.ts';
import type { ResourceType } from '../model/resource.ts';
import { MalformedSnapshot } from './snapshot-fields.ts';
import type { Fields } from './snapshot-fields.ts';
import { refOf, referenceOf } from './snapshot-references.ts';
import type { UnseenPack } from '../model/unseen-pack.ts';

const FACTS = [
  'type',
  'status',
  'volume',
  'capacity',
  'storageClass',
  'reclaimPolicy',
  'claim',
  'holder',
  'parent',
  'ready',
] as const;

const COVERAGE_STATES = [
  'complete',
  'forbidden',
  'failed',
  'vanished',
  'unknown-discovery',
  'not-listable',
  'excluded',
] as const;

/** An object as a snapshot holds it: its type by place in the table of types, empty fields left out. */
export function packedObject(object: ClusterObject, typeIndex: number): Record<string, unknown> {
  const { namespace, finalizers, owners, labels, annotations, writers, facts } = object;
  const rows = writers.map(({ manager, operation, at, subresource }) => [manager, operation, at, subresource]);
  return {
    type: typeIndex,
    name: object.name,
    uid: object.uid,
    createdAt: object.createdAt,
    deletingSince: object.deletingSince,
    namespace: namespace === '' ? undefined : namespace,
    finalizers: finalizers.length === 0 ? undefined : finalizers,
    owners: owners.length === 0 ? undefined : owners,
    labels: labels.size === 0 ? undefined : labels,
    annotations: annotations.size === 0 ? undefined : annotations,
    writers: rows.length === 0 ? undefined : rows,
    facts: Object.keys(facts).length === 0 ? undefined : facts,
  };
}

function factsOf(fields: Fields): ObjectFacts {
  const facts: { [Key in (typeof FACTS)[number]]?: string } = {};
  for (const key of FACTS) {
    const found = fields.optionalText(key);
    if (found !== undefined) facts[key] = found;
  }
  return facts;
}

function ownerOf(fields: Fields): OwnerReference {
  return {
    group: fields.text('group'),
    kind: fields.text('kind'),
    name: fields.text('name'),
    uid: fields.text('uid'),
    controller: fields.flag('controller'),
  };
}

function writersOf(fields: Fields): readonly Writer[] {
  const rows = fields.rows('writers', 4);
  return rows.map(([manager = '', operation = '', at = '', subresource = '']) => ({
    manager,
    operation,
    at,
    subresource,
  }));
}

function typeAt(fields: Fields, types: readonly ResourceType[]): ResourceType {
  const type = types[fields.count('type')];
  if (type === undefined) throw new MalformedSnapshot('objects.type', 'a place in the table of types');
  return type;
}

function objectOf(fields: Fields, types: readonly ResourceType[]): ClusterObject {
  return {
    type: typeAt(fields, types),
    namespace: fields.optionalText('namespace') ?? '',
    name: fields.text('name'),
    uid: fields.text('uid'),
    createdAt: fields.text('createdAt'),
    deletingSince: fields.optionalText('deletingSince'),
    finalizers: fields.has('finalizers') ? fields.texts('finalizers') : [],
    owners: fields.has('owners') ? fields.list('owners', ownerOf) : [],
    labels: fields.has('labels') ? fields.map('labels') : new Map(),
    annotations: fields.has('annotations') ? fields.map('annotations') : new Map(),
    writers: fields.has('writers') ? writersOf(fields) : [],
    facts: fields.optionalObject('facts', factsOf) ?? {},
  };
}

function typeOf(fields: Fields): ResourceType {
  return {
    group: fields.text('group'),
    version: fields.text('version'),
    resource: fields.text('resource'),
    singular: fields.text('singular'),
    kind: fields.text('kind'),
    shortNames: fields.texts('shortNames'),
    namespaced: fields.flag('namespaced'),
    verbs: fields.texts('verbs'),
  };
}

function conditionOf(fields: Fields): NamespaceCondition {
  return {
    type: fields.text('type'),
    status: fields.text('status'),
    reason: fields.text('reason'),
    message: fields.text('message'),
    at: fields.text('at'),
  };
}

function namespaceOf(fields: Fields): NamespaceRecord {
  return {
    name: fields.text('name'),
    uid: fields.text('uid'),
    createdAt: fields.text('createdAt'),
    deletingSince: fields.optionalText('deletingSince'),
    labels: fields.map('labels'),
    annotations: fields.map('annotations'),
    ...(fields.has('owners') ? { owners: fields.list('owners', ownerOf) } : {}),
    ...(fields.has('conditions') ? { conditions: fields.list('conditions', conditionOf) } : {}),
  };
}

function releaseOf(fields: Fields): Release {
  return {
    name: fields.text('name'),
    namespace: fields.text('namespace'),
    storageNamespace: fields.text('storageNamespace'),
    storageKind: fields.oneOf('storageKind', ['Secret', 'ConfigMap']),
    storageName: fields.text('storageName'),
    revision: fields.count('revision'),
    status: fields.text('status'),
    chart: fields.text('chart'),
    chartVersion: fields.text('chartVersion'),
    objects: fields.list('objects', (object) => ({
      ref: object.object('ref', refOf),
      hook: object.flag('hook'),
      keep: object.flag('keep'),
      ...(object.has('events') ? { events: object.texts('events') } : {}),
    })),
    decoded: fields.flag('decoded'),
  };
}

function coverageOf(fields: Fields): Coverage {
  return {
    resource: fields.text('resource'),
    version: fields.text('version'),
    scope: fields.text('scope'),
    state: fields.oneOf('state', COVERAGE_STATES),
    needs: fields.text('needs'),
    reason: fields.text('reason'),
    note: fields.text('note'),
    items: fields.count('items'),
    pages: 0,
    attempts: 0,
    durationMs: 0,
  };
}

function identityOf(fields: Fields): ClusterIdentity {
  return {
    context: fields.text('context'),
    server: fields.text('server'),
    version: fields.text('version'),
    uid: fields.text('uid'),
    paletteUid: fields.optionalText('paletteUid'),
    paletteName: fields.optionalText('paletteName'),
  };
}

function unavailableApiOf(fields: Fields): UnavailableApi {
  return {
    name: fields.text('name'),
    group: fields.text('group'),
    version: fields.text('version'),
    service: fields.text('service'),
    reason: fields.text('reason'),
    message: fields.text('message'),
  };
}

function detailsOf(
  fields: Fields,
): Pick<Inventory, 'claimTemplates' | 'fluxInventories' | 'elsewhere' | 'customTypes' | 'unavailableApis'> {
  return {
    claimTemplates: fields.list('claimTemplates', (entry) => ({
      namespace: entry.text('namespace'),
      statefulSet: entry.text('statefulSet'),
      uid: entry.text('uid'),
      templates: entry.texts('templates'),
    })),
    fluxInventories: fields.list('fluxInventories', (entry) => ({
      kind: entry.oneOf('kind', ['Kustomization']),
      namespace: entry.text('namespace'),
      name: entry.text('name'),
      ids: entry.texts('ids'),
    })),
    elsewhere: fields.list('elsewhere', (entry) => ({
      resource: entry.text('resource'),
      name: entry.text('name'),
      writers: entry.list('writers', (writer) => ({
        namespace: writer.text('namespace'),
        manager: writer.text('manager'),
      })),
    })),
    customTypes: fields.list('customTypes', (entry) => ({
      group: entry.text('group'),
      kind: entry.text('kind'),
      crd: entry.text('crd'),
      ...(entry.has('versions') ? { versions: entry.texts('versions') } : {}),
    })),
    unavailableApis: fields.has('unavailableApis') ? fields.list('unavailableApis', unavailableApiOf) : [],
  };
}

function unseenPackOf(fields: Fields): UnseenPack {
  return { profile: fields.text('profile'), name: fields.text('name'), layer: fields.optionalText('layer') };
}

/** Reads the inventory of a snapshot. Throws MalformedSnapshot. */
export function inventoryOf(fields: Fields): Inventory {
  const types = fields.list('types', typeOf);
  return {
    cluster: fields.object('cluster', identityOf),
    takenAt: fields.time('takenAt'),
    wholeCluster: fields.flag('wholeCluster'),
    scope: fields.texts('scope'),
    types,
    ...(fields.has('groupOrder') ? { groupOrder: fields.texts('groupOrder') } : {}),
    namespaces: fields.list('namespaces', namespaceOf),
    objects: fields.list('objects', (object) => objectOf(object, types)),
    releases: fields.list('releases', releaseOf),
    ...detailsOf(fields),
    paletteManagers: fields.texts('paletteManagers'),
    otherAgentNamespaces: fields.texts('otherAgentNamespaces'),
    ...(fields.has('unseenPacks') ? { unseenPacks: fields.list('unseenPacks', unseenPackOf) } : {}),
    coverage: fields.list('coverage', coverageOf),
    ...(fields.has('references') ? { references: fields.list('references', referenceOf) } : {}),
    ...(fields.has('extraLabelKeys') ? { extraLabelKeys: fields.texts('extraLabelKeys') } : {}),
  };
}
