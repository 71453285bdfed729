import assert from 'node:assert/strict';
import { UserError } from '../../src/model/errors.ts';
import { CORE_TYPES, fakeNamespaces, fakeObjects, fakeType } from '../support/fake-api/description.ts';
import type { FakeCluster, FakeObject } from '../support/fake-api/description.ts';
import type { FaultRule } from '../support/fake-api/fault.ts';
import { gapsOf, inventoryOf, withReader } from '../support/fake-api/reading.ts';

const GROUP = 'cluster.spectrocloud.com';

function pack(namespace: string, name: string, more: Readonly<Record<string, unknown>> = {}): FakeObject {
  const values = 'pack:\n  namespace: shop\n';
  const managedFields = [
    { manager: 'manager', operation: 'Update', subresource: 'status', time: '2026-01-02T03:04:05Z', fieldsV1: {} },
    { manager: 'kubectl-edit', operation: 'Update', subresource: 'status', time: '2026-01-02T03:04:05Z' },
  ];
  const packRef = { name, layer: 'addon', version: '1.0.0', values, manifests: [{ name: 'm', uid: 'u' }] };
  return { metadata: { name, namespace, managedFields }, spec: { packRef }, ...more };
}

function clusterWith(packs: readonly FakeObject[], more: readonly (readonly [string, readonly FakeObject[]])[] = []) {
  const names = [...new Set(packs.map(({ metadata }) => metadata.namespace ?? ''))];
  const objects = new Map([['namespaces', fakeNamespaces(...names)], [`packs.${GROUP}`, packs], ...more]);
  const types = [
    ...CORE_TYPES,
    fakeType(`packs.${GROUP}`, 'Pack', { version: 'v1alpha1' }),
    fakeType(`spectroclusters.${GROUP}`, 'SpectroCluster', { version: 'v1alpha1' }),
    fakeType(`clusterprofiles.${GROUP}`, 'ClusterProfile', { version: 'v1alpha1' }),
  ];
  return { discovery: 'aggregated' as const, types, objects };
}

/** A cluster that serves no Pack resources. */
function withoutPacks(namespace: string): FakeCluster {
  const objects = new Map([['namespaces', fakeNamespaces(namespace)]]);
  return { discovery: 'aggregated', types: CORE_TYPES, objects };
}

function read(cluster: FakeCluster, clusterUid?: string, faults: readonly FaultRule[] = []) {
  return withReader({ cluster, faults }, async (reader) => {
    const palette = await reader.readPalette({ clusterUid });
    return { palette, inventory: await inventoryOf(reader, 'shop') };
  });
}

function refused(resource: string): FaultRule {
  return { path: `/v1alpha1/${resource}`, fault: { kind: 'status', status: 403 } };
}

function spectroCluster(namespace: string, ...packs: readonly unknown[]) {
  return {
    metadata: { name: 'prod', namespace },
    spec: { clusterProfileTemplates: [{ name: 'base', packs }, { packs: [{ name: 'of nothing' }] }] },
  };
}

describe('what the cluster says of Palette', () => {
  it('is its packs, with state and profile, and who writes for Palette', async () => {
    const profile = { name: 'base', profileVersion: '2.0.0', type: 'add-on', packs: [{ name: 'app' }] };
    const spectro = {
      metadata: { name: 'prod', namespace: 'cluster-one' },
      spec: { clusterProfileTemplates: [profile] },
    };
    const status = { conditions: [{ type: 'ready', status: 'TRUE' }] };
    const cluster = clusterWith([pack('cluster-one', 'app', { status })], [[`spectroclusters.${GROUP}`, [spectro]]]);
    const { palette, inventory } = await read(cluster);
    assert.equal(palette.agentNamespace, 'cluster-one');
    assert.deepEqual(palette.packs, [
      {
        namespace: 'cluster-one',
        name: 'app',
        layer: 'addon',
        type: undefined,
        version: '1.0.0',
        tag: undefined,
        values: 'pack:\n  namespace: shop\n',
        manifests: [{ name: 'm', content: undefined }],
        reportedState: 'installed',
        profile: { name: 'base', version: '2.0.0', type: 'add-on' },
      },
    ]);
    assert.deepEqual(palette.macroFacts, { clusterUid: 'one', clusterName: 'prod', kubernetesVersion: '1.35.4' });
    assert.deepEqual(inventory.paletteManagers, ['manager']);
    assert.deepEqual([inventory.cluster.paletteUid, inventory.cluster.paletteName], ['one', 'prod']);
  });

  it('is of each of several profiles that have a pack of one name', async () => {
    const templates = ['base', 'apps'].map((name) => ({ name, profileVersion: '2.0.0', packs: [{ name: 'app' }] }));
    const spectro = {
      metadata: { name: 'prod', namespace: 'cluster-one' },
      spec: { clusterProfileTemplates: templates },
    };
    const cluster = clusterWith([pack('cluster-one', 'app')], [[`spectroclusters.${GROUP}`, [spectro]]]);
    const { palette } = await read(cluster);
    const [app] = palette.packs;
    assert.deepEqual(
      [app?.profile, app?.possibleProfiles?.map(({ name, version }) => `${name} ${version}`)],
      [undefined, ['base 2.0.0', 'apps 2.0.0']],
    );
  });

  it('is of packs without a Pack resource their names, in the profiles of this cluster', async () => {
    const own = spectroCluster('cluster-one', { name: 'app' }, { name: 'ghost', layer: 'addon' }, { name: 'linux' });
    const others = spectroCluster('cluster-two', { name: 'theirs' });
    const cluster = clusterWith([pack('cluster-one', 'app')], [[`spectroclusters.${GROUP}`, [own, others]]]);
    const { inventory } = await read(cluster, 'one');
    assert.deepEqual(inventory.unseenPacks, [
      { profile: 'base', name: 'ghost', layer: 'addon' },
      { profile: 'base', name: 'linux', layer: undefined },
    ]);
    assert.equal((await read(clusterWith([pack('cluster-one', 'app')], []))).inventory.unseenPacks, undefined);
  });

  it('is not served where there is no Pack type', async () => {
    const cluster: FakeCluster = { discovery: 'legacy', types: CORE_TYPES, objects: new Map() };
    const { palette } = await read(cluster);
    assert.deepEqual([palette.served, palette.packs], [false, []]);
  });

  it('is served but unseen where packs may not be listed', async () => {
    const faults: FaultRule[] = [{ path: '/packs', fault: { kind: 'status', status: 403 } }];
    const { palette, inventory } = await read(clusterWith([pack('cluster-one', 'app')]), undefined, faults);
    assert.deepEqual([palette.served, palette.packs], [true, []]);
    assert.ok(gapsOf(inventory).some((gap) => gap.startsWith(`definitions/packs.${GROUP}@cluster-one forbidden`)));
  });

  it('is asked for in the agents’ namespaces where it may be listed only there', async () => {
    const profile = { name: 'base', profileVersion: '2.0.0', type: 'add-on', packs: [{ name: 'app' }] };
    const spectro = {
      metadata: { name: 'prod', namespace: 'cluster-one' },
      spec: { clusterProfileTemplates: [profile] },
    };
    const cluster = clusterWith([pack('cluster-one', 'app')], [[`spectroclusters.${GROUP}`, [spectro]]]);
    const faults = ['packs', 'spectroclusters', 'clusterprofiles'].map(refused);
    const { palette, inventory } = await read(cluster, undefined, faults);
    assert.deepEqual(
      palette.packs.map(({ profile: of }) => of?.name),
      ['base'],
    );
    assert.deepEqual(gapsOf(inventory), []);
    assert.deepEqual(
      inventory.coverage.map(({ note }) => note).filter((note) => note !== ''),
      ['what could not be listed in all namespaces at once was listed namespace by namespace'],
    );
  });

  const TWO = [pack('cluster-one', 'a'), pack('cluster-two', 'b')];

  it('of two clusters is ours where the only SpectroCluster is', async () => {
    const cluster = clusterWith(TWO, [[`spectroclusters.${GROUP}`, fakeObjects('cluster-two', 'x')]]);
    const { palette, inventory } = await read(cluster);
    assert.equal(palette.agentNamespace, 'cluster-two');
    assert.deepEqual(
      palette.packs.map(({ name }) => name),
      ['b'],
    );
    assert.deepEqual(inventory.otherAgentNamespaces, ['cluster-one']);
  });

  it('of two clusters is ours where the only cluster-info is', async () => {
    const { palette } = await read(clusterWith(TWO, [['configmaps', fakeObjects('cluster-one', 'cluster-info')]]));
    assert.equal(palette.agentNamespace, 'cluster-one');
  });

  it('of two clusters is the one asked for', async () => {
    assert.equal((await read(clusterWith(TWO), 'two')).palette.agentNamespace, 'cluster-two');
  });

  it('of two clusters asks which is ours when nothing tells', async () => {
    await assert.rejects(read(clusterWith(TWO)), (error: unknown) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.exitCode, 2);
      assert.match(error.remedy, /--cluster-uid/);
      return true;
    });
  });

  it('serves with its look at the namespaces as the one before the run, for keys that are known later, too', async () => {
    const labels = { team: 'web', other: 'x' };
    const found = (uid: string): FakeObject => ({
      metadata: { name: 'shop', uid, labels, annotations: { note: 'y', more: 'z' } },
    });
    const objects = clusterWith([pack('cluster-one', 'app')]).objects;
    const withShop = (uid: string): FakeCluster => ({
      ...clusterWith([]),
      objects: new Map([...objects, ['namespaces', [...fakeNamespaces('cluster-one'), found(uid)]]]),
    });
    let cluster = withShop('1');
    const wish = { scope: ['shop'], wholeCluster: false };
    const keys = { declaredLabelKeys: new Set(['team']), declaredAnnotationKeys: new Set(['note']) };
    await withReader({ cluster: () => cluster }, async (reader, requests) => {
      await reader.readPalette({ clusterUid: undefined });
      const first = await reader.readInventory({ ...wish, ...keys });
      const shop = first.namespaces.find(({ name }) => name === 'shop');
      assert.deepEqual([shop?.labels, shop?.annotations], [new Map([['team', 'web']]), new Map([['note', 'y']])]);
      assert.equal(requests.filter(({ url }) => url.startsWith('/api/v1/namespaces?')).length, 2);
      const again = await reader.readInventory({ ...wish, ...keys });
      assert.equal(requests.filter(({ url }) => url.startsWith('/api/v1/namespaces?')).length, 4);
      assert.deepEqual([again.namespaces, gapsOf(again)], [first.namespaces, []]);
    });
    await withReader({ cluster: () => cluster }, async (reader) => {
      await reader.readPalette({ clusterUid: undefined });
      cluster = withShop('2');
      assert.deepEqual(gapsOf(await reader.readInventory({ ...wish, ...keys })), ['namespaces@shop vanished']);
    });
  });

  it('cannot be of a cluster that is not there', async () => {
    await assert.rejects(read(clusterWith(TWO), 'three'), UserError);
  });

  it('is looked for where --cluster-uid says, when the namespaces may not be listed', async () => {
    const faults: FaultRule[] = [
      { path: '/api/v1/namespaces?', fault: { kind: 'status', status: 403 } },
      { path: '/v1alpha1/packs', fault: { kind: 'status', status: 403 } },
    ];
    const cluster = clusterWith([pack('cluster-one', 'app')]);
    const { palette } = await read(cluster, 'one', faults);
    assert.deepEqual(
      palette.packs.map(({ name }) => name),
      ['app'],
    );
    const blind = await read(cluster, undefined, faults);
    assert.deepEqual(blind.palette.packs, []);
    const gap = blind.inventory.coverage.find(({ resource }) => resource === `definitions/packs.${GROUP}`);
    assert.equal(gap?.needs, `list packs.${GROUP} in all namespaces`);
  });

  const uids: readonly {
    readonly says: string;
    readonly cluster: FakeCluster;
    readonly uid: string;
    readonly own: boolean;
  }[] = [
    { says: 'with packs', cluster: clusterWith([pack('cluster-one', 'app')]), uid: 'one', own: true },
    { says: 'with the packs of another', cluster: clusterWith([pack('cluster-one', 'app')]), uid: 'two', own: false },
    { says: 'without packs', cluster: withoutPacks('cluster-one'), uid: 'one', own: true },
    { says: 'without packs, of another', cluster: withoutPacks('cluster-one'), uid: 'two', own: false },
    { says: 'without any agent', cluster: withoutPacks('shop'), uid: 'two', own: false },
  ];
  for (const { says, cluster, uid, own } of uids) {
    it(`is that of the cluster named, or exit code 2: a cluster ${says}`, async () => {
      const reading = read(cluster, uid);
      if (own) assert.equal((await reading).palette.agentNamespace, `cluster-${uid}`);
      else await assert.rejects(reading, { name: 'UserError', exitCode: 2, message: /no agent namespace cluster-two/ });
    });
  }

  it('cannot be told to be that of the cluster named where no namespaces may be listed', async () => {
    const faults: FaultRule[] = [{ path: '/api/v1/namespaces?', fault: { kind: 'status', status: 403 } }];
    const { inventory } = await read(withoutPacks('cluster-one'), 'two', faults);
    assert.ok(inventory.coverage.some(({ note }) => note.includes('--cluster-uid was not checked')));
  });
});
