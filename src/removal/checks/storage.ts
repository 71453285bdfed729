import { grouped } from '../../model/grouped.ts';
import type { BreakageSeverity, OwnerClass, StrandedVolume, VolumeAtStake } from '../../model/removal.ts';
import type { ObjectRef } from '../../model/resource.ts';
import { severed, type Aftermath } from '../aftermath.ts';
import { factsOf, referencesOf, WORKLOAD_TYPES, type Check, type Hit } from '../check.ts';
import { namespacesText, ownerName } from '../counting.ts';
import { driverFates } from '../drivers.ts';
import { retainedByEngine, strandedByDriver, strandedBySharedData, strandedByVolume } from '../data/stranded.ts';
import { volumesAtStake } from '../data/volumes.ts';

const SNAPSHOT_CONTENTS = 'volumesnapshotcontents.snapshot.storage.k8s.io';
const DRIVERS_SEEN = [
  'persistentvolumes',
  'persistentvolumeclaims',
  'csidrivers.storage.k8s.io',
  'leases.coordination.k8s.io',
  ...['persistentvolumes', 'storageclasses.storage.k8s.io', ...WORKLOAD_TYPES].map((type) => `references/${type}`),
];

function claimRef({ namespace, claim }: StrandedVolume): ObjectRef {
  return { group: '', kind: 'PersistentVolumeClaim', namespace, name: claim };
}

function volumeRef(name: string): ObjectRef {
  return { group: '', kind: 'PersistentVolume', namespace: '', name };
}

/** One for each driver: claims elsewhere whose volumes nobody serves any more. */
function strandedClaims(after: Aftermath): readonly Hit[] {
  return [...grouped(strandedByDriver(after), ({ driver, because }) => JSON.stringify([driver, because])).values()].map(
    (group) => {
      const [first] = group;
      const lost = group.filter((one) => one.lost).length;
      const facts = factsOf({
        count: String(group.length),
        driver: first.driver,
        because: first.because,
        lost: lost === 0 ? '' : String(lost),
        namespaces: namespacesText(group.map(claimRef)),
      });
      return { from: claimRef(first), to: volumeRef(first.volume), facts };
    },
  );
}

/** One for each driver: volumes that somebody kept without a claim. Whose data that is, nobody knows. */
function retainedVolumes(after: Aftermath): readonly Hit[] {
  return [...grouped(retainedByEngine(after), ({ driver, because }) => JSON.stringify([driver, because])).values()].map(
    (group) => {
      const [{ name, driver, because }] = group;
      const facts = factsOf({ count: String(group.length), driver, because, kind: 'PersistentVolume' });
      return { from: volumeRef(name), to: volumeRef(name), facts, severity: 'warning' };
    },
  );
}

/** Owners that are somebody, and no pack of this removal. */
const OTHERS: ReadonlySet<OwnerClass> = new Set(['staying-pack', 'application', 'person', 'disputed']);

/** Claims of others that go. Whose data is nobody's known is only warned of: the objects themselves are a doubt already. */
function volumesOfOthers(after: Aftermath): readonly Hit[] {
  return volumesAtStake(after)
    .filter(({ claim }) => claim.ownerClass !== 'removed-pack')
    .map((volume) => ({
      from: { group: '', kind: 'PersistentVolumeClaim', namespace: volume.claim.namespace, name: volume.claim.name },
      to: volumeRef(volume.volume),
      facts: factsOf({
        capacity: volume.capacity,
        reclaimPolicy: volume.reclaimPolicy,
        owner: ownerName(volume.claim),
        lost: volume.reclaimPolicy === 'Retain' && volume.fate === 'destroyed' ? 'yes' : '',
      }),
      severity: severityOf(volume),
    }));
}

function severityOf({ fate, claim }: VolumeAtStake): BreakageSeverity {
  return fate !== 'kept' && OTHERS.has(claim.ownerClass) ? 'critical' : 'warning';
}

/** Volumes that a release or manifest contains while a claim that stays is bound to them. */
function volumesOfClaimsElsewhere(after: Aftermath): readonly Hit[] {
  return strandedByVolume(after).map((stranded) => ({
    from: claimRef(stranded),
    to: volumeRef(stranded.volume),
    facts: factsOf({ capacity: stranded.capacity, because: stranded.because, lost: stranded.lost ? 'yes' : '' }),
    severity: stranded.lost ? 'critical' : 'warning',
  }));
}

/** Volumes of the same data as one that goes, under another name. */
function volumesOfSharedData(after: Aftermath): readonly Hit[] {
  return strandedBySharedData(after).map((stranded) => ({
    from: claimRef(stranded),
    to: volumeRef(stranded.volume),
    facts: factsOf({ capacity: stranded.capacity, because: stranded.because, lost: 'yes', shared: 'yes' }),
  }));
}

/** Storage classes that stay while their driver goes, whether it is registered or only seen to run. */
function classesWithoutDriver(after: Aftermath): readonly Hit[] {
  const fateOf = driverFates(after);
  return after.world
    .references('provisioner')
    .filter(({ from }) => !after.goes(from))
    .flatMap(({ from, to, facts }) => {
      const because = fateOf(to.name);
      return because === undefined ? [] : [{ from, to, facts: new Map([...facts, ['because', because]]) }];
    });
}

/** What becomes of volumes, snapshots and drivers. */
export const STORAGE_CHECKS: readonly Check[] = [
  {
    id: 'stranded-volumes',
    severity: 'critical',
    source:
      'Kubernetes docs, Volumes, "csi": a CSI driver mounts and unmounts its volumes; documentation of Rook, Longhorn and LINSTOR on their custom resources',
    needs: () => [...DRIVERS_SEEN, 'references/services'],
    find: (after) => [...strandedClaims(after), ...retainedVolumes(after)],
  },
  {
    id: 'volumes-of-others',
    severity: 'critical',
    source: 'Kubernetes docs, Persistent Volumes, "Reclaiming": with the policy Delete the data goes with the claim',
    needs: () => ['persistentvolumeclaims', 'persistentvolumes', 'references/persistentvolumes'],
    find: volumesOfOthers,
  },
  {
    id: 'volume-elsewhere',
    severity: 'critical',
    source:
      'Kubernetes docs, Persistent Volumes, "Storage Object in Use Protection": a volume that was deleted goes as soon as its claim does',
    needs: referencesOf('persistentvolumes'),
    find: (after) => [...volumesOfClaimsElsewhere(after), ...volumesOfSharedData(after)],
  },
  {
    id: 'snapshot-content',
    severity: 'warning',
    source: 'Kubernetes docs, Volume Snapshots, "Provisioning Volume Snapshot" and "Deletion Policy"',
    needs: referencesOf(SNAPSHOT_CONTENTS),
    find: (after) => severed(after, 'snapshot-content'),
  },
  {
    id: 'provisioner',
    severity: 'warning',
    source: 'Kubernetes docs, Storage Classes, "Provisioner": it decides who makes the volumes of new claims',
    needs: () => DRIVERS_SEEN,
    find: classesWithoutDriver,
  },
];
