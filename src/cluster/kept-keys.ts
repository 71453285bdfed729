import { compareText } from '../model/resource.ts';
import { entriesAt } from './json.ts';

const LONGEST_VALUE = 512;

/** The label keys that the evidence table needs; every other label is dropped while parsing. */
export const KEPT_LABELS: ReadonlySet<string> = new Set([
  'app',
  'apiserver.kubernetes.io/identity',
  'app.kubernetes.io/instance',
  'app.kubernetes.io/managed-by',
  'app.kubernetes.io/name',
  'app.kubernetes.io/part-of',
  'argocd.argoproj.io/instance',
  'cluster.x-k8s.io/cluster-name',
  'endpoints.kubernetes.io/managed-by',
  'endpointslice.kubernetes.io/managed-by',
  'generate.kyverno.io/policy-name',
  'helm.sh/chart',
  'helm.toolkit.fluxcd.io/name',
  'helm.toolkit.fluxcd.io/namespace',
  'hnc.x-k8s.io/inherited-from',
  'istio.io/config',
  'kubernetes.io/metadata.name',
  'kubernetes.io/service-name',
  'kustomize.toolkit.fluxcd.io/name',
  'kustomize.toolkit.fluxcd.io/namespace',
  'olm.copiedFrom',
  'olm.owner',
  'olm.owner.kind',
  'olm.owner.namespace',
  'service.kubernetes.io/headless',
  'spectrocloud.com/cluster-name',
]);

/** Labels of Helm's storage objects, kept only beside `owner: helm`. */
const HELM_STORAGE_LABELS: ReadonlySet<string> = new Set(['owner', 'name', 'status', 'version']);

/** The annotation keys that the evidence table needs; free text and whatever may hold a payload is dropped. */
export const KEPT_ANNOTATIONS: ReadonlySet<string> = new Set([
  'argocd.argoproj.io/tracking-id',
  'cert-manager.io/certificate-name',
  'cluster.spectrocloud.com/last-applied-hash',
  'helm.sh/hook',
  'helm.sh/resource-policy',
  'kubed.appscode.com/origin',
  'kubernetes.io/service-account.name',
  'kubernetes.io/service-account.uid',
  'meta.helm.sh/release-name',
  'meta.helm.sh/release-namespace',
  'olm.operatorGroup',
  'olm.operatorNamespace',
  'reflector.v1.k8s.emberstack.com/reflects',
]);

/** Which keys survive parsing. */
export interface KeptKeys {
  readonly labels: ReadonlySet<string>;
  readonly annotations: ReadonlySet<string>;
}

export const EVIDENCE_KEYS: KeptKeys = { labels: KEPT_LABELS, annotations: KEPT_ANNOTATIONS };

/** In the order of their keys, whatever order the server has them in. */
function kept(entries: readonly (readonly [string, string])[], keys: ReadonlySet<string>): ReadonlyMap<string, string> {
  const found = entries.filter(([key]) => keys.has(key)).toSorted(([a], [b]) => compareText(a, b));
  return new Map(found.map(([key, value]) => [key, value.slice(0, LONGEST_VALUE)]));
}

const NONE: ReadonlyMap<string, string> = new Map();

/** The kept labels of an object's `metadata`; a text longer than 512 characters is cut. */
export function keptLabels(metadata: unknown, keys: KeptKeys): ReadonlyMap<string, string> {
  const entries = entriesAt(metadata, 'labels');
  if (entries.length === 0) return NONE;
  const isHelmStorage = entries.some(([key, value]) => key === 'owner' && value === 'helm');
  return kept(entries, isHelmStorage ? new Set([...keys.labels, ...HELM_STORAGE_LABELS]) : keys.labels);
}

/** The kept annotations of an object's `metadata`. */
export function keptAnnotations(metadata: unknown, keys: KeptKeys): ReadonlyMap<string, string> {
  const entries = entriesAt(metadata, 'annotations');
  return entries.length === 0 ? NONE : kept(entries, keys.annotations);
}
