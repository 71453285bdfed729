import { refOf, type ClusterObject } from '../../model/inventory.ts';
import type { VolumeAtStake } from '../../model/removal.ts';
import { compareText, refKey, typeName } from '../../model/resource.ts';
import type { Aftermath } from '../aftermath.ts';
import { membersOf } from '../destruction.ts';
import { engineFates } from '../engines.ts';
import { destroyed } from '../owner-class.ts';
import { UNSEEN_VOLUME, volumeRecords, type VolumeRecord } from '../volume-records.ts';
import type { World } from '../world.ts';

/** The volume of each claim that goes. A claim that was never bound has no data, and is left out. */
export function volumesAtStake(after: Aftermath): readonly VolumeAtStake[] {
  const { world, set, ownerOf } = after;
  const engineOf = engineFates(after);
  const recordOf = recordsByClaim(world);
  const mountersOf = mountersByClaim(world);
  return membersOf(set, isClaim).flatMap((member) => {
    const { facts } = member.object;
    const record = recordOf(member.object);
    const volume = facts.volume ?? record.name;
    if (volume === '' && facts.status === 'Pending') return [];
    return [
      {
        claim: destroyed(member, ownerOf),
        volume,
        capacity: facts.capacity ?? record.capacity,
        storageClass: facts.storageClass ?? record.storageClass,
        driver: record.driver,
        reclaimPolicy: record.reclaimPolicy,
        fate: engineOf(record) === undefined ? fateOf(record.reclaimPolicy) : 'destroyed',
        mountedBy: mountersOf(member.object),
      },
    ];
  });
}

/** The volume that names a claim, or that the claim names. */
function recordsByClaim(world: World): (claim: ClusterObject) => VolumeRecord {
  const records = volumeRecords(world);
  const byName = new Map(records.map((record) => [record.name, record]));
  const byClaim = new Map(
    records.flatMap((record) => (record.claim === undefined ? [] : [[refKey(record.claim), record] as const])),
  );
  return (claim) => byClaim.get(refKey(refOf(claim))) ?? byName.get(claim.facts.volume ?? '') ?? UNSEEN_VOLUME;
}

function isClaim({ type }: ClusterObject): boolean {
  return typeName(type) === 'persistentvolumeclaims';
}

/** What Kubernetes does with the data when the claim goes. Source: Kubernetes docs, Persistent Volumes, "Reclaiming". */
function fateOf(reclaimPolicy: string): VolumeAtStake['fate'] {
  if (reclaimPolicy === 'Delete' || reclaimPolicy === 'Recycle') return 'destroyed';
  return reclaimPolicy === 'Retain' ? 'kept' : 'unknown';
}

/** Who mounts a claim, as `kind/name`: workloads that name it, and the StatefulSet whose template made it. */
function mountersByClaim(world: World): (claim: ClusterObject) => readonly string[] {
  const { claimTemplates } = world.subject.inventory;
  return (claim) => {
    const named = (world.mounts.get(refKey(refOf(claim))) ?? []).map(
      ({ from }) => `${from.kind.toLowerCase()}/${from.name}`,
    );
    const sets = claimTemplates
      .filter(({ namespace }) => namespace === claim.namespace)
      .filter(({ statefulSet, templates }) =>
        templates.some((template) => isNumbered(claim.name, `${template}-${statefulSet}-`)),
      )
      .map(({ statefulSet }) => `statefulset/${statefulSet}`);
    return [...new Set([...named, ...sets])].toSorted(compareText);
  };
}

function isNumbered(name: string, stem: string): boolean {
  return name.startsWith(stem) && /^\d+$/.test(name.slice(stem.length));
}
