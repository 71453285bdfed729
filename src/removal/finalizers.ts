import type { ClusterObject } from '../model/inventory.ts';
import type { Controllers } from './controllers.ts';

/**
 * Finalizers that Kubernetes' own control plane takes off. Sources: Kubernetes, garbage collector, PVC and PV protection,
 * Job, Service and APIExtensions controllers; cloud provider, service controller; Namespace lifecycle.
 */
const KUBERNETES: ReadonlySet<string> = new Set([
  'kubernetes',
  'foregroundDeletion',
  'orphan',
  'kubernetes.io/pvc-protection',
  'kubernetes.io/pv-protection',
  'kubernetes.io/pv-controller',
  'batch.kubernetes.io/job-tracking',
  'customresourcecleanup.apiextensions.k8s.io',
  'service.kubernetes.io/load-balancer-cleanup',
  'networking.k8s.io/service-cidr-finalizer',
  'resource.kubernetes.io/delete-protection',
]);

/** Finalizers of an object that something else than Kubernetes itself has to take off. */
export function finalizersOfOthers({ finalizers }: ClusterObject): readonly string[] {
  return finalizers.filter((finalizer) => !KUBERNETES.has(finalizer));
}

/**
 * Who takes a finalizer off: `certain` by the domain in its name or by who writes the object's status, `possible` by the
 * object's own group or by who wrote the object. What is only possible never shows that somebody is there.
 */
export interface FinalizerController {
  readonly certain: readonly ClusterObject[];
  readonly possible: readonly ClusterObject[];
}

/** Finds the workloads that may take `finalizer` off `object`. */
export function finalizerController(
  finalizer: string,
  object: ClusterObject,
  controllers: Controllers,
): FinalizerController {
  const byDomain = controllers.ofDomain(domainOf(finalizer));
  const byWriter = (part: string): readonly ClusterObject[] =>
    object.writers
      .filter(({ subresource }) => subresource === part)
      .flatMap(({ manager }) => controllers.byManager(manager));
  return {
    certain: byDomain.length > 0 ? byDomain : byWriter('status'),
    possible: [...controllers.ofGroup(object.type.group), ...byWriter('')],
  };
}

/** `resources-finalizer.argocd.argoproj.io`, `longhorn.io`; of `snapshot.storage.kubernetes.io/x` the API's own domain. */
function domainOf(finalizer: string): string {
  return finalizer.replace(/\/.*/, '').replace(/\.kubernetes\.io$/, '.k8s.io');
}
