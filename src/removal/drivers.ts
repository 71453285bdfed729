import { refOf } from '../model/inventory.ts';
import type { Reference } from '../model/reference.ts';
import { compareRefs, typeName } from '../model/resource.ts';
import type { Aftermath } from './aftermath.ts';
import { objectName } from './world.ts';

/** Whether a storage driver stops to be served, and by what that is seen; undefined when nothing tells so. */
export type DriverFate = (driver: string) => string | undefined;

/** Sidecars of a CSI driver hold a lease each, named after the driver. Source: kubernetes-csi/csi-lib-utils, `leaderelection`. */
const LEASE_PREFIXES = [
  '',
  'external-attacher-leader-',
  'external-resizer-',
  'external-snapshotter-leader-',
  'external-health-monitor-leader-',
];

/** Why a storage driver does not outlive a removal. Each way alone is enough; the first one that holds is told. */
export function driverFates(after: Aftermath): DriverFate {
  const known = new Map<string, string | undefined>();
  return (driver) => {
    if (!isServed(driver)) return undefined;
    if (!known.has(driver)) known.set(driver, whyGone(driver, after));
    return known.get(driver);
  };
}

/** Volume plugins of Kubernetes itself, such as `hostPath`, have plain names; nothing serves them. */
function isServed(driver: string): boolean {
  return /[.-]/.test(driver);
}

function whyGone(driver: string, after: Aftermath): string | undefined {
  const ways = [byObject, byWorkload, byNamespace, byLease, byClass];
  for (const way of ways) {
    const because = way(driver, after);
    if (because !== undefined) return because;
  }
  return undefined;
}

/** The driver's own registration goes. */
function byObject(driver: string, { goes }: Aftermath): string | undefined {
  const ref = { group: 'storage.k8s.io', kind: 'CSIDriver', namespace: '', name: driver };
  return goes(ref) ? `csidrivers.storage.k8s.io/${driver}` : undefined;
}

/**
 * A workload that names the driver goes. Where the node plugin, a DaemonSet, stays, something else only speaks of it.
 */
function byWorkload(driver: string, { world, goes }: Aftermath): string | undefined {
  const mentions = world.references('driver-mention').filter(({ to }) => to.name === driver);
  const plugins = mentions.filter(({ from }) => from.kind === 'DaemonSet');
  const gone = (plugins.length > 0 ? plugins : mentions).filter(({ from }) => goes(from));
  return nameOf(gone, { world });
}

function nameOf(references: readonly Reference[], { world }: Pick<Aftermath, 'world'>): string | undefined {
  const [first] = references.toSorted((a, b) => compareRefs(a.from, b.from));
  if (first === undefined) return undefined;
  const object = world.find(first.from);
  return object === undefined ? `${first.from.kind.toLowerCase()}/${first.from.name}` : objectName(object);
}

/** Rook names its drivers after the namespace of its operator. Source: Rook, `CSI_DRIVER_NAME_PREFIX`. */
function byNamespace(driver: string, { namespaces }: Aftermath): string | undefined {
  const prefix = /(.+)\.(?:rbd|cephfs|nfs)\.csi\.ceph\.com$/.exec(driver)?.[1];
  return prefix !== undefined && namespaces.has(prefix) ? `namespace/${prefix}` : undefined;
}

function byLease(driver: string, { set }: Aftermath): string | undefined {
  const stem = driver.replace(/[./]/g, '-');
  const names = new Set(LEASE_PREFIXES.map((prefix) => `${prefix}${stem}`));
  for (const { object } of set.values()) {
    if (typeName(object.type) === 'leases.coordination.k8s.io' && names.has(object.name)) return objectName(object);
  }
  return undefined;
}

/** A class goes and nothing that stays knows its driver: then the driver came with the class. */
function byClass(driver: string, { world, goes }: Aftermath): string | undefined {
  const vouches = [...world.references('driver-mention'), ...world.references('provisioner')].some(
    ({ from, to }) => to.name === driver && !goes(from),
  );
  const registered = (world.byType.get('csidrivers.storage.k8s.io') ?? []).some(
    (object) => object.name === driver && !goes(refOf(object)),
  );
  if (vouches || registered) return undefined;
  const classes = world.references('provisioner').filter(({ from, to }) => to.name === driver && goes(from));
  return nameOf(classes, { world });
}
