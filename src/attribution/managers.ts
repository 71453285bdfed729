import type { ClusterObject, Writer } from '../model/inventory.ts';
import { isPersonsManager } from '../model/managers.ts';

/** The newest manager among the object's writers that a person or a person's tool uses, if there is one. */
export function personsManager(object: ClusterObject): string | undefined {
  return object.writers.findLast(isPersonsWrite)?.manager;
}

function isPersonsWrite({ subresource, manager }: Writer): boolean {
  return subresource === '' && isPersonsManager(manager);
}

/** Whether people write single objects under this manager: not releases, and not before there were managers. */
export function isHandTool(manager: string): boolean {
  return isPersonsManager(manager) && manager !== 'before-first-apply' && !manager.toLowerCase().includes('helm');
}

/**
 * Managers of Kubernetes' own controllers and of the sidecars of storage drivers, which write into everybody's objects:
 * the volume into a claim, the finalizer into a Service. Sources: Kubernetes, Components; kubernetes-csi, Sidecars.
 */
const SERVE_ALL: ReadonlySet<string> = new Set([
  'kube-controller-manager',
  'kube-scheduler',
  'kubelet',
  'csi-provisioner',
  'csi-attacher',
  'csi-resizer',
  'csi-snapshotter',
  'external-provisioner',
]);

/** Whether what writes under this manager does so in objects of whomever, so that it tells no owner. */
export function servesAll(manager: string): boolean {
  return SERVE_ALL.has(manager) || manager.endsWith('cloud-controller-manager');
}

/**
 * The manager by which a person created the object: it wrote in the second in which the object came to be, and no
 * other one did. Controllers adopt such objects with an owner reference, which does not make them theirs.
 */
export function creatingPerson({ writers, createdAt }: ClusterObject): string | undefined {
  let creator: string | undefined;
  for (const { subresource, at, manager } of writers) {
    if (subresource !== '' || at === '' || at !== createdAt) continue;
    if (!isPersonsManager(manager)) return undefined;
    creator ??= manager;
  }
  return creator;
}
