import type { CheckId } from '../model/check.ts';
import type { HangRisk } from '../model/removal.ts';
import { POD_HOLDING_TYPES, referencesOf, WORKLOAD_TYPES, type Check } from './check.ts';

const ADMISSION = 'admissionregistration.k8s.io';
const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';

/** Checks of the deletion itself. What they find is no breakage but a risk, told by `hangRisks`; here they tell that they ran. */
export const DELETION_CHECKS: readonly Check[] = [
  {
    id: 'deletion-apis',
    severity: 'warning',
    source:
      'Kubernetes, namespace controller: a namespace goes when discovery answers for every API; condition NamespaceDeletionDiscoveryFailure',
    needs: referencesOf('apiservices.apiregistration.k8s.io'),
    find: () => [],
  },
  {
    id: 'deletion-webhooks',
    severity: 'warning',
    source:
      'Kubernetes docs, Dynamic Admission Control: webhooks are called for deletions and for the removal of finalizers',
    needs: referencesOf(`validatingwebhookconfigurations.${ADMISSION}`, `mutatingwebhookconfigurations.${ADMISSION}`),
    find: () => [],
  },
  {
    id: 'deletion-finalizers',
    severity: 'warning',
    source: 'Kubernetes docs, Finalizers; Namespaces: a namespace is gone when the last of its objects is',
    needs: () => [
      DEFINITIONS,
      ...WORKLOAD_TYPES,
      ...referencesOf(DEFINITIONS, 'persistentvolumes', ...POD_HOLDING_TYPES)(),
    ],
    find: () => [],
  },
];

const CAUSES: ReadonlyMap<CheckId, readonly HangRisk['cause'][]> = new Map([
  ['deletion-apis', ['api-unavailable', 'api-served-from-inside']],
  ['deletion-webhooks', ['webhook-served-from-inside']],
  ['deletion-finalizers', ['controller-goes', 'controller-not-running', 'controller-unknown', 'volume-in-use']],
]);

/** How many of these risks a check of the deletion found; undefined for any other check. */
export function hitsOfDeletion(check: CheckId, risks: readonly HangRisk[]): number | undefined {
  const causes = CAUSES.get(check);
  return causes === undefined ? undefined : risks.filter(({ cause }) => causes.includes(cause)).length;
}
