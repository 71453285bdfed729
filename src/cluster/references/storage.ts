import { at, isRecord, textAt } from '../json.ts';
import { clusterRef, coreRef, pointer } from './referring.ts';
import type { Pointer, Referring, ReferringType } from './referring.ts';

const SNAPSHOTS = 'snapshot.storage.k8s.io';
const STORAGE = 'storage.k8s.io';

/** Fields of a volume's spec that are objects and no volume plugin. */
const NO_PLUGINS: ReadonlySet<string> = new Set(['capacity', 'claimRef', 'nodeAffinity']);

function driverOf(spec: unknown): string | undefined {
  const driver = textAt(spec, 'csi', 'driver') ?? textAt(spec, 'flexVolume', 'driver');
  if (driver !== undefined || !isRecord(spec)) return driver;
  return Object.keys(spec).find((key) => isRecord(at(spec, key)) && !NO_PLUGINS.has(key));
}

/** What tells the data of a volume from that of others, by its driver. */
function handleOf(spec: unknown): string | undefined {
  const [server, path] = [textAt(spec, 'nfs', 'server'), textAt(spec, 'nfs', 'path')];
  return textAt(spec, 'csi', 'volumeHandle') ?? (server === undefined ? undefined : `${server}:${path ?? ''}`);
}

/** A name or an address; what stands beside it, such as a login, is left where it is. */
const HOST = /^[a-z0-9.:-]+$/i;

/** Of NFS, SMB and iSCSI. Sources: Kubernetes API reference; csi-driver-nfs and csi-driver-smb, driver parameters. */
function serverOf(spec: unknown): string | undefined {
  const attributes = at(spec, 'csi', 'volumeAttributes');
  const [, host] = /^\/\/([^/]+)/.exec(textAt(attributes, 'source') ?? '') ?? [];
  const portal = [textAt(spec, 'iscsi', 'targetPortal'), textAt(attributes, 'targetPortal')];
  const portals = portal.map((text) => text?.replace(/:\d+$/, ''));
  const servers = [textAt(spec, 'nfs', 'server'), textAt(attributes, 'server'), host, ...portals];
  return servers.find((server) => server !== undefined && HOST.test(server));
}

function volumeOf({ object }: Referring): readonly Pointer[] {
  const spec = at(object, 'spec');
  const namespace = textAt(spec, 'claimRef', 'namespace');
  const name = textAt(spec, 'claimRef', 'name');
  if (namespace === undefined || name === undefined) return [];
  return [
    pointer('volume-claim', coreRef('PersistentVolumeClaim', namespace, name), {
      uid: textAt(spec, 'claimRef', 'uid'),
      reclaimPolicy: textAt(spec, 'persistentVolumeReclaimPolicy'),
      driver: driverOf(spec),
      handle: handleOf(spec),
      server: serverOf(spec),
      capacity: textAt(spec, 'capacity', 'storage'),
      storageClass: textAt(spec, 'storageClassName'),
    }),
  ];
}

/** The class that an object of snapshots names. */
function snapshotClass(object: unknown): readonly Pointer[] {
  const name = textAt(object, 'spec', 'volumeSnapshotClassName');
  return name === undefined ? [] : [pointer('class', clusterRef(SNAPSHOTS, 'VolumeSnapshotClass', name))];
}

function contentOf({ object }: Referring): readonly Pointer[] {
  const snapshot = at(object, 'spec', 'volumeSnapshotRef');
  const namespace = textAt(snapshot, 'namespace');
  const name = textAt(snapshot, 'name');
  if (namespace === undefined || name === undefined) return snapshotClass(object);
  const to = { group: SNAPSHOTS, kind: 'VolumeSnapshot', namespace, name };
  const facts = {
    uid: textAt(snapshot, 'uid'),
    deletionPolicy: textAt(object, 'spec', 'deletionPolicy'),
    driver: textAt(object, 'spec', 'driver'),
  };
  return [pointer('snapshot-content', to, facts), ...snapshotClass(object)];
}

function snapshotOf({ ref, object }: Referring): readonly Pointer[] {
  const claim = textAt(object, 'spec', 'source', 'persistentVolumeClaimName');
  if (claim === undefined) return snapshotClass(object);
  const ready = at(object, 'status', 'readyToUse');
  const facts = {
    ready: typeof ready === 'boolean' ? String(ready) : undefined,
    createdAt: textAt(object, 'status', 'creationTime'),
  };
  const to = coreRef('PersistentVolumeClaim', ref.namespace, claim);
  return [pointer('snapshot-source', to, facts), ...snapshotClass(object)];
}

function storageClassOf({ object }: Referring): readonly Pointer[] {
  const provisioner = textAt(object, 'provisioner');
  if (provisioner === undefined) return [];
  const reclaimPolicy = textAt(object, 'reclaimPolicy');
  return [pointer('provisioner', clusterRef(STORAGE, 'CSIDriver', provisioner), { reclaimPolicy })];
}

/** Claims of old name their class in an annotation. */
function claimOf({ object }: Referring): readonly Pointer[] {
  const annotated = textAt(object, 'metadata', 'annotations', 'volume.beta.kubernetes.io/storage-class');
  const name = annotated ?? textAt(object, 'spec', 'storageClassName');
  return name === undefined ? [] : [pointer('class', clusterRef(STORAGE, 'StorageClass', name))];
}

/** Volumes, claims and snapshots. Sources: Kubernetes API reference, CRDs of the CSI snapshotter. */
export const STORAGE_TYPES: readonly ReferringType[] = [
  { type: 'persistentvolumes', take: volumeOf },
  { type: 'persistentvolumeclaims', take: claimOf },
  { type: `storageclasses.${STORAGE}`, take: storageClassOf },
  { type: `volumesnapshots.${SNAPSHOTS}`, take: snapshotOf },
  { type: `volumesnapshotcontents.${SNAPSHOTS}`, take: contentOf },
];
