import type { ObjectRef } from './resource.ts';

/**
 * What objects say of each other, apart from owner references: everything that a removal can break or hold up. The
 * keys are the kinds of reference, each with the facts it may carry (all texts; a fact that is not known is absent).
 * Sources: Kubernetes API reference; for the others the CRDs of cert-manager, External Secrets, Gateway API, Istio,
 * Argo CD, Flux, OLM, Prometheus operator, Velero and the CSI snapshotter.
 */
export const REFERENCE_FACTS = {
  /** A webhook of an admission configuration → its Service. `resources`: `pods, deployments.apps`; `narrowed`: `yes` with a selector. */
  webhook: ['webhook', 'failurePolicy', 'operations', 'resources', 'narrowed'],
  /** APIService → its Service. `available` is the condition's status. */
  'api-service': ['group', 'version', 'available', 'reason'],
  /** CustomResourceDefinition with a conversion webhook → its Service. */
  'conversion-webhook': ['kind'],
  /**
   * PersistentVolume → its claim. `driver`: CSI driver or volume plugin, `handle`: the driver's name of the volume,
   * `server`: the host that serves it, a name or an address.
   */
  'volume-claim': ['uid', 'reclaimPolicy', 'driver', 'handle', 'server', 'capacity', 'storageClass'],
  /** VolumeSnapshotContent → its VolumeSnapshot. */
  'snapshot-content': ['uid', 'deletionPolicy', 'driver'],
  /** VolumeSnapshot → the claim it was taken of. */
  'snapshot-source': ['ready', 'createdAt'],
  /** ClusterRoleBinding or RoleBinding → ServiceAccount. `role` is `Kind/name`. */
  subject: ['role'],
  /** Binding of an admission policy → its parameter object; `to.name` is '' for all of a namespace. */
  'policy-parameter': ['policy'],
  /** StorageClass → CSIDriver of its provisioner's name. */
  provisioner: ['reclaimPolicy'],
  /** Object → the class it uses: IngressClass, GatewayClass, StorageClass, RuntimeClass, PriorityClass, VolumeSnapshotClass. */
  class: [],
  /** IngressClass or GatewayClass → itself, with the name of its controller. */
  'class-controller': ['controller'],
  /** Gateway API route → its parent Gateway or Service. */
  'route-parent': [],
  /** Gateway API route → a backend. */
  'route-backend': [],
  /** ReferenceGrant → Namespace from which it lets others refer to its own. */
  'reference-grant': ['kinds'],
  /** ClusterIssuer → Secret; `to.namespace` is '' for cert-manager's cluster resource namespace. */
  'issuer-secret': [],
  /** ClusterSecretStore → Secret or ServiceAccount. */
  'store-secret': [],
  /** NetworkPolicy → Namespace that its namespace selector matches. */
  'network-peer': ['direction'],
  /** ExternalName Service → Service. */
  'external-name': [],
  /** ServiceMonitor or PodMonitor → Namespace it selects. */
  monitor: [],
  /** Istio object → Service it names as host. */
  'mesh-host': [],
  /** Argo CD Application → Namespace it deploys to. */
  destination: [],
  /** Flux Kustomization or HelmRelease → its source object. */
  'flux-source': [],
  /**
   * Argo CD Application, Flux Kustomization or HelmRelease → itself. `keeps`: `yes` where its end leaves alone what it
   * deployed; `elsewhere`: `yes` where that is, or may be, in another cluster; `outdated`: `yes` where its list of that
   * may be of an earlier time.
   */
  cascade: ['keeps', 'elsewhere', 'outdated'],
  /** Argo CD Application → object that it lists as its own; Flux HelmRelease → release by the namespace of its record. */
  deploys: [],
  /** OperatorGroup → Namespace it targets. */
  'operator-target': [],
  /** Workload → Service whose `<service>.<namespace>` stands in its environment or arguments. Textual. */
  mention: ['in'],
  /** Workload → CSIDriver whose name stands in its environment, arguments or host paths. Textual. */
  'driver-mention': [],
  /** Workload → PersistentVolumeClaim that it mounts. */
  mount: [],
  /** Service → itself, with its addresses inside the cluster. */
  'cluster-address': ['addresses'],
  /** Service, Ingress or Gateway → itself, with what the world outside calls it. */
  address: ['hosts', 'addresses'],
  /** Velero Backup → Namespace that it includes. */
  backup: ['phase', 'completedAt', 'storage'],
} as const satisfies Record<string, readonly string[]>;

export type ReferenceKind = keyof typeof REFERENCE_FACTS;

/** One object naming another. `to` need not exist. `from.namespace` and `to.namespace` are '' for cluster-scoped objects. */
export interface Reference {
  readonly kind: ReferenceKind;
  readonly from: ObjectRef;
  readonly to: ObjectRef;
  readonly facts: ReadonlyMap<string, string>;
}
