import { severed } from '../aftermath.ts';
import { referencesOf, type Check } from '../check.ts';

const ADMISSION = 'admissionregistration.k8s.io';

/** What the API server calls, and what it cannot serve or admit any more when that is gone. */
export const SERVED_API_CHECKS: readonly Check[] = [
  {
    id: 'webhook',
    severity: 'critical',
    source:
      'Kubernetes docs, Dynamic Admission Control, "Failure policy": Fail is the default, and a webhook that cannot be called then refuses the request',
    needs: referencesOf(`validatingwebhookconfigurations.${ADMISSION}`, `mutatingwebhookconfigurations.${ADMISSION}`),
    find: (after) =>
      severed(after, 'webhook').map(({ from, to, facts }) => ({
        from,
        to,
        facts,
        severity: facts.get('failurePolicy') === 'Ignore' ? 'warning' : 'critical',
      })),
  },
  {
    id: 'api-service',
    severity: 'critical',
    source:
      'Kubernetes docs, Kubernetes API Aggregation Layer; namespace controller: discovery that fails keeps every namespace from being deleted',
    needs: referencesOf('apiservices.apiregistration.k8s.io'),
    find: (after) => severed(after, 'api-service'),
  },
  {
    id: 'conversion-webhook',
    severity: 'critical',
    source:
      'Kubernetes docs, Versions in CustomResourceDefinitions, "Webhook conversion": a request fails when its objects cannot be converted',
    needs: referencesOf('customresourcedefinitions.apiextensions.k8s.io'),
    find: (after) => severed(after, 'conversion-webhook'),
  },
];
