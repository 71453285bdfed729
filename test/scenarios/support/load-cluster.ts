import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { FakeCluster, FakeObject, FakeType } from '../../support/fake-api/description.ts';
import { fullName } from '../../support/fake-api/description.ts';
import { withMade } from './controllers.ts';
import { at, documentsIn, groupOf, isRecord, listAt, textAt } from './documents.ts';
import type { Document } from './documents.ts';
import { BUILT_IN_TYPES, customType, FURTHER_TYPES } from './kinds.ts';
import { releaseObjects } from './releases.ts';

/** Pseudo documents that are no objects of the cluster: `HelmRelease` and `WithoutPalette`. */
const FIXTURE_VERSION = 'fixture/v1';
const CREATED = '2026-10-29T09:14:00Z';

function key({ kind, metadata }: Document): string {
  return `${kind}/${metadata.namespace ?? ''}/${metadata.name}`;
}

/** A UID in the form of one, always the same for the same object. */
function uidOf(object: Document): string {
  const hex = createHash('sha256')
    .update(`${groupOf(object)}/${key(object)}`)
    .digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/** The UID of the live object that an owner reference without one names: in its namespace, or cluster-scoped. */
function referenceOf(entry: unknown, owned: Document, uids: ReadonlyMap<string, string>): unknown {
  if (!isRecord(entry) || textAt(entry, 'uid') !== undefined) return entry;
  const name = `${textAt(entry, 'kind') ?? ''}/${owned.metadata.namespace ?? ''}/${textAt(entry, 'name') ?? ''}`;
  const clusterScoped = `${textAt(entry, 'kind') ?? ''}//${textAt(entry, 'name') ?? ''}`;
  return { ...entry, uid: uids.get(name) ?? uids.get(clusterScoped) ?? 'f1c0de00-0000-4000-8000-000000000000' };
}

/** As the server returns it. */
function served(object: Document, uids: ReadonlyMap<string, string>): FakeObject {
  const owners = listAt(object, 'metadata', 'ownerReferences').map((entry) => referenceOf(entry, object, uids));
  const metadata = {
    uid: uids.get(key(object)) ?? uidOf(object),
    creationTimestamp: CREATED,
    resourceVersion: '4711',
    ...object.metadata,
    ...(owners.length > 0 ? { ownerReferences: owners } : {}),
  };
  return { ...object, metadata };
}

function typeOf(types: readonly FakeType[], object: Document): FakeType {
  const found = types.find(({ group, kind }) => kind === object.kind && group === groupOf(object));
  if (found === undefined) throw new Error(`nothing serves ${object.apiVersion} ${object.kind}`);
  return found;
}

function documentsOf(fixtures: string, scenario: string): readonly Document[] {
  const own = documentsIn(join(fixtures, scenario, 'cluster.yaml'));
  const isBare = own.some(({ kind, apiVersion }) => kind === 'WithoutPalette' && apiVersion === FIXTURE_VERSION);
  const base = isBare ? ['kubernetes.yaml'] : ['kubernetes.yaml', 'palette.yaml'];
  return [...base.flatMap((file) => documentsIn(join(fixtures, file))).map((one) => withPacksOf(own, one)), ...own];
}

/** Of a scenario's Pack resources the common SpectroCluster names those that are there: it names all that any may have. */
function withPacksOf(own: readonly Document[], document: Document): Document {
  if (document.kind !== 'SpectroCluster') return document;
  const there = new Set(own.filter(({ kind }) => kind === 'Pack').map(({ metadata }) => metadata.name));
  const templates = listAt(document, 'spec', 'clusterProfileTemplates').map((template) =>
    Object.assign({}, template, {
      packs: listAt(template, 'packs').filter((pack) => there.has(textAt(pack, 'name') ?? '')),
    }),
  );
  return { ...document, spec: { clusterProfileTemplates: templates } };
}

/** Makes the cluster that a scenario's fixture describes, on top of what every cluster has. */
export function loadCluster(fixtures: string, scenario: string): FakeCluster {
  const documents = documentsOf(fixtures, scenario);
  const definitions = documents.flatMap((document) =>
    document.kind === 'HelmRelease' && document.apiVersion === FIXTURE_VERSION
      ? listAt(document, 'spec', 'objects')
      : [document],
  );
  const custom = definitions.filter(isRecord).filter((object) => object['kind'] === 'CustomResourceDefinition');
  const held = new Set(definitions.filter(isRecord).map((object) => object['kind']));
  const further = FURTHER_TYPES.filter(({ kind }) => held.has(kind));
  const types = [...BUILT_IN_TYPES, ...further, ...uniqueTypes(custom.filter(isFakeObject).map(customType))];
  const isNamespaced = (object: Document): boolean => typeOf(types, object).namespaced;
  const live = documents
    .flatMap((document) => {
      if (document.apiVersion !== FIXTURE_VERSION) return [document];
      return document.kind === 'HelmRelease' ? releaseObjects(document, isNamespaced) : [];
    })
    .flatMap(withMade);
  return { discovery: 'aggregated', types, objects: byType(types, live) };
}

function isFakeObject(value: Readonly<Record<string, unknown>>): value is FakeObject {
  return typeof at(value, 'metadata', 'name') === 'string';
}

function uniqueTypes(types: readonly FakeType[]): readonly FakeType[] {
  return [...new Map(types.map((type) => [fullName(type), type])).values()];
}

function byType(types: readonly FakeType[], live: readonly Document[]): FakeCluster['objects'] {
  const latest = new Map(live.map((object) => [`${groupOf(object)} ${key(object)}`, object]));
  const uids = new Map(
    [...latest.values()].map((object) => [key(object), textAt(object, 'metadata', 'uid') ?? uidOf(object)]),
  );
  const objects = new Map<string, FakeObject[]>();
  for (const object of latest.values()) {
    const name = fullName(typeOf(types, object));
    const listed = objects.get(name) ?? [];
    listed.push(served(object, uids));
    objects.set(name, listed);
  }
  return objects;
}
