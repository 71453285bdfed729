import assert from 'node:assert/strict';
import { attribute } from '../../src/attribution/attribute.ts';
import type { Attribution } from '../../src/model/attribution.ts';
import type { ClusterObject, OwnerReference } from '../../src/model/inventory.ts';
import {
  attributionInput,
  definition,
  helmMarks,
  inventory,
  object,
  ownedBy,
  packOf,
  release,
} from '../support/world.ts';

const COST = 'cost-analyzer-cost-analyzer';
const costPack = packOf(definition('cost-analyzer', { namespace: 'shop', chartKeys: ['cost-analyzer'] }));
const costRelease = release(`shop/${COST}`, { chart: 'cost-analyzer', has: ['/Deployment/cost'] });
const costs = object('shop/Deployment/cost', { annotations: helmMarks(COST, 'shop') });

function attributed(...objects: readonly ClusterObject[]): readonly Attribution[] {
  return attribute(attributionInput([costPack], inventory(objects, { releases: [costRelease] })));
}

function lastOwner(...objects: readonly ClusterObject[]): string | undefined {
  return attributed(...objects).at(-1)?.owner.kind;
}

/** A chain of ConfigMaps in which each is owned by the one before it. */
function chainFrom(first: ClusterObject, length: number): readonly ClusterObject[] {
  const chain = [first];
  for (let index = 1; index < length; index += 1) {
    chain.push(object(`shop/ConfigMap/c${index}`, { owners: [ownedBy(chain[index - 1] ?? first)] }));
  }
  return chain;
}

/** Nobody's: `count` references to what is not there. */
function dangling(count: number): readonly OwnerReference[] {
  return Array.from({ length: count }, (_, index) => ({
    group: 'apps',
    kind: 'ReplicaSet',
    name: `gone-${index}`,
    uid: `gone-${index}`,
    controller: false,
  }));
}

function within(milliseconds: number, work: () => void): void {
  const started = performance.now();
  work();
  const took = performance.now() - started;
  assert.ok(took < milliseconds, `it took ${took} ms`);
}

describe('owner references without bounds', () => {
  it('a chain of 100,000 is walked without recursion, from either end', () => {
    const chain = chainFrom(object('shop/ConfigMap/c0', { manager: 'kubectl-create' }), 100_000);
    within(20_000, () => {
      assert.ok(attributed(...chain.toReversed()).every(({ owner }) => owner.kind === 'person'));
      assert.ok(attributed(...chain).every(({ owner }) => owner.kind === 'person'));
    });
  });

  it('a ring of 1,000 and an object that owns itself have no owner', () => {
    const names = Array.from({ length: 1000 }, (_, index) => `shop/ConfigMap/ring-${index}`);
    const ring = names.map((name, index) =>
      object(name, { owners: [ownedBy(object(names[(index + 1) % names.length] ?? name))] }),
    );
    const self = object('shop/ConfigMap/self');
    const found = attributed(...ring, { ...self, owners: [ownedBy(self)] });
    assert.deepEqual(new Set(found.map(({ owner }) => owner.kind)), new Set(['unexplained']));
  });

  it('10,000 references on one object are looked at, and the one that is there counts', () => {
    const owners = [...dangling(9_999), ownedBy(costs)];
    within(5_000, () => assert.equal(lastOwner(costs, object('shop/ReplicaSet/cost-1', { owners })), 'pack'));
  });

  it('1,000 objects with 1,000 dangling references each take no quadratic time', () => {
    const owners = dangling(1000);
    const many = Array.from({ length: 1000 }, (_, index) => object(`shop/ConfigMap/m${index}`, { owners }));
    within(10_000, () => assert.ok(attributed(...many).every(({ owner }) => owner.kind === 'unexplained')));
  });

  const reference = ownedBy(costs);
  for (const [says, owned] of [
    ['a dangling reference', object('shop/ConfigMap/x', { owners: dangling(1) })],
    ['an owner in another namespace', object('other/ConfigMap/x', { owners: [reference] })],
    ['an owner whose UID is another', object('shop/ConfigMap/x', { owners: [{ ...reference, uid: 'other' }] })],
    ['an owner whose name is another', object('shop/ConfigMap/x', { owners: [{ ...reference, name: 'other' }] })],
    ['an owner whose kind is another', object('shop/ConfigMap/x', { owners: [{ ...reference, kind: 'StatefulSet' }] })],
    ['an owner whose group is another', object('shop/ConfigMap/x', { owners: [{ ...reference, group: 'other.io' }] })],
    ['a cluster-scoped object that a namespaced one is to own', object('/ClusterRole/x', { owners: [reference] })],
  ] as const) {
    it(`${says} proves nothing`, () => assert.equal(lastOwner(costs, owned), 'unexplained'));
  }

  it('names such as __proto__ and constructor are ordinary', () => {
    const marks = { annotations: helmMarks(COST, 'shop') };
    const odd = object('shop/Deployment/__proto__', marks);
    const child = object('shop/ReplicaSet/constructor', { owners: [ownedBy(odd)] });
    const oddRelease = release(`shop/${COST}`, { chart: 'cost-analyzer', has: ['/Deployment/__proto__'] });
    const input = attributionInput([costPack], inventory([odd, child], { releases: [oddRelease] }));
    assert.deepEqual(
      attribute(input).map(({ owner }) => owner.kind),
      ['pack', 'pack'],
    );
  });
});
