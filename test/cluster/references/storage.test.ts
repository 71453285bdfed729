import { describeDecoders } from './taken.ts';

const SNAPSHOTS = 'snapshot.storage.k8s.io';
const CLAIM = { kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data', uid: 'u-1' };

describeDecoders('references of storage', [
  {
    says: 'a volume of a CSI driver names its claim and its driver',
    type: 'persistentvolumes',
    object: {
      spec: {
        accessModes: ['ReadWriteOnce'],
        capacity: { storage: '8Gi' },
        claimRef: CLAIM,
        csi: { driver: 'driver.longhorn.io', volumeHandle: 'pvc-1', volumeAttributes: { key: 'CANARY' } },
        nodeAffinity: { required: {} },
        persistentVolumeReclaimPolicy: 'Delete',
        storageClassName: 'longhorn',
      },
    },
    found: [
      'volume-claim /PersistentVolumeClaim shop/data uid=u-1 reclaimPolicy=Delete driver=driver.longhorn.io handle=pvc-1 capacity=8Gi storageClass=longhorn',
    ],
  },
  {
    says: 'a volume without a driver names its plugin and no path',
    type: 'persistentvolumes',
    object: {
      spec: {
        capacity: { storage: '1Gi' },
        claimRef: CLAIM,
        hostPath: { path: '/CANARY' },
        persistentVolumeReclaimPolicy: 'Retain',
      },
    },
    found: ['volume-claim /PersistentVolumeClaim shop/data uid=u-1 reclaimPolicy=Retain driver=hostPath capacity=1Gi'],
  },
  ...(
    [
      ['NFS', { nfs: { server: 'nfs.shop.svc', path: '/a' } }, 'driver=nfs handle=nfs.shop.svc:/a server=nfs.shop.svc'],
      ['NFS without a path', { nfs: { server: '10.0.0.9' } }, 'driver=nfs handle=10.0.0.9: server=10.0.0.9'],
      ['iSCSI', { iscsi: { targetPortal: '10.0.0.9:3260' } }, 'driver=iscsi server=10.0.0.9'],
      [
        'a driver for NFS',
        { csi: { driver: 'nfs.csi.k8s.io', volumeHandle: 'h', volumeAttributes: { server: 'nfs', share: '/CANARY' } } },
        'driver=nfs.csi.k8s.io handle=h server=nfs',
      ],
      [
        'a driver for SMB',
        { csi: { driver: 'smb.csi.k8s.io', volumeHandle: 'h', volumeAttributes: { source: '//smb.shop.svc/CANARY' } } },
        'driver=smb.csi.k8s.io handle=h server=smb.shop.svc',
      ],
      [
        'a driver whose server stands behind a login',
        { csi: { driver: 'd', volumeHandle: 'h', volumeAttributes: { source: '//user:CANARY@smb/share' } } },
        'driver=d handle=h',
      ],
      [
        'a driver whose attributes name no server',
        { csi: { driver: 'd', volumeHandle: 'h', volumeAttributes: { source: 'CANARY' } } },
        'driver=d handle=h',
      ],
    ] as const
  ).map(([says, source, told]) => ({
    says: `a volume of ${says} names what is known of its server and its data`,
    type: 'persistentvolumes',
    object: { spec: { claimRef: CLAIM, ...source } },
    found: [`volume-claim /PersistentVolumeClaim shop/data uid=u-1 ${told}`],
  })),
  {
    says: 'a volume without a claim names nothing',
    type: 'persistentvolumes',
    object: { spec: { csi: { driver: 'd' } } },
    found: [],
  },
  {
    says: 'a claim names its class',
    type: 'persistentvolumeclaims',
    object: { spec: { storageClassName: 'fast' } },
    found: ['class storage.k8s.io/StorageClass /fast'],
  },
  {
    says: 'a claim of old names its class in an annotation',
    type: 'persistentvolumeclaims',
    object: { metadata: { annotations: { 'volume.beta.kubernetes.io/storage-class': 'slow' } }, spec: {} },
    found: ['class storage.k8s.io/StorageClass /slow'],
  },
  {
    says: 'a claim of the empty class names none',
    type: 'persistentvolumeclaims',
    object: { spec: { storageClassName: '' } },
    found: [],
  },
  {
    says: 'a class names its provisioner',
    type: 'storageclasses.storage.k8s.io',
    object: { provisioner: 'driver.longhorn.io', reclaimPolicy: 'Delete', parameters: { secret: 'CANARY' } },
    found: ['provisioner storage.k8s.io/CSIDriver /driver.longhorn.io reclaimPolicy=Delete'],
  },
  {
    says: 'the content of a snapshot names the snapshot and its class',
    type: `volumesnapshotcontents.${SNAPSHOTS}`,
    object: {
      spec: {
        deletionPolicy: 'Retain',
        driver: 'd.io',
        volumeSnapshotClassName: 'snap',
        volumeSnapshotRef: { namespace: 'shop', name: 's', uid: 'u-2' },
      },
    },
    found: [
      `snapshot-content ${SNAPSHOTS}/VolumeSnapshot shop/s uid=u-2 deletionPolicy=Retain driver=d.io`,
      `class ${SNAPSHOTS}/VolumeSnapshotClass /snap`,
    ],
  },
  {
    says: 'a snapshot names the claim it was taken of',
    type: `volumesnapshots.${SNAPSHOTS}`,
    object: {
      spec: { source: { persistentVolumeClaimName: 'data' } },
      status: { readyToUse: true, creationTime: '2026-01-01T00:00:00Z' },
    },
    found: ['snapshot-source /PersistentVolumeClaim shop/data ready=true createdAt=2026-01-01T00:00:00Z'],
  },
  {
    says: 'a snapshot of a content made before names no claim',
    type: `volumesnapshots.${SNAPSHOTS}`,
    object: { spec: { source: { volumeSnapshotContentName: 'c' } } },
    found: [],
  },
]);
