import type { ClusterObject, ObjectFacts, OwnerReference, Writer } from '../model/inventory.ts';
import type { ResourceType } from '../model/resource.ts';
import { compareText, groupOf } from '../model/resource.ts';
import { at, listAt, textAt, textsAt } from './json.ts';
import { keptAnnotations, keptLabels } from './kept-keys.ts';
import type { KeptKeys } from './kept-keys.ts';

/** Few different texts fill most metadata; sharing them keeps a large inventory small. */
const shared = new Map<string, string>();

function share(text: string): string {
  const known = shared.get(text);
  if (known !== undefined) return known;
  if (shared.size < 10_000) shared.set(text, text);
  return text;
}

function ownerOf(entry: unknown): OwnerReference {
  return {
    group: groupOf(textAt(entry, 'apiVersion') ?? ''),
    kind: textAt(entry, 'kind') ?? '',
    name: textAt(entry, 'name') ?? '',
    uid: textAt(entry, 'uid') ?? '',
    controller: at(entry, 'controller') === true,
  };
}

function writerOf(entry: unknown): Writer {
  return {
    manager: share((textAt(entry, 'manager') ?? '').slice(0, 128)),
    operation: share(textAt(entry, 'operation') ?? ''),
    at: textAt(entry, 'time') ?? '',
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
  return entries.length === 0 ? NONE : entries.map(writerOf).toSorted(compareWriters);
}

const NONE: readonly never[] = [];

/** Reads one object's `metadata`, and of it only what an inventory keeps. Empty texts where the server has none. */
export function objectOf(
  type: ResourceType,
  source: { readonly metadata: unknown; readonly facts: ObjectFacts },
  keys: KeptKeys,
): ClusterObject {
  const { metadata, facts } = source;
  const owners = listAt(metadata, 'ownerReferences');
  const finalizers = textsAt(metadata, 'finalizers');
  return {
    type,
    namespace: share(textAt(metadata, 'namespace') ?? ''),
    name: textAt(metadata, 'name') ?? '',
    uid: textAt(metadata, 'uid') ?? '',
    createdAt: textAt(metadata, 'creationTimestamp') ?? '',
    deletingSince: textAt(metadata, 'deletionTimestamp'),
    finalizers: finalizers.length === 0 ? NONE : finalizers.map(share),
    owners: owners.length === 0 ? NONE : owners.map(ownerOf),
    labels: keptLabels(metadata, keys),
    annotations: keptAnnotations(metadata, keys),
    writers: writersOf(metadata),
    facts,
  };
}
