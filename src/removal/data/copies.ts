import { refOf, type ClusterObject } from '../../model/inventory.ts';
import type { BackupFound, SnapshotAtStake } from '../../model/removal.ts';
import { compareRefs, compareText, typeName } from '../../model/resource.ts';
import type { Aftermath } from '../aftermath.ts';
import { membersOf } from '../destruction.ts';

/** Snapshots that go, with the fate of what they hold. */
export function snapshotsAtStake({ world, set }: Aftermath): readonly SnapshotAtStake[] {
  return membersOf(set, isSnapshot).map(({ object }) => {
    const content = world.references('snapshot-content').find(({ to }) => compareRefs(to, refOf(object)) === 0);
    const source = world.references('snapshot-source').find(({ from }) => compareRefs(from, refOf(object)) === 0);
    return {
      namespace: object.namespace,
      name: object.name,
      ready: source?.facts.get('ready') ?? '',
      createdAt: source?.facts.get('createdAt') ?? '',
      fate: contentFate(content?.facts.get('deletionPolicy')),
    };
  });
}

function isSnapshot({ type }: ClusterObject): boolean {
  return typeName(type) === 'volumesnapshots.snapshot.storage.k8s.io';
}

/** Source: Kubernetes docs, Volume Snapshots, "Deletion Policy". */
function contentFate(deletionPolicy: string | undefined): SnapshotAtStake['fate'] {
  if (deletionPolicy === 'Delete') return 'destroyed';
  return deletionPolicy === 'Retain' ? 'kept' : 'unknown';
}

/**
 * Velero backups that include a namespace that goes, newest first within each. A backup whose own record goes is no
 * help, and left out.
 */
export function backupsFound({ world, namespaces, goes }: Aftermath): readonly BackupFound[] {
  return world
    .references('backup')
    .filter(({ from, to }) => namespaces.has(to.name) && !goes(from))
    .map(({ from, to, facts }) => ({
      namespace: from.namespace,
      name: from.name,
      includes: to.name,
      phase: facts.get('phase') ?? '',
      completedAt: facts.get('completedAt') ?? '',
    }))
    .toSorted(
      (a, b) =>
        compareText(a.includes, b.includes) || compareText(b.completedAt, a.completedAt) || compareText(a.name, b.name),
    );
}
