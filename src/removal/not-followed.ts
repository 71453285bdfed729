import type { CheckId } from '../model/check.ts';
import type { ClusterObject } from '../model/inventory.ts';
import type { CheckRun } from '../model/removal.ts';
import { compareText, typeName } from '../model/resource.ts';
import { APPLICATIONS, cascades, deploysElsewhere, HELM_RELEASES, KUSTOMIZATIONS, listsOutdated } from './gitops.ts';
import { objectName, type World } from './world.ts';

/**
 * Domains of finalizers whose controllers delete more than the cluster tells of: machines and clusters, things in a
 * cloud, in other clusters or in a server of data, and what was deployed by an inventory of the controller's own.
 * Sources: Cluster API, Karpenter, Metal3, Hive, Crossplane, Config Connector, ACK, Azure Service Operator, HCP Terraform
 * operator, Tofu controller, Pulumi operator, kapp-controller, Fleet, KubeVela, Flux operator, kro, Open Cluster
 * Management, Karmada, Sveltos, Strimzi, External Secrets Operator.
 */
const FAR_REACHING: readonly string[] = [
  'cluster.x-k8s.io',
  'managedresource.crossplane.io',
  'cnrm.cloud.google.com',
  'services.k8s.aws',
  'serviceoperator.azure.com',
  'app.terraform.io',
  'tf.contrib.fluxcd.io',
  'stack.pulumi.com',
  'kapp-ctrl.k14s.io',
  'fleet.cattle.io',
  'oam.dev',
  'fluxcd.controlplane.io',
  'kro.run',
  'karpenter.sh',
  'metal3.io',
  'hive.openshift.io',
  'open-cluster-management.io',
  'karmada.io',
  'projectsveltos.io',
  'strimzi.io',
  'pushsecret.externalsecrets.io',
];

/** Types whose objects take along what only they themselves name, and the check that rests on the same reading. */
const NAMING: ReadonlyMap<string, CheckId> = new Map([
  [APPLICATIONS, 'destination'],
  [KUSTOMIZATIONS, 'flux-source'],
  [HELM_RELEASES, 'flux-source'],
  ['volumesnapshots.snapshot.storage.k8s.io', 'snapshot-content'],
]);

/** The checks of these. */
export const FOLLOWING: ReadonlySet<CheckId> = new Set(NAMING.values());

const DEPLOYERS: ReadonlySet<string> = new Set([APPLICATIONS, KUSTOMIZATIONS, HELM_RELEASES]);

/** Objects that go and take along what nobody can follow from here, as `TYPE.GROUP/NAME`; each once, sorted. */
export function notFollowed(gone: readonly ClusterObject[], world: World): readonly string[] {
  const found = gone.filter(
    (object) => isNode(object) || object.finalizers.some(isFarReaching) || deploysUnseen(object, world),
  );
  return [...new Set(found.map(objectName))].toSorted(compareText);
}

/** What runs on a node, of whomever, stops with it, and keeps its data there. */
function isNode({ type }: ClusterObject): boolean {
  return typeName(type) === 'nodes';
}

function deploysUnseen(object: ClusterObject, world: World): boolean {
  if (!DEPLOYERS.has(typeName(object.type)) || !cascades(object, world)) return false;
  return deploysElsewhere(object, world) || listsOutdated(object, world);
}

function isFarReaching(finalizer: string): boolean {
  const [domain = ''] = finalizer.split('/');
  return FAR_REACHING.some((one) => domain === one || domain.endsWith(`.${one}`));
}

/** Checks whose reading tells what goes along with these, where it was not read in full. */
export function unreadFollowers(gone: readonly ClusterObject[], checks: readonly CheckRun[]): readonly CheckId[] {
  const needed = new Set(gone.map(({ type }) => NAMING.get(typeName(type))));
  return checks.filter(({ check, ran, critical }) => !critical && !ran && needed.has(check)).map(({ check }) => check);
}
