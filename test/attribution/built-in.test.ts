import assert from 'node:assert/strict';
import { builtIn } from '../../src/attribution/built-in.ts';
import { contextOf } from '../../src/attribution/context.ts';
import type { ClusterObject, Inventory } from '../../src/model/inventory.ts';
import { attributionInput, inventory, object, TYPES } from '../support/world.ts';

type Given = Parameters<typeof object>[1];

/** An object of a kind that the small cluster need not serve: `made('shop', 'cilium.io/CiliumEndpoint', 'web')`. */
function made(namespace: string, type: string, name: string, given: Given = {}): ClusterObject {
  const [group = '', kind = ''] = type.split('/');
  const one = object(`${namespace}/ConfigMap/${name}`, given);
  return { ...one, type: { ...one.type, group, kind } };
}

/** The small cluster with one more group, which no object of it needs to be of. */
function serving(group: string): Partial<Inventory> {
  const [first] = TYPES;
  return { types: [...TYPES, { ...(first ?? assert.fail()), group }] };
}

const NOTHING: Partial<Inventory> = {};
const OPENSHIFT = serving('project.openshift.io');
const ROOT_CA = 'the root CA that Kubernetes puts into every namespace';
const API_SERVER = 'the API server itself';
const CONTROL_PLANE = 'a control plane lease';
const SET_UP = 'made when the cluster was set up';
const ROLE = "one of Kubernetes' own roles";
const BINDING = "one of Kubernetes' own role bindings";
const BY_OPENSHIFT = 'put into every namespace by OpenShift';
const ISTIO = 'the root CA that Istio puts into every namespace';
const REPORT = "a policy engine's report";
const POD_NETWORK = 'the network endpoint of a pod';
const OWN_ROLE = 'rbac.authorization.k8s.io/Role';
const OWN_BINDING = 'rbac.authorization.k8s.io/RoleBinding';
const LEASE = 'coordination.k8s.io/Lease';
const JOIN_TOKEN: Given = { facts: { type: 'bootstrap.kubernetes.io/token' } };
const OF_ISTIO: Given = { labels: { 'istio.io/config': 'true' } };
const IDENTITY: Given = { labels: { 'apiserver.kubernetes.io/identity': 'kube-apiserver' } };
const COPIED: Given = { labels: { 'olm.copiedFrom': 'operators' } };
const BY_PERSON: Given = { manager: 'kubectl-create' };

type Row = readonly [namespace: string, type: string, name: string, given?: Given];

/** What Kubernetes makes, by the words for it, in a cluster with what is given. */
const OWN: readonly (readonly [text: string, given: Partial<Inventory>, rows: readonly Row[]])[] = [
  [ROOT_CA, NOTHING, [['shop', '/ConfigMap', 'kube-root-ca.crt']]],
  ['the default ServiceAccount of every namespace', NOTHING, [['shop', '/ServiceAccount', 'default']]],
  [
    'an event record',
    NOTHING,
    [
      ['shop', '/Event', 'web.17'],
      ['shop', 'events.k8s.io/Event', 'web.17'],
    ],
  ],
  [
    API_SERVER,
    NOTHING,
    [
      ['default', '/Service', 'kubernetes'],
      ['default', '/Endpoints', 'kubernetes'],
      ['default', 'discovery.k8s.io/EndpointSlice', 'kubernetes'],
    ],
  ],
  ['the quota that GKE puts into every namespace', NOTHING, [['shop', '/ResourceQuota', 'gke-resource-quotas']]],
  ['a node heartbeat', NOTHING, [['kube-node-lease', LEASE, 'node-1']]],
  [
    CONTROL_PLANE,
    NOTHING,
    [
      ['kube-system', LEASE, 'kube-controller-manager'],
      ['kube-system', LEASE, 'kube-scheduler'],
      ['kube-system', LEASE, 'apiserver-x', IDENTITY],
    ],
  ],
  [
    SET_UP,
    NOTHING,
    [
      ['kube-system', '/ConfigMap', 'extension-apiserver-authentication'],
      ['kube-system', '/ConfigMap', 'kube-apiserver-legacy-service-account-token-tracking'],
      ['kube-system', '/ConfigMap', 'kubeadm-config'],
      ['kube-system', '/ConfigMap', 'kubelet-config'],
      ['kube-system', '/ConfigMap', 'kubelet-config-1.9'],
      ['kube-system', '/ConfigMap', 'kubelet-config-10.23'],
      ['kube-system', '/ConfigMap', 'kube-proxy'],
      ['kube-system', '/ConfigMap', 'coredns'],
      ['kube-public', '/ConfigMap', 'cluster-info'],
    ],
  ],
  [
    ROLE,
    NOTHING,
    [
      ['kube-system', OWN_ROLE, 'system:controller:token-cleaner'],
      ['kube-public', OWN_ROLE, 'kubeadm:bootstrap-signer-clusterinfo'],
      ['kube-system', OWN_ROLE, 'extension-apiserver-authentication-reader'],
    ],
  ],
  [
    BINDING,
    NOTHING,
    [
      ['kube-system', OWN_BINDING, 'system:controller:token-cleaner'],
      ['kube-public', OWN_BINDING, 'kubeadm:bootstrap-signer-clusterinfo'],
    ],
  ],
  [
    BY_OPENSHIFT,
    OPENSHIFT,
    [
      ['shop', '/ConfigMap', 'openshift-service-ca.crt'],
      ['shop', '/ServiceAccount', 'builder'],
      ['shop', '/ServiceAccount', 'deployer'],
      ['shop', '/ServiceAccount', 'pipeline'],
      ['shop', OWN_BINDING, 'system:deployers'],
      ['shop', OWN_BINDING, 'system:image-builders'],
      ['shop', OWN_BINDING, 'system:image-pullers'],
    ],
  ],
  [BY_OPENSHIFT, serving('build.openshift.io'), [['shop', '/ServiceAccount', 'builder']]],
  [ISTIO, NOTHING, [['shop', '/ConfigMap', 'istio-ca-root-cert', OF_ISTIO]]],
  [
    'a copy that OLM keeps in every namespace',
    NOTHING,
    [['shop', 'operators.coreos.com/ClusterServiceVersion', 'op.v1', COPIED]],
  ],
  ['a token for nodes to join', NOTHING, [['kube-system', '/Secret', 'bootstrap-token-abcdef', JOIN_TOKEN]]],
  [
    REPORT,
    NOTHING,
    [
      'wgpolicyk8s.io/PolicyReport',
      'reports.kyverno.io/EphemeralReport',
      'kyverno.io/AdmissionReport',
      'kyverno.io/BackgroundScanReport',
    ].map((type): Row => ['shop', type, 'x', { manager: 'reports-controller' }]),
  ],
  [POD_NETWORK, { objects: [object('shop/Pod/web-1')] }, [['shop', 'cilium.io/CiliumEndpoint', 'web-1']]],
];

/** What is somebody's, though it looks like something of Kubernetes. */
const NOT_OWN: readonly (readonly [says: string, given: Partial<Inventory>, rows: readonly Row[]])[] = [
  [
    'another name',
    OPENSHIFT,
    [
      ['shop', '/ConfigMap', 'my-kube-root-ca.crt'],
      ['shop', '/ServiceAccount', 'default-2'],
      ['default', '/Service', 'kubernetes-2'],
      ['default', '/Endpoints', 'web'],
      ['default', 'discovery.k8s.io/EndpointSlice', 'kubernetes-x'],
      ['kube-system', LEASE, 'my-operator'],
      ['kube-system', '/ConfigMap', 'mine'],
      ['kube-system', '/ConfigMap', 'my-kubelet-config-1.30'],
      ['kube-system', '/ConfigMap', 'kubelet-config-1.30-old'],
      ['kube-system', '/ConfigMap', 'kubelet-config-x.30'],
      ['kube-system', '/ConfigMap', 'kubelet-config-1.x'],
      ['kube-system', OWN_ROLE, 'my-system:role'],
      ['kube-system', OWN_BINDING, 'admin'],
      ['kube-system', OWN_ROLE, 'reads-system:'],
      ['shop', '/ConfigMap', 'openshift-service-ca.crt.bak'],
      ['shop', '/ServiceAccount', 'builder-2'],
      ['shop', OWN_BINDING, 'system:deployers-2'],
      ['shop', '/ConfigMap', 'my-ca', OF_ISTIO],
    ],
  ],
  [
    'another namespace',
    NOTHING,
    [
      ['shop', '/Service', 'kubernetes'],
      ['shop', '/Endpoints', 'kubernetes'],
      ['shop', 'discovery.k8s.io/EndpointSlice', 'kubernetes'],
      ['shop', LEASE, 'node-1'],
      ['shop', LEASE, 'kube-scheduler'],
      ['shop', LEASE, 'apiserver-x', IDENTITY],
      ['shop', '/ConfigMap', 'coredns'],
      ['shop', '/ConfigMap', 'kubelet-config-1.30'],
      ['kube-public', '/ConfigMap', 'kubelet-config-1.30'],
      ['shop', OWN_ROLE, 'system:controller:token-cleaner'],
      ['shop', OWN_BINDING, 'kubeadm:nodes'],
      ['shop', '/Secret', 'bootstrap-token-abcdef', JOIN_TOKEN],
    ],
  ],
  [
    'another kind',
    OPENSHIFT,
    [
      ['shop', '/Secret', 'kube-root-ca.crt'],
      ['shop', '/ConfigMap', 'default'],
      ['shop', 'example.com/Event', 'web.17'],
      ['default', '/ConfigMap', 'kubernetes'],
      ['shop', '/Secret', 'openshift-service-ca.crt'],
      ['shop', OWN_ROLE, 'system:deployers'],
      ['shop', 'example.com/ClusterServiceVersion', 'op.v1', COPIED],
    ],
  ],
  [
    'a cluster that is not OpenShift',
    serving('security.openshift.io'),
    [
      ['shop', '/ConfigMap', 'openshift-service-ca.crt'],
      ['shop', '/ServiceAccount', 'builder'],
      ['shop', OWN_BINDING, 'system:deployers'],
    ],
  ],
  [
    'no mark, or another one',
    NOTHING,
    [
      ['shop', '/ConfigMap', 'istio-ca-root-cert'],
      ['shop', '/ConfigMap', 'istio-ca-root-cert', { labels: { 'istio.io/config': 'false' } }],
      ['shop', 'operators.coreos.com/ClusterServiceVersion', 'op.v1'],
      ['kube-system', '/Secret', 'bootstrap-token-abcdef', { facts: { type: 'Opaque' } }],
    ],
  ],
  [
    'a person who wrote it',
    NOTHING,
    [
      ['shop', '/ResourceQuota', 'gke-resource-quotas', BY_PERSON],
      ['shop', 'wgpolicyk8s.io/PolicyReport', 'x', BY_PERSON],
      ['shop', 'kyverno.io/BackgroundScanReport', 'x', BY_PERSON],
    ],
  ],
  [
    'no pod of its name beside it',
    { objects: [object('far/Pod/web-1'), object('shop/Pod/web-2'), object('shop/Service/web-1')] },
    [['shop', 'cilium.io/CiliumEndpoint', 'web-1']],
  ],
];

function textOf([namespace, type, name, own]: Row, given: Partial<Inventory>): string | undefined {
  return builtIn(made(namespace, type, name, own), contextOf(attributionInput([], inventory([], given))));
}

const told = ([namespace, type, name]: Row): string => `${type} ${namespace}/${name}`;

describe('what Kubernetes makes by itself', () => {
  for (const [text, given, rows] of OWN) {
    for (const row of rows) it(`${told(row)} is ${text}`, () => assert.equal(textOf(row, given), text));
  }

  for (const [says, given, rows] of NOT_OWN) {
    for (const row of rows) it(`${told(row)} is not, for ${says}`, () => assert.equal(textOf(row, given), undefined));
  }
});
