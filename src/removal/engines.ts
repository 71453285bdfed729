import { grouped } from '../model/grouped.ts';
import { refOf, type ClusterObject } from '../model/inventory.ts';
import { rememberedOf } from '../model/remembered.ts';
import { compareRefs } from '../model/resource.ts';
import type { Aftermath } from './aftermath.ts';
import type { VolumeRecord } from './volume-records.ts';
import { objectName } from './world.ts';

/**
 * Storage engines that keep what they know of volumes in custom resources: without these the volumes are lost. `drivers`
 * ends a driver's name. Sources: CRDs of Rook, Longhorn, Piraeus (LINSTOR), OpenEBS, Portworx, TopoLVM, DirectPV.
 */
const ENGINES: readonly { readonly drivers: string; readonly records: readonly string[] }[] = [
  { drivers: '.csi.ceph.com', records: ['cephclusters.ceph.rook.io'] },
  { drivers: '.rbd.csi.ceph.com', records: ['cephblockpools.ceph.rook.io'] },
  { drivers: '.cephfs.csi.ceph.com', records: ['cephfilesystems.ceph.rook.io'] },
  { drivers: 'driver.longhorn.io', records: ['volumes.longhorn.io', 'engines.longhorn.io'] },
  {
    drivers: 'linstor.csi.linbit.com',
    records: ['linstorclusters.piraeus.io', 'resourcedefinitions.internal.linstor.linbit.com'],
  },
  { drivers: 'cstor.csi.openebs.io', records: ['cstorvolumes.cstor.openebs.io'] },
  { drivers: 'jiva.csi.openebs.io', records: ['jivavolumes.openebs.io'] },
  { drivers: 'local.csi.openebs.io', records: ['lvmvolumes.local.openebs.io'] },
  { drivers: 'zfs.csi.openebs.io', records: ['zfsvolumes.zfs.openebs.io'] },
  { drivers: 'io.openebs.csi-mayastor', records: ['diskpools.openebs.io'] },
  { drivers: 'pxd.portworx.com', records: ['storageclusters.core.libopenstorage.org'] },
  { drivers: 'topolvm.io', records: ['logicalvolumes.topolvm.io'] },
  { drivers: 'directpv-min-io', records: ['directpvvolumes.directpv.min.io'] },
];

/** By the end of what a volume is lost; undefined when nothing tells so. */
export type EngineFate = (volume: Pick<VolumeRecord, 'driver' | 'handle'>) => string | undefined;

/**
 * A volume is lost with the custom resource that bears the name of its handle, and all volumes of a driver with the
 * definition of its engine's records, or with all of these.
 */
export const engineFates = rememberedOf((after: Aftermath): EngineFate => {
  const records = recordsByName(after);
  const known = new Map<string, string | undefined>();
  return ({ driver, handle }) => {
    const record = records.get(handle)?.[0];
    if (record !== undefined) return objectName(record);
    if (!known.has(driver)) known.set(driver, lostRecords(driver, after));
    return known.get(driver);
  };
});

/** Custom resources that go, by name. */
function recordsByName({ set }: Aftermath): ReadonlyMap<string, readonly ClusterObject[]> {
  const records = [...set.values()].map(({ object }) => object).filter(isRecordType);
  return grouped(records, ({ name }) => name);
}

function lostRecords(driver: string, { world, goes }: Aftermath): string | undefined {
  const records = ENGINES.filter(({ drivers }) => driver.endsWith(drivers)).flatMap((engine) => engine.records);
  for (const type of records) {
    const definition = world.byType
      .get('customresourcedefinitions.apiextensions.k8s.io')
      ?.find(({ name }) => name === type);
    if (definition !== undefined && goes(refOf(definition))) return objectName(definition);
    const [first, ...rest] = (world.byType.get(type) ?? []).toSorted((a, b) => compareRefs(refOf(a), refOf(b)));
    if (first !== undefined && [first, ...rest].every((object) => goes(refOf(object)))) return objectName(first);
  }
  return undefined;
}

/** Groups whose objects are no engine's records, though they may bear a volume's name. */
const PLAIN_GROUP = /(?:^|\.)k8s\.io$/;

/** Whether an object is of a custom type, as the records of storage engines are. */
export function isRecordType({ type }: ClusterObject): boolean {
  return type.group.includes('.') && !PLAIN_GROUP.test(type.group);
}
