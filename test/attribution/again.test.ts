import assert from 'node:assert/strict';
import { array, assert as holds, constantFrom, nat, property, tuple } from 'fast-check';
import { attribute, attributed } from '../../src/attribution/attribute.ts';
import type { ClusterObject, Elsewhere, Inventory } from '../../src/model/inventory.ts';
import { typeName } from '../../src/model/resource.ts';
import { built, plans } from '../support/random-world.ts';
import { attributionInput, covered, inventory, ownedBy } from '../support/world.ts';

const MANAGERS = ['operator', 'palette', '', 'helm'] as const;

/** Owner references at random between objects of one namespace: chains, rings and owners that several objects share. */
function tangled(
  objects: readonly ClusterObject[],
  links: readonly (readonly [number, number])[],
): readonly ClusterObject[] {
  const owners = new Map<ClusterObject, ClusterObject['owners']>();
  for (const [child, parent] of links) {
    const [one, other] = [objects[child % objects.length], objects[parent % objects.length]];
    if (one === undefined || other === undefined || one.namespace !== other.namespace) continue;
    owners.set(one, [...(owners.get(one) ?? one.owners), ownedBy(other, links.length % 2 === 0)]);
  }
  return objects.map((object) => Object.assign({}, object, { owners: owners.get(object) ?? object.owners }));
}

/** As if every namespace had an object like each of these. */
function everywhere(
  { objects, namespaces }: Inventory,
  chosen: readonly (readonly [number, string])[],
): readonly Elsewhere[] {
  const entries = chosen.flatMap(([at, manager]): readonly Elsewhere[] => {
    const object = objects[at % objects.length];
    if (object === undefined) return [];
    const writers = namespaces.map(({ name }) => ({ namespace: name, manager }));
    return [{ resource: typeName(object.type), name: object.name, writers }];
  });
  return [...new Map(entries.map((entry) => [`${entry.resource}/${entry.name}`, entry])).values()];
}

describe('attributing again', () => {
  it('what other namespaces can change is the same as attributing everything again', () => {
    const numbers = array(tuple(nat(20), nat(20)), { maxLength: 12 });
    const chosen = array(tuple(nat(20), constantFrom(...MANAGERS)), { maxLength: 5 });
    let changed = 0;
    holds(
      property(plans, numbers, chosen, (plan, links, names) => {
        const { packs, objects, given } = built(plan);
        const coverage = [...(given.coverage ?? []), covered('namespaces')];
        const input = attributionInput(packs, inventory(tangled(objects, links), { ...given, coverage }));
        const elsewhere = everywhere(input.inventory, names);
        const first = attributed(input);
        const whole = attribute({ ...input, inventory: { ...input.inventory, elsewhere } });
        const again = first.again(elsewhere);
        assert.deepEqual(again, whole);
        if (again.some(({ owner }) => owner.kind === 'injected')) changed += 1;
      }),
      { numRuns: 600 },
    );
    assert.ok(changed > 20, `only ${String(changed)} worlds had something injected`);
  });
});
