import assert from 'node:assert/strict';
import { namedType } from '../../src/cli/resource-type.ts';
import { UserError } from '../../src/model/errors.ts';
import { typeName, type ResourceType } from '../../src/model/resource.ts';

function type(name: string, kind: string, more: Partial<ResourceType> = {}): ResourceType {
  const [resource = '', ...group] = name.split('.');
  return {
    group: group.join('.'),
    version: 'v1',
    resource,
    singular: kind.toLowerCase(),
    kind,
    shortNames: [],
    namespaced: true,
    verbs: ['delete', 'list'],
    ...more,
  };
}

const TYPES: readonly ResourceType[] = [
  type('configmaps', 'ConfigMap', { shortNames: ['cm'] }),
  type('pods', 'Pod', { shortNames: ['po'] }),
  type('services', 'Service', { shortNames: ['svc'] }),
  type('endpoints', 'Endpoints', { shortNames: ['ep'] }),
  type('deployments.apps', 'Deployment', { shortNames: ['deploy'] }),
  type('ingresses.extensions', 'Ingress', { shortNames: ['ing'] }),
  type('ingresses.networking.k8s.io', 'Ingress', { shortNames: ['ing'] }),
  type('pods.metrics.k8s.io', 'PodMetrics', { singular: '' }),
  type('services.serving.knative.dev', 'Service', { shortNames: ['kservice', 'ksvc'] }),
  type('svc.example.com', 'Odd', { singular: 'svc' }),
  type('constructors.example.com', 'Constructor'),
];

/** As a server names them, which is not by their letters. */
const GROUPS = ['', 'apps', 'networking.k8s.io', 'extensions', 'serving.knative.dev', 'metrics.k8s.io', 'example.com'];

describe('namedType', () => {
  const cases: readonly (readonly [says: string, word: string, found: string, others?: readonly string[]])[] = [
    ['a plural', 'configmaps', 'configmaps'],
    ['a singular', 'configmap', 'configmaps'],
    ['a short name', 'cm', 'configmaps'],
    ['a kind', 'ConfigMap', 'configmaps'],
    ['a kind in any case', 'CONFIGmap', 'configmaps'],
    ['a kind that is its own plural', 'Endpoints', 'endpoints'],
    ['the kind, where the server gives no singular', 'podmetrics', 'pods.metrics.k8s.io'],
    ['TYPE.GROUP', 'deployments.apps', 'deployments.apps'],
    ['a short name with its group', 'deploy.apps', 'deployments.apps'],
    ['Kind.GROUP', 'Deployment.apps', 'deployments.apps'],
    ['TYPE.VERSION.GROUP', 'deployments.v1.apps', 'deployments.apps'],
    ['a version that is not the preferred one', 'deployments.v1beta2.apps', 'deployments.apps'],
    ['Kind.VERSION.GROUP', 'Ingress.v1.networking.k8s.io', 'ingresses.networking.k8s.io'],
    ['a type of the core group with its version', 'pods.v1.', 'pods'],
    ['the empty group', 'services.', 'services'],
    ['a group cut short', 'services.serving', 'services.serving.knative.dev'],
    ['the core group before all others', 'pods', 'pods', ['pods.metrics.k8s.io']],
    ['the core group by the kind', 'service', 'services', ['services.serving.knative.dev']],
    ['the group that discovery names first', 'ingress', 'ingresses.networking.k8s.io', ['ingresses.extensions']],
    ['the same by a short name', 'ing', 'ingresses.networking.k8s.io', ['ingresses.extensions']],
    ['a full name before a short one', 'svc', 'svc.example.com'],
    ['an ordinary name such as constructor', 'constructor', 'constructors.example.com'],
  ];
  for (const [says, word, found, others = []] of cases) {
    it(`takes ${says}: ${word}`, () => {
      const named = namedType(word, { types: TYPES, groupOrder: GROUPS });
      assert.deepEqual([typeName(named.type), named.others.map(typeName)], [found, others]);
    });
  }

  it('goes by the names of the groups where their order is not known', () => {
    assert.equal(typeName(namedType('ing', { types: TYPES }).type), 'ingresses.extensions');
  });

  const refused: readonly (readonly [word: string, remedy: RegExp])[] = [
    ['configmpas', /Did you mean configmaps\?/],
    ['deploymet', /Did you mean deployment\?/],
    ['deployments.batch', /kubectl api-resources|Did you mean/],
    ['deployments.v1.', /Did you mean|api-resources/],
    ['widgets', /kubectl api-resources/],
    ['__proto__', /kubectl api-resources/],
    ['a\u001b[31m', /api-resources/],
  ];
  for (const [word, remedy] of refused) {
    it(`refuses ${JSON.stringify(word)}`, () => {
      assert.throws(
        () => namedType(word, { types: TYPES, groupOrder: GROUPS }),
        (error: unknown) => {
          assert.ok(error instanceof UserError);
          assert.match(error.message, /^the server does not have a resource type "/);
          assert.match(error.remedy, remedy);
          return error.exitCode === 2;
        },
      );
    });
  }
});
