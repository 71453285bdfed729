import assert from 'node:assert/strict';
import { ownersAmong } from '../../src/cluster/cluster-owners.ts';
import { CORE_TYPES, fakeNamespaces, fakeType, type FakeCluster } from '../support/fake-api/description.ts';
import { gapsOf, readScope } from '../support/fake-api/reading.ts';
import { object, ownedBy } from '../support/world.ts';

const owner = (kind: string, name: string) => [
  { apiVersion: 'example.com/v1', kind, name, uid: `uid-${kind}--${name}`, controller: true },
];
const CLUSTER: FakeCluster = {
  discovery: 'aggregated',
  types: [
    ...CORE_TYPES,
    fakeType('policies.example.com', 'Policy', { namespaced: false }),
    fakeType('tenants.example.com', 'Tenant', { namespaced: false }),
    fakeType('others.example.com', 'Other', { namespaced: false }),
  ],
  objects: new Map([
    ['namespaces', fakeNamespaces('team')],
    ['configmaps', [{ metadata: { name: 'driver', namespace: 'team', ownerReferences: owner('Policy', 'one') } }]],
    [
      'policies.example.com',
      [{ metadata: { name: 'one', ownerReferences: owner('Tenant', 'top') } }, { metadata: { name: 'two' } }],
    ],
    ['tenants.example.com', [{ metadata: { name: 'top' } }]],
    ['others.example.com', [{ metadata: { name: 'x' } }]],
  ]),
};
const globals = async (faults: Parameters<typeof readScope>[0]['faults'] = []) => {
  const inventory = await readScope({ cluster: CLUSTER, faults }, 'team');
  const names = inventory.objects
    .filter(({ namespace }) => namespace === '')
    .map(({ type, name }) => `${type.kind} ${name}`);
  return { inventory, names };
};

describe('owners of cluster scope', () => {
  it('are read when something in scope names them, and theirs, and no others', async () => {
    const { inventory, names } = await globals();
    assert.deepEqual(names, ['Policy one', 'Tenant top']);
    assert.deepEqual(gapsOf(inventory), []);
  });

  it('that may not be listed are a gap, for what they own is then nobody’s', async () => {
    const { inventory, names } = await globals([{ path: '/policies', fault: { kind: 'status', status: 403 } }]);
    assert.deepEqual(names, []);
    assert.deepEqual(gapsOf(inventory), ['policies.example.com@ forbidden']);
  });

  it('are told apart by UID', () => {
    const pool = [object('/ClusterRole/a'), object('/ClusterRole/b', { uid: 'other' })];
    const child = object('team/ConfigMap/c', {
      owners: [ownedBy(object('/ClusterRole/a')), ownedBy(object('/ClusterRole/b'))],
    });
    assert.deepEqual(
      ownersAmong([child], pool).map(({ name }) => name),
      ['a'],
    );
  });
});
