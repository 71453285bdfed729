import assert from 'node:assert/strict';
import { assert as holds, asyncProperty, constantFrom, record, stringMatching } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { FakeCluster, FakeObject } from '../support/fake-api/description.ts';
import { live, scenarios } from './support/scenario.ts';
import type { Scenario } from './support/scenario.ts';

const KINDS = ['configmaps', 'secrets', 'services', 'deployments.apps', 'pods', 'leases.coordination.k8s.io'];

/** An object that is evidence for nothing; its name is nobody's. */
const UNKNOWN = record({
  type: constantFrom(...KINDS, 'rolebindings.rbac.authorization.k8s.io', 'persistentvolumeclaims'),
  name: stringMatching(/^unknown-[a-z0-9]{1,12}$/),
  manager: constantFrom('', 'kubectl-create', 'some-operator', 'helm', 'argocd-controller', 'kube-controller-manager'),
  labels: constantFrom<Readonly<Record<string, string>>>(
    {},
    { 'app.kubernetes.io/managed-by': 'Helm' },
    { 'app.kubernetes.io/instance': 'web-web' },
    { 'kubernetes.io/service-name': 'web', 'endpointslice.kubernetes.io/managed-by': 'somebody' },
    { owner: 'helm', name: 'web-web', status: 'deployed', version: '9' },
  ),
  annotations: constantFrom<Readonly<Record<string, string>>>(
    {},
    { 'meta.helm.sh/release-name': 'web-web', 'meta.helm.sh/release-namespace': 'shop' },
    { 'cert-manager.io/certificate-name': 'nobodys' },
    { 'kubernetes.io/service-account.name': 'web', 'kubernetes.io/service-account.uid': 'not-its-uid' },
  ),
});

type Unknown = typeof UNKNOWN extends Arbitrary<infer Value> ? Value : never;

function withObject(cluster: FakeCluster, namespace: string, unknown: Unknown): FakeCluster {
  const { type, name, manager, labels, annotations } = unknown;
  const managedFields = manager === '' ? [] : [{ manager, operation: 'Update', time: '2026-11-01T00:00:00Z' }];
  const added: FakeObject = { metadata: { name, namespace, labels, annotations, managedFields } };
  return { ...cluster, objects: new Map([...cluster.objects, [type, [...(cluster.objects.get(type) ?? []), added]]]) };
}

function named(name: string): Scenario {
  return scenarios().find((scenario) => scenario.name === name) ?? assert.fail(`no scenario ${name}`);
}

/** Scenarios whose only fault is what else is there; `namespace` is one that goes with a pack. */
const CASES = [
  { scenario: 'release-name-override', namespace: 'shop' },
  { scenario: 'separate-namespaces', namespace: 'kubecost' },
  { scenario: 'leftover', namespace: 'shop' },
  { scenario: 'stray-label-keys', namespace: 'shop' },
  { scenario: 'undecodable-release', namespace: 'shop' },
  { scenario: 'copied-helm-label', namespace: 'shop' },
];

describe('an object that is evidence for nothing', () => {
  for (const { scenario: name, namespace } of CASES) {
    it(`in a namespace at stake is never passed over: ${name}`, async () => {
      const scenario = named(name);
      await holds(
        asyncProperty(UNKNOWN, async (unknown) => {
          const { exitCode, stdout } = await live(scenario, [], {
            cluster: withObject(scenario.cluster, namespace, unknown),
          });
          assert.ok(exitCode === 1 || exitCode === 3, `exit code ${exitCode}\n${stdout}`);
        }),
        { numRuns: 25 },
      );
    }).timeout(60_000);

    it(`in a namespace that no pack claims changes nothing: ${name}`, async () => {
      const scenario = named(name);
      const before = await live(scenario, []);
      await holds(
        asyncProperty(UNKNOWN, async (unknown) => {
          const after = await live(scenario, [], { cluster: withObject(scenario.cluster, 'kube-public', unknown) });
          assert.equal(after.exitCode, before.exitCode);
        }),
        { numRuns: 10 },
      );
    }).timeout(60_000);
  }
});
