import { loadScenario } from '../../scenarios/support/scenario.ts';
import { fullName } from '../../support/fake-api/description.ts';
import type { FakeCluster } from '../../support/fake-api/description.ts';

/** What lives in the scenario, and what every audit asks for beside. */
const KEPT: ReadonlySet<string> = new Set([
  'namespaces',
  'configmaps',
  'secrets',
  'services',
  'serviceaccounts',
  'endpoints',
  'pods',
  'persistentvolumes',
  'deployments.apps',
  'replicasets.apps',
  'endpointslices.discovery.k8s.io',
  'customresourcedefinitions.apiextensions.k8s.io',
  'apiservices.apiregistration.k8s.io',
  'packs.cluster.spectrocloud.com',
  'spectroclusters.cluster.spectrocloud.com',
]);

/** The namespaces at stake: of a chart with a Helm release, and of a manifest. */
export const CHART = 'kubecost';
export const MANIFEST = 'hello-universe-app';

/** A cluster whose audit is clear: two packs, each in a namespace of its own, and few types. */
export function clearWorld(): FakeCluster {
  const { types, objects, ...cluster } = loadScenario('separate-namespaces').cluster;
  const kept = types.filter((type) => KEPT.has(fullName(type)));
  return { ...cluster, types: kept, objects: new Map([...objects].filter(([name]) => KEPT.has(name))) };
}
