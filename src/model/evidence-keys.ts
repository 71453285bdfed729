/**
 * The evidence table: every label that tells something of an object, and what. No other label survives parsing, and
 * none can be read by `labelOf` that is not here.
 */
const LABELS = {
  'apiserver.kubernetes.io/identity': 'a lease of the control plane',
  'app.kubernetes.io/instance': 'the application an unmanaged resource belongs to',
  'app.kubernetes.io/name': 'the controller that a workload is',
  'app.kubernetes.io/part-of': 'the application an unmanaged resource belongs to',
  'argocd.argoproj.io/instance': 'the Argo CD application that applied it',
  'crossplane.io/claim-name': 'the Crossplane claim that a composite resource is made for',
  'crossplane.io/claim-namespace': 'the Crossplane claim that a composite resource is made for',
  'endpointslice.kubernetes.io/managed-by': 'whether Kubernetes itself made an EndpointSlice',
  'generate.kyverno.io/policy-name': 'a copy of what stands elsewhere',
  'generate.kyverno.io/policy-namespace': 'the Kyverno policy that made it',
  'generate.kyverno.io/rule-name': 'the Kyverno policy that made it',
  'generate.kyverno.io/source-group': 'what Kyverno cloned it from',
  'generate.kyverno.io/source-kind': 'what Kyverno cloned it from',
  'generate.kyverno.io/source-name': 'what Kyverno cloned it from',
  'generate.kyverno.io/source-namespace': 'what Kyverno cloned it from',
  'generate.kyverno.io/source-uid': 'what Kyverno cloned it from',
  'generate.kyverno.io/trigger-group': 'what Kyverno made it for',
  'generate.kyverno.io/trigger-kind': 'what Kyverno made it for',
  'generate.kyverno.io/trigger-name': 'what Kyverno made it for',
  'generate.kyverno.io/trigger-namespace': 'what Kyverno made it for',
  'generate.kyverno.io/trigger-uid': 'what Kyverno made it for',
  'hnc.x-k8s.io/inherited-from': 'a copy of what stands elsewhere',
  'istio.io/config': 'the root CA that Istio puts into every namespace',
  'kubed.appscode.com/origin.name': 'what Config Syncer copied it from',
  'kubed.appscode.com/origin.namespace': 'what Config Syncer copied it from',
  'kubernetes.io/service-name': 'the Service of an EndpointSlice',
  'kustomize.toolkit.fluxcd.io/name': 'the Flux Kustomization that applied it',
  'kustomize.toolkit.fluxcd.io/namespace': 'the Flux Kustomization that applied it',
  'kustomize.toolkit.fluxcd.io/prune': 'Flux keeps it when its Kustomization goes',
  'kustomize.toolkit.fluxcd.io/reconcile': 'Flux keeps it when its Kustomization goes',
  'olm.copiedFrom': 'a copy that OLM keeps in every namespace',
  'olm.owner': 'the operator that OLM installed it for',
  'olm.owner.namespace': 'the operator that OLM installed it for',
  'spectrocloud.com/cluster-name': "the agent namespace of a cluster, and the cluster's name",
} as const;

/** Labels of Helm's release records. They have no prefix of their own, so they count only beside `owner: helm`. */
const RECORD_LABELS = {
  owner: 'whether it is a release record',
  status: 'the state of a release',
} as const;

/** The annotations of the evidence table. */
const ANNOTATIONS = {
  'argocd.argoproj.io/sync-options': 'Argo CD keeps it when its application goes',
  'argocd.argoproj.io/tracking-id': 'the Argo CD application that applied it',
  'cert-manager.io/certificate-name': 'the Certificate that a Secret was issued for',
  'cluster.spectrocloud.com/last-applied-hash': "Palette's agent applied it from a pack's manifest",
  'helm.sh/resource-policy': 'Helm and Argo CD keep it when its release or application goes',
  'hnc.x-k8s.io/subnamespace-of': 'the namespace that a subnamespace goes with',
  'kubed.appscode.com/origin': 'a copy of what stands elsewhere',
  'kubernetes.io/service-account.name': 'the ServiceAccount of a token',
  'kubernetes.io/service-account.uid': 'the ServiceAccount of a token',
  'kustomize.toolkit.fluxcd.io/prune': 'Flux keeps it when its Kustomization goes',
  'kustomize.toolkit.fluxcd.io/reconcile': 'Flux keeps it when its Kustomization goes',
  'meta.helm.sh/release-name': 'the Helm release that claims it',
  'meta.helm.sh/release-namespace': 'the Helm release that claims it',
  'reflector.v1.k8s.emberstack.com/auto-reflects': 'a copy that goes with what it is a copy of',
  'reflector.v1.k8s.emberstack.com/reflects': 'a copy of what stands elsewhere',
} as const;

type EvidenceLabel = keyof typeof LABELS | keyof typeof RECORD_LABELS;
type EvidenceAnnotation = keyof typeof ANNOTATIONS;

/** Whatever bears labels and annotations. */
interface Bearer {
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
}

/** A row of the evidence table. */
export interface EvidenceKey {
  readonly where: 'label' | 'annotation';
  readonly key: string;
  readonly tells: string;
}

function rows(where: EvidenceKey['where'], keys: Readonly<Record<string, string>>): readonly EvidenceKey[] {
  return Object.entries(keys).map(([key, tells]) => ({ where, key, tells }));
}

/** The whole evidence table, for readers and for the documentation. */
export const EVIDENCE_TABLE: readonly EvidenceKey[] = [
  ...rows('label', LABELS),
  ...rows('label', RECORD_LABELS),
  ...rows('annotation', ANNOTATIONS),
];

/** The labels that survive parsing on any object. */
export const EVIDENCE_LABELS: ReadonlySet<string> = new Set(Object.keys(LABELS));

/** The labels that survive parsing only beside `owner: helm`. */
export const HELM_RECORD_LABELS: ReadonlySet<string> = new Set(Object.keys(RECORD_LABELS));

/** The annotations that survive parsing. */
export const EVIDENCE_ANNOTATIONS: ReadonlySet<string> = new Set(Object.keys(ANNOTATIONS));

/** Reads a label that is evidence. A key that is not in the table does not compile: it would never be there. */
export function labelOf({ labels }: Pick<Bearer, 'labels'>, key: EvidenceLabel): string | undefined {
  return labels.get(key);
}

/** Reads an annotation that is evidence. */
export function annotationOf(
  { annotations }: Pick<Bearer, 'annotations'>,
  key: EvidenceAnnotation,
): string | undefined {
  return annotations.get(key);
}
