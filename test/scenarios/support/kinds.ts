import { fakeType } from '../../support/fake-api/description.ts';
import type { FakeObject, FakeType } from '../../support/fake-api/description.ts';
import { at, isRecord, listAt, textAt } from './documents.ts';

type Column = readonly [string, (object: FakeObject) => unknown];

function column(name: string, ...path: readonly string[]): Column {
  return [name, (object) => at(object, ...path) ?? '<none>'];
}

/** As printed where nothing stands for an absence. */
function plain(name: string, ...path: readonly string[]): Column {
  return [name, (object) => at(object, ...path) ?? ''];
}

/** Short names that calls use. */
const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ['configmaps', 'cm'],
  ['customresourcedefinitions.apiextensions.k8s.io', 'crd'],
  ['deployments.apps', 'deploy'],
  ['persistentvolumeclaims', 'pvc'],
  ['persistentvolumes', 'pv'],
]);

function typeWith(name: string, kind: string, more: Partial<FakeType>): FakeType {
  const short = SHORT_NAMES.get(name);
  return fakeType(name, kind, { ...more, shortNames: short === undefined ? [] : [short] });
}

function cluster(name: string, kind: string, ...columns: readonly Column[]): FakeType {
  return typeWith(name, kind, { namespaced: false, columns: new Map(columns) });
}

function namespaced(name: string, kind: string, ...columns: readonly Column[]): FakeType {
  return typeWith(name, kind, { columns: new Map(columns) });
}

function claimOf(volume: FakeObject): string {
  const name = textAt(volume, 'spec', 'claimRef', 'name');
  return name === undefined ? '' : `${textAt(volume, 'spec', 'claimRef', 'namespace') ?? ''}/${name}`;
}

/** What every API server serves, with the printer columns that count. */
export const BUILT_IN_TYPES: readonly FakeType[] = [
  cluster('namespaces', 'Namespace', column('Status', 'status', 'phase')),
  cluster('nodes', 'Node'),
  cluster(
    'persistentvolumes',
    'PersistentVolume',
    column('Capacity', 'spec', 'capacity', 'storage'),
    column('Reclaim Policy', 'spec', 'persistentVolumeReclaimPolicy'),
    column('Status', 'status', 'phase'),
    ['Claim', claimOf],
    plain('StorageClass', 'spec', 'storageClassName'),
  ),
  namespaced('configmaps', 'ConfigMap'),
  namespaced('secrets', 'Secret', column('Type', 'type')),
  namespaced('services', 'Service', column('Type', 'spec', 'type')),
  namespaced('endpoints', 'Endpoints'),
  namespaced('pods', 'Pod'),
  namespaced('serviceaccounts', 'ServiceAccount'),
  namespaced('resourcequotas', 'ResourceQuota'),
  namespaced('limitranges', 'LimitRange'),
  namespaced('events', 'Event'),
  namespaced(
    'persistentvolumeclaims',
    'PersistentVolumeClaim',
    column('Status', 'status', 'phase'),
    column('Volume', 'spec', 'volumeName'),
    column('Capacity', 'status', 'capacity', 'storage'),
    plain('StorageClass', 'spec', 'storageClassName'),
  ),
  namespaced('deployments.apps', 'Deployment'),
  namespaced('replicasets.apps', 'ReplicaSet'),
  namespaced('statefulsets.apps', 'StatefulSet'),
  namespaced('daemonsets.apps', 'DaemonSet'),
  namespaced('controllerrevisions.apps', 'ControllerRevision'),
  namespaced('jobs.batch', 'Job'),
  namespaced('cronjobs.batch', 'CronJob'),
  namespaced('leases.coordination.k8s.io', 'Lease', column('Holder', 'spec', 'holderIdentity')),
  namespaced('endpointslices.discovery.k8s.io', 'EndpointSlice'),
  namespaced('ingresses.networking.k8s.io', 'Ingress'),
  namespaced('networkpolicies.networking.k8s.io', 'NetworkPolicy'),
  namespaced('roles.rbac.authorization.k8s.io', 'Role'),
  namespaced('rolebindings.rbac.authorization.k8s.io', 'RoleBinding'),
  cluster('clusterroles.rbac.authorization.k8s.io', 'ClusterRole'),
  cluster('clusterrolebindings.rbac.authorization.k8s.io', 'ClusterRoleBinding'),
  cluster('customresourcedefinitions.apiextensions.k8s.io', 'CustomResourceDefinition'),
  cluster('apiservices.apiregistration.k8s.io', 'APIService'),
];

/** What every API server serves, too, but only clusters that hold some of it show here. */
export const FURTHER_TYPES: readonly FakeType[] = [
  cluster('validatingwebhookconfigurations.admissionregistration.k8s.io', 'ValidatingWebhookConfiguration'),
  cluster('mutatingwebhookconfigurations.admissionregistration.k8s.io', 'MutatingWebhookConfiguration'),
  cluster('csidrivers.storage.k8s.io', 'CSIDriver'),
  cluster('storageclasses.storage.k8s.io', 'StorageClass'),
  cluster('ingressclasses.networking.k8s.io', 'IngressClass'),
];

/** The type that a CustomResourceDefinition makes the server serve. */
export function customType(definition: FakeObject): FakeType {
  const served = listAt(definition, 'spec', 'versions').find(isRecord);
  return fakeType(definition.metadata.name, textAt(definition, 'spec', 'names', 'kind') ?? '', {
    version: textAt(served, 'name') ?? 'v1',
    namespaced: textAt(definition, 'spec', 'scope') !== 'Cluster',
  });
}
