import assert from 'node:assert/strict';
import { array, assert as holds, constantFrom, nat, property, tuple } from 'fast-check';
import { attribute, attributed } from '../../src/attribution/attribute.ts';
import { built, plans } from '../support/random-world.ts';
import { everywhere, INJECTORS, tangled } from '../support/tangled-world.ts';
import { attributionInput, covered, inventory } from '../support/world.ts';

describe('attributing again', () => {
  it('what other namespaces can change is the same as attributing everything again', () => {
    const numbers = array(tuple(nat(20), nat(20)), { maxLength: 12 });
    const chosen = array(tuple(nat(20), constantFrom(...INJECTORS)), { maxLength: 5 });
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
      { numRuns: 900 },
    );
    assert.ok(changed > 20, `only ${String(changed)} worlds had something injected`);
  });
});
