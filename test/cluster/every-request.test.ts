import assert from 'node:assert/strict';
import { UserError } from '../../src/model/errors.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import { CORE_TYPES, fakeNamespaces, fakeObjects, fakeType } from '../support/fake-api/description.ts';
import type { FakeCluster, FakeObject } from '../support/fake-api/description.ts';
import type { Fault, FaultRule } from '../support/fake-api/fault.ts';
import { inventoryOf, withReader } from '../support/fake-api/reading.ts';

const PALETTE = 'cluster.spectrocloud.com';
const RECORD = Buffer.from(JSON.stringify({ name: 'r', namespace: 'shop', info: { status: 'deployed' } }));

const RELEASE: FakeObject = {
  metadata: { name: 'sh.helm.release.v1.r.v1', namespace: 'shop', labels: { owner: 'helm', status: 'deployed' } },
  type: 'helm.sh/release.v1',
  data: { release: Buffer.from(RECORD.toString('base64')).toString('base64') },
};

const CLUSTER: FakeCluster = {
  discovery: 'legacy',
  types: [
    ...CORE_TYPES,
    fakeType('persistentvolumes', 'PersistentVolume', { namespaced: false }),
    fakeType('statefulsets.apps', 'StatefulSet'),
    fakeType(`packs.${PALETTE}`, 'Pack'),
    fakeType(`spectroclusters.${PALETTE}`, 'SpectroCluster'),
    fakeType(`clusterprofiles.${PALETTE}`, 'ClusterProfile'),
    fakeType('kustomizations.kustomize.toolkit.fluxcd.io', 'Kustomization'),
    fakeType('customresourcedefinitions.apiextensions.k8s.io', 'CustomResourceDefinition', { namespaced: false }),
    fakeType('apiservices.apiregistration.k8s.io', 'APIService', { namespaced: false }),
  ],
  objects: new Map<string, readonly FakeObject[]>([
    ['namespaces', fakeNamespaces('shop', 'cluster-one')],
    [`packs.${PALETTE}`, fakeObjects('cluster-one', 'app')],
    ['configmaps', [...fakeObjects('cluster-one', 'namespace-labeler-labels'), ...fakeObjects('shop', 'a')]],
    ['secrets', [RELEASE]],
    ['statefulsets.apps', fakeObjects('shop', 'db')],
    ['persistentvolumeclaims', fakeObjects('shop', 'data-db-0')],
    ['customresourcedefinitions.apiextensions.k8s.io', [{ metadata: { name: 'things.example.com' } }]],
  ]),
};

interface Outcome {
  readonly inventory: Inventory;
  readonly urls: readonly string[];
}

function run(faults: readonly FaultRule[]): Promise<Outcome> {
  return withReader({ cluster: CLUSTER, faults }, async (reader, requests) => {
    await reader.readPalette({ clusterUid: undefined });
    await reader.readReleases();
    const inventory = await inventoryOf(reader, 'shop');
    return { inventory, urls: [...new Set(requests.map(({ url }) => url))] };
  });
}

/** What the coverage admits: everything in it that is not simply complete. */
function admitted({ coverage }: Inventory): readonly string[] {
  return coverage
    .filter(({ state, note }) => state !== 'complete' || note !== '')
    .map(({ resource, scope, state, note }) => [resource, scope, state, note].join(' '));
}

const FAULTS: readonly Fault[] = [
  { kind: 'status', status: 403 },
  { kind: 'status', status: 500 },
  { kind: 'cut' },
  { kind: 'body', body: '{}' },
];

describe('whichever request fails', () => {
  it('the run stops, or the coverage admits it, or another route told the same', async () => {
    const { urls, inventory } = await run([]);
    const before = JSON.stringify([inventory.objects, inventory.namespaces, inventory.releases]);
    const silent: string[] = [];
    for (const path of urls) {
      for (const fault of FAULTS) {
        const failed = await run([{ path, fault }]).catch((error: unknown) => {
          if (error instanceof UserError) return undefined;
          throw error;
        });
        if (failed === undefined) continue;
        const same = JSON.stringify([failed.inventory.objects, failed.inventory.namespaces, failed.inventory.releases]);
        if (admitted(failed.inventory).length === 0 && same !== before) silent.push(`${path} ${JSON.stringify(fault)}`);
      }
    }
    assert.ok(urls.length > 25, `${urls.length}`);
    assert.deepEqual(silent, []);
  }).timeout(60_000);
});
