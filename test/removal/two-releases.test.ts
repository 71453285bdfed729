import assert from 'node:assert/strict';
import { judgedGone } from '../support/judged.ts';
import { removedWorld, type Given } from '../support/removed-world.ts';
import { object, release } from '../support/world.ts';

describe('the set of what goes', () => {
  it('holds what two releases of one name contain, be one of them stored as a ConfigMap', () => {
    const given: Given = {
      objects: [object('team/ConfigMap/a'), object('team/ConfigMap/b')],
      releases: [
        release('gone/gone-chart', { chart: 'chart', has: ['team/ConfigMap/a'] }),
        release('gone/gone-chart', { chart: 'other', has: ['team/ConfigMap/b'], storageKind: 'ConfigMap' }),
      ],
    };
    const { set } = removedWorld(given);
    const outside = [...set.values()].filter(({ object: member }) => member.namespace === 'team');
    assert.deepEqual(outside.map(({ object: member }) => member.name).toSorted(), ['a', 'b']);
    const { verdict, doubts } = judgedGone(given);
    assert.equal(verdict, 'unknown');
    assert.ok(doubts.some(({ code, count }) => code === 'inferred' && count === 2));
  });
});
