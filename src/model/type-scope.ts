import type { ObjectRef, ResourceType } from './resource.ts';

/** Tells which types are cluster-scoped, and which group an object lives in today. */
export interface TypeScope {
  isClusterScoped(ref: Pick<ObjectRef, 'group' | 'kind'>): boolean;
}

/** Cluster-scoped kinds of Kubernetes itself, for definitions read without a cluster. */
const BUILT_IN: ReadonlySet<string> = new Set([
  '/Namespace',
  '/Node',
  '/PersistentVolume',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/MutatingAdmissionPolicy',
  'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'apiregistration.k8s.io/APIService',
  'certificates.k8s.io/CertificateSigningRequest',
  'flowcontrol.apiserver.k8s.io/FlowSchema',
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration',
  'networking.k8s.io/IngressClass',
  'networking.k8s.io/IPAddress',
  'networking.k8s.io/ServiceCIDR',
  'node.k8s.io/RuntimeClass',
  'policy/PodSecurityPolicy',
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
  'resource.k8s.io/DeviceClass',
  'resource.k8s.io/ResourceSlice',
  'scheduling.k8s.io/PriorityClass',
  'storage.k8s.io/CSIDriver',
  'storage.k8s.io/CSINode',
  'storage.k8s.io/StorageClass',
  'storage.k8s.io/VolumeAttachment',
  'storage.k8s.io/VolumeAttributesClass',
  'gateway.networking.k8s.io/GatewayClass',
  'snapshot.storage.k8s.io/VolumeSnapshotClass',
  'snapshot.storage.k8s.io/VolumeSnapshotContent',
]);

/**
 * Scope by discovery where it knows the kind, else by Kubernetes' own list. A kind that nobody knows counts as
 * namespaced: then it makes a stake, which errs to the safe side.
 */
export function typeScope(types: readonly ResourceType[]): TypeScope {
  const known = new Map(types.map(({ group, kind, namespaced }) => [`${group}/${kind}`, namespaced]));
  return {
    isClusterScoped: ({ group, kind }) => {
      const namespaced = known.get(`${group}/${kind}`);
      return namespaced === undefined ? BUILT_IN.has(`${group}/${kind}`) : !namespaced;
    },
  };
}

/** Groups whose kinds moved, so that an old manifest and the live object meet. Source: Kubernetes deprecation guide. */
const MOVED: ReadonlyMap<string, string> = new Map([
  ['extensions/Deployment', 'apps'],
  ['extensions/DaemonSet', 'apps'],
  ['extensions/ReplicaSet', 'apps'],
  ['extensions/Ingress', 'networking.k8s.io'],
  ['extensions/NetworkPolicy', 'networking.k8s.io'],
  ['events.k8s.io/Event', ''],
]);

const MOVED_GROUPS: ReadonlySet<string> = new Set(Array.from(MOVED.keys(), (key) => key.slice(0, key.indexOf('/'))));

/** The group under which an object of this group and kind is compared. */
export function currentGroup(group: string, kind: string): string {
  return MOVED_GROUPS.has(group) ? (MOVED.get(`${group}/${kind}`) ?? group) : group;
}
