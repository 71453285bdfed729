import type { ClusterObject, ObjectFacts, OwnerReference, Writer } from '../model/inventory.ts';
import type { ResourceType } from '../model/resource.ts';
import { compareText, groupOf } from '../model/resource.ts';
import { at, listAt, textAt, textsAt } from './json.ts';
import { keptAnnotations, keptLabels } from './kept-keys.ts';
import type { KeptKeys } from './kept-keys.ts';
import { pool } from './pool.ts';

/** Types are listed one after the other: what objects of one second share is met again after those of all others. */
const MANY = 100_000;

const sharedText = pool<string>(MANY);
const sharedOwners = pool<readonly OwnerReference[]>();
const sharedWriters = pool<readonly Writer[]>(MANY);
const sharedFinalizers = pool<readonly string[]>();

/** Few different texts fill most metadata; sharing them keeps a large inventory small. */
function share(text: string): string {
  return sharedText(text, () => text);
}

function ownerOf(entry: unknown): OwnerReference {
  return {
    group: share(groupOf(textAt(entry, 'apiVersion') ?? '')),
    kind: share(textAt(entry, 'kind') ?? ''),
    name: textAt(entry, 'name') ?? '',
    uid: textAt(entry, 'uid') ?? '',
    controller: at(entry, 'controller') === true,
  };
}

function writerOf(entry: unknown): Writer {
  return {
    manager: share((textAt(entry, 'manager') ?? '').slice(0, 128)),
    operation: share(textAt(entry, 'operation') ?? ''),
    at: share(textAt(entry, 'time') ?? ''),
    subresource: share(textAt(entry, 'subresource') ?? ''),
  };
}

function compareWriters(a: Writer, b: Writer): number {
  return (
    compareText(a.at, b.at) ||
    compareText(a.manager, b.manager) ||
    compareText(a.operation, b.operation) ||
    compareText(a.subresource, b.subresource)
  );
}

/** The field managers of an object's `metadata`, newest last; which fields they wrote is dropped at once. */
export function writersOf(metadata: unknown): readonly Writer[] {
  const entries = listAt(metadata, 'managedFields');
  if (entries.length === 0) return NONE;
  const writers = entries.map(writerOf).toSorted(compareWriters);
  const rows = writers.map(({ manager, operation, at: time, subresource }) => [manager, operation, time, subresource]);
  return sharedWriters(JSON.stringify(rows), () => writers);
}

function ownersOf(metadata: unknown): readonly OwnerReference[] {
  const entries = listAt(metadata, 'ownerReferences');
  if (entries.length === 0) return NONE;
  const owners = entries.map(ownerOf);
  const rows = owners.map(({ group, kind, name, uid, controller }) => [group, kind, name, uid, String(controller)]);
  return sharedOwners(JSON.stringify(rows), () => owners);
}

function finalizersOf(metadata: unknown): readonly string[] {
  const finalizers = textsAt(metadata, 'finalizers');
  return finalizers.length === 0 ? NONE : sharedFinalizers(JSON.stringify(finalizers), () => finalizers);
}

const NONE: readonly never[] = [];

/** Reads one object's `metadata`, and of it only what an inventory keeps. Empty texts where the server has none. */
export function objectOf(
  type: ResourceType,
  source: { readonly metadata: unknown; readonly facts: ObjectFacts },
  keys: KeptKeys,
): ClusterObject {
  const { metadata, facts } = source;
  return {
    type,
    namespace: share(textAt(metadata, 'namespace') ?? ''),
    name: textAt(metadata, 'name') ?? '',
    uid: textAt(metadata, 'uid') ?? '',
    createdAt: share(textAt(metadata, 'creationTimestamp') ?? ''),
    deletingSince: textAt(metadata, 'deletionTimestamp'),
    finalizers: finalizersOf(metadata),
    owners: ownersOf(metadata),
    labels: keptLabels(metadata, keys),
    annotations: keptAnnotations(metadata, keys),
    writers: writersOf(metadata),
    facts,
  };
}
