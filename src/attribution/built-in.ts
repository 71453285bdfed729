import { labelOf } from '../model/evidence-keys.ts';
import { grouped } from '../model/grouped.ts';
import type { ClusterObject } from '../model/inventory.ts';
import { kindKey } from '../model/resource.ts';
import type { Context } from './context.ts';
import { personsManager } from './managers.ts';
import { podNamed } from './parents.ts';

/** A rule that recognises an object Kubernetes or the platform makes by itself in any namespace. */
interface BuiltIn {
  readonly kind: string;
  readonly matches: (object: ClusterObject, context: Context) => boolean;
  readonly text: string;
}

const named =
  (...names: readonly string[]) =>
  (object: ClusterObject): boolean =>
    names.includes(object.name);

const inNamespace =
  (namespace: string, ...names: readonly string[]) =>
  (object: ClusterObject): boolean =>
    object.namespace === namespace && (names.length === 0 || names.includes(object.name));

const system = (object: ClusterObject): boolean =>
  object.namespace === 'kube-system' || object.namespace === 'kube-public';

const bootConfigMaps = named(
  'extension-apiserver-authentication',
  'kube-apiserver-legacy-service-account-token-tracking',
  'kubeadm-config',
  'kubelet-config',
  'kube-proxy',
  'coredns',
  'cluster-info',
);

/** Whether the cluster is OpenShift, by a group that nothing else serves. */
const isOpenShift = ({ inventory }: Context): boolean =>
  inventory.types.some(({ group }) => group === 'project.openshift.io' || group === 'build.openshift.io');

/** Few objects bear such a name: the many types are looked through for these alone. */
const onOpenShift = (...names: readonly string[]): BuiltIn['matches'] => {
  const isNamed = named(...names);
  return (object, context) => isNamed(object) && isOpenShift(context);
};

/**
 * Objects that controllers make in every namespace or at boot, matched by whole name, never by a part of it.
 * Sources: kubernetes `rootcacertpublisher`, `serviceaccounts_controller`, bootstrap RBAC policy, control plane
 * leases; OpenShift documentation on default service accounts; istiod `namespacecontroller`; GKE docs, Quotas.
 */
const BUILT_INS: readonly BuiltIn[] = [
  {
    kind: '/ConfigMap',
    matches: named('kube-root-ca.crt'),
    text: 'the root CA that Kubernetes puts into every namespace',
  },
  { kind: '/ServiceAccount', matches: named('default'), text: 'the default ServiceAccount of every namespace' },
  { kind: '/Event', matches: () => true, text: 'an event record' },
  { kind: 'events.k8s.io/Event', matches: () => true, text: 'an event record' },
  { kind: '/Service', matches: inNamespace('default', 'kubernetes'), text: 'the API server itself' },
  { kind: '/Endpoints', matches: inNamespace('default', 'kubernetes'), text: 'the API server itself' },
  {
    kind: 'discovery.k8s.io/EndpointSlice',
    matches: inNamespace('default', 'kubernetes'),
    text: 'the API server itself',
  },
  { kind: 'coordination.k8s.io/Lease', matches: inNamespace('kube-node-lease'), text: 'a node heartbeat' },
  {
    kind: 'coordination.k8s.io/Lease',
    matches: (object) =>
      object.namespace === 'kube-system' &&
      (labelOf(object, 'apiserver.kubernetes.io/identity') !== undefined ||
        named('kube-controller-manager', 'kube-scheduler')(object)),
    text: 'a control plane lease',
  },
  {
    kind: '/ConfigMap',
    matches: (object) => system(object) && bootConfigMaps(object),
    text: 'made when the cluster was set up',
  },
  {
    kind: 'rbac.authorization.k8s.io/Role',
    matches: (object) => system(object) && isBootRole(object.name),
    text: "one of Kubernetes' own roles",
  },
  {
    kind: 'rbac.authorization.k8s.io/RoleBinding',
    matches: (object) => system(object) && isBootRole(object.name),
    text: "one of Kubernetes' own role bindings",
  },
  {
    kind: '/ConfigMap',
    matches: onOpenShift('openshift-service-ca.crt'),
    text: 'put into every namespace by OpenShift',
  },
  {
    kind: '/ServiceAccount',
    matches: onOpenShift('builder', 'deployer', 'pipeline'),
    text: 'put into every namespace by OpenShift',
  },
  {
    kind: 'rbac.authorization.k8s.io/RoleBinding',
    matches: onOpenShift('system:deployers', 'system:image-builders', 'system:image-pullers'),
    text: 'put into every namespace by OpenShift',
  },
  {
    kind: '/ConfigMap',
    matches: (object) => object.name === 'istio-ca-root-cert' && labelOf(object, 'istio.io/config') === 'true',
    text: 'the root CA that Istio puts into every namespace',
  },
  {
    kind: 'operators.coreos.com/ClusterServiceVersion',
    matches: (object) => labelOf(object, 'olm.copiedFrom') !== undefined,
    text: 'a copy that OLM keeps in every namespace',
  },
  {
    kind: '/Secret',
    matches: (object) => object.namespace === 'kube-system' && object.facts.type === 'bootstrap.kubernetes.io/token',
    text: 'a token for nodes to join',
  },
  {
    kind: '/ConfigMap',
    matches: ({ namespace, name }) => namespace === 'kube-system' && /^kubelet-config-\d+\.\d+$/.test(name),
    text: 'made when the cluster was set up',
  },
  ...['wgpolicyk8s.io/PolicyReport', 'reports.kyverno.io/EphemeralReport', 'kyverno.io/AdmissionReport'].map(
    (kind): BuiltIn => ({ kind, matches: byMachine, text: "a policy engine's report" }),
  ),
  { kind: 'kyverno.io/BackgroundScanReport', matches: byMachine, text: "a policy engine's report" },
  {
    kind: '/ResourceQuota',
    matches: (object) => object.name === 'gke-resource-quotas' && byMachine(object),
    text: 'the quota that GKE puts into every namespace',
  },
  { kind: 'cilium.io/CiliumEndpoint', matches: hasLivePod, text: 'the network endpoint of a pod' },
];

/** Names under the prefixes that Kubernetes reserves for itself, in the two system namespaces only. */
function isBootRole(name: string): boolean {
  return (
    ['system:', 'kubeadm:'].some((prefix) => name.startsWith(prefix)) ||
    name === 'extension-apiserver-authentication-reader'
  );
}

function byMachine(object: ClusterObject): boolean {
  return personsManager(object) === undefined;
}

function hasLivePod({ namespace, name }: ClusterObject, context: Context): boolean {
  return podNamed(name, namespace, context) !== undefined;
}

const BY_KIND = grouped(BUILT_INS, ({ kind }) => kind);

/** Why an object is Kubernetes' own making, or undefined when it is not. */
export function builtIn(object: ClusterObject, context: Context): string | undefined {
  return BY_KIND.get(kindKey(object.type))?.find((rule) => rule.matches(object, context))?.text;
}
