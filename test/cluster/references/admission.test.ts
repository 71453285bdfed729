import { describeDecoders } from './taken.ts';

const ADMISSION = 'admissionregistration.k8s.io';
const SERVICE = { service: { namespace: 'guard', name: 'hook', path: '/x', port: 443 }, caBundle: 'CANARY' };
const RULES = [
  { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'], scope: '*' },
  { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['deployments'] },
];

describeDecoders('references of admission', [
  {
    says: 'a webhook names its Service, what it is asked about, and that it is not narrowed',
    type: `validatingwebhookconfigurations.${ADMISSION}`,
    object: { webhooks: [{ name: 'v.x.io', failurePolicy: 'Fail', clientConfig: SERVICE, rules: RULES }] },
    found: [
      'webhook /Service guard/hook webhook=v.x.io failurePolicy=Fail operations=CREATE, UPDATE resources=pods, deployments.apps',
    ],
  },
  {
    says: 'a webhook with a selector is narrowed, one with empty ones is not',
    type: `mutatingwebhookconfigurations.${ADMISSION}`,
    object: {
      webhooks: [
        { name: 'a', clientConfig: SERVICE, namespaceSelector: { matchLabels: { x: 'y' } } },
        { name: 'b', clientConfig: SERVICE, namespaceSelector: {}, objectSelector: {} },
        { name: 'c', clientConfig: SERVICE, matchConditions: [{ name: 'n', expression: 'CANARY' }] },
      ],
    },
    found: [
      'webhook /Service guard/hook webhook=a narrowed=yes',
      'webhook /Service guard/hook webhook=b',
      'webhook /Service guard/hook webhook=c narrowed=yes',
    ],
  },
  {
    says: 'a webhook called by URL names no Service',
    type: `mutatingwebhookconfigurations.${ADMISSION}`,
    object: { webhooks: [{ name: 'a', clientConfig: { url: 'https://hook.guard.svc' } }] },
    found: [],
  },
  {
    says: 'an APIService names its Service and whether it answers',
    type: 'apiservices.apiregistration.k8s.io',
    object: {
      spec: { group: 'metrics.k8s.io', version: 'v1beta1', service: { namespace: 'm', name: 'ms', port: 443 } },
      status: { conditions: [{ type: 'Available', status: 'False', reason: 'MissingEndpoints', message: 'CANARY' }] },
    },
    found: ['api-service /Service m/ms group=metrics.k8s.io version=v1beta1 available=False reason=MissingEndpoints'],
  },
  {
    says: 'an APIService of the API server itself names none',
    type: 'apiservices.apiregistration.k8s.io',
    object: { spec: { group: 'apps', version: 'v1', service: null } },
    found: [],
  },
  {
    says: 'a definition that converts by webhook names its Service',
    type: 'customresourcedefinitions.apiextensions.k8s.io',
    object: {
      spec: { names: { kind: 'Panel' }, conversion: { strategy: 'Webhook', webhook: { clientConfig: SERVICE } } },
    },
    found: ['conversion-webhook /Service guard/hook kind=Panel'],
  },
  {
    says: 'a definition that does not convert names none',
    type: 'customresourcedefinitions.apiextensions.k8s.io',
    object: { spec: { names: { kind: 'Panel' }, conversion: { strategy: 'None' } } },
    found: [],
  },
  {
    says: 'a policy binding names its parameters',
    type: `validatingadmissionpolicybindings.${ADMISSION}`,
    object: { spec: { policyName: 'limits', paramRef: { name: 'p', namespace: 'guard' } } },
    found: ['policy-parameter / guard/p policy=limits'],
  },
  {
    says: 'a policy binding by selector names the namespace of its parameters',
    type: `mutatingadmissionpolicybindings.${ADMISSION}`,
    object: { spec: { policyName: 'limits', paramRef: { namespace: 'guard', selector: {} } } },
    found: ['policy-parameter / guard/ policy=limits'],
  },
  {
    says: 'a policy binding without parameters names nothing',
    type: `validatingadmissionpolicybindings.${ADMISSION}`,
    object: { spec: { policyName: 'limits' } },
    found: [],
  },
]);
