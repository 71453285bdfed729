import { labelOf } from '../model/evidence-keys.ts';
import type { ClusterObject } from '../model/inventory.ts';
import { compareText } from '../model/resource.ts';

const STORAGE_NAME = /^sh\.helm\.release\.v1\.(.+)\.v(\d{1,9})$/;

/** One revision of a release as its storage object's metadata tells it; `status` is its label, which may lie. */
export interface StoredRevision {
  readonly storageKind: 'Secret' | 'ConfigMap';
  readonly storageNamespace: string;
  readonly storageName: string;
  readonly name: string;
  readonly revision: number;
  readonly status: string;
}

/** A release's revisions, newest first. */
export type StoredRelease = readonly [StoredRevision, ...StoredRevision[]];

/** Of Secrets only those of Helm's type are ever fetched, where the listing told the type. */
function isStorage(object: ClusterObject): boolean {
  const type = object.facts.type ?? 'helm.sh/release.v1';
  const isRecord = object.type.kind !== 'Secret' || type === 'helm.sh/release.v1';
  return isRecord && labelOf(object, 'owner') === 'helm';
}

function revisionOf(object: ClusterObject): readonly StoredRevision[] {
  const [, name, revision] = STORAGE_NAME.exec(object.name) ?? [];
  if (name === undefined || !isStorage(object)) return [];
  return [
    {
      storageKind: object.type.kind === 'Secret' ? 'Secret' : 'ConfigMap',
      storageNamespace: object.namespace,
      storageName: object.name,
      name,
      revision: Number(revision),
      status: labelOf(object, 'status') ?? '',
    },
  ];
}

function key(stored: StoredRevision): string {
  return `${stored.storageNamespace}/${stored.name}/${stored.storageKind}`;
}

/** Groups storage objects by release, sorted; what only looks like a storage object is left out. */
export function storedReleases(objects: readonly ClusterObject[]): readonly StoredRelease[] {
  const found = new Map<string, [StoredRevision, ...StoredRevision[]]>();
  const newestFirst = objects.flatMap(revisionOf).toSorted((a, b) => b.revision - a.revision);
  for (const stored of newestFirst) {
    const group = found.get(key(stored));
    if (group === undefined) found.set(key(stored), [stored]);
    else group.push(stored);
  }
  return [...found.entries()].toSorted(([a], [b]) => compareText(a, b)).map(([, group]) => group);
}
