import { typeName } from '../../model/resource.ts';
import { at, entriesAt, isRecord, listAt, textAt, textsAt } from '../json.ts';
import { coreRef, joinedTexts, pointer } from './referring.ts';
import type { Pointer, Referring, ReferringType } from './referring.ts';

const ADMISSION = 'admissionregistration.k8s.io';

/** A definition holds the schemas of all its versions, and may be as large as 1 MiB. */
export const DEFINITIONS_PAGE = 25;

function serviceOf(config: unknown) {
  const namespace = textAt(config, 'service', 'namespace');
  const name = textAt(config, 'service', 'name');
  return namespace === undefined || name === undefined ? undefined : coreRef('Service', namespace, name);
}

function isSelecting(selector: unknown): boolean {
  return entriesAt(selector, 'matchLabels').length > 0 || listAt(selector, 'matchExpressions').length > 0;
}

function isNarrowed(webhook: unknown): boolean {
  const selectors = [at(webhook, 'namespaceSelector'), at(webhook, 'objectSelector')];
  return selectors.some(isSelecting) || listAt(webhook, 'matchConditions').length > 0;
}

function resourcesOf(rule: unknown): readonly string[] {
  const groups = textsAt(rule, 'apiGroups');
  return textsAt(rule, 'resources').flatMap((resource) => groups.map((group) => typeName({ group, resource })));
}

function webhooksOf({ object }: Referring): readonly Pointer[] {
  return listAt(object, 'webhooks').flatMap((webhook) => {
    const service = serviceOf(at(webhook, 'clientConfig'));
    if (service === undefined) return [];
    const rules = listAt(webhook, 'rules');
    return [
      pointer('webhook', service, {
        webhook: textAt(webhook, 'name'),
        failurePolicy: textAt(webhook, 'failurePolicy'),
        operations: joinedTexts(rules.flatMap((rule) => textsAt(rule, 'operations'))),
        resources: joinedTexts(rules.flatMap(resourcesOf)),
        narrowed: isNarrowed(webhook) ? 'yes' : undefined,
      }),
    ];
  });
}

function apiServiceOf({ object }: Referring): readonly Pointer[] {
  const service = serviceOf(at(object, 'spec'));
  const available = listAt(object, 'status', 'conditions').find((entry) => textAt(entry, 'type') === 'Available');
  if (service === undefined) return [];
  return [
    pointer('api-service', service, {
      group: textAt(object, 'spec', 'group'),
      version: textAt(object, 'spec', 'version'),
      available: textAt(available, 'status'),
      reason: textAt(available, 'reason'),
    }),
  ];
}

function conversionOf({ object }: Referring): readonly Pointer[] {
  const conversion = at(object, 'spec', 'conversion');
  const service = serviceOf(at(conversion, 'webhook', 'clientConfig'));
  if (service === undefined || textAt(conversion, 'strategy') !== 'Webhook') return [];
  return [pointer('conversion-webhook', service, { kind: textAt(object, 'spec', 'names', 'kind') })];
}

/** A binding does not say of which kind its parameters are: group and kind stay empty. */
function parametersOf({ object }: Referring): readonly Pointer[] {
  const parameters = at(object, 'spec', 'paramRef');
  if (!isRecord(parameters)) return [];
  const namespace = textAt(parameters, 'namespace') ?? '';
  const name = textAt(parameters, 'name') ?? '';
  const policy = textAt(object, 'spec', 'policyName');
  return [pointer('policy-parameter', { group: '', kind: '', namespace, name }, { policy })];
}

/** Which Service an APIService is served by. */
export const API_SERVICE_REFERENCES: ReferringType = { type: 'apiservices.apiregistration.k8s.io', take: apiServiceOf };

/** Which Service converts the resources of a definition. */
export const DEFINITION_REFERENCES: ReferringType = {
  type: 'customresourcedefinitions.apiextensions.k8s.io',
  take: conversionOf,
  pageSize: DEFINITIONS_PAGE,
};

/** What the API server itself calls or asks. Source: Kubernetes API reference. */
export const ADMISSION_TYPES: readonly ReferringType[] = [
  { type: `validatingwebhookconfigurations.${ADMISSION}`, take: webhooksOf },
  { type: `mutatingwebhookconfigurations.${ADMISSION}`, take: webhooksOf },
  { type: `validatingadmissionpolicybindings.${ADMISSION}`, take: parametersOf },
  { type: `mutatingadmissionpolicybindings.${ADMISSION}`, take: parametersOf },
  API_SERVICE_REFERENCES,
  DEFINITION_REFERENCES,
];
