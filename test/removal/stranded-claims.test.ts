import assert from 'node:assert/strict';
import { reachOf } from '../../src/removal/reach.ts';
import type { ResourceType } from '../../src/model/resource.ts';
import { readInFull, reference, removedWorld, type Given } from '../support/removed-world.ts';
import { covered, object } from '../support/world.ts';

const DATA = object('team/PersistentVolumeClaim/data');

/** A claim that stays, whose volume a Service of the pack that goes serves. */
const SERVED: Given = {
  objects: [DATA, object('team/ConfigMap/data'), object('/PersistentVolume/pv')],
  references: [
    reference('volume-claim', ['/PersistentVolume/pv', 'team/PersistentVolumeClaim/data'], {
      driver: 'nfs',
      server: 'nfs.gone.svc',
    }),
  ],
};

function reach(given: Given, asked?: ResourceType): ReturnType<typeof reachOf> {
  return reachOf(removedWorld(given).world.subject, asked);
}

describe('what the removal of each pack leaves a claim without', () => {
  it('is a claim, too, that stays without who serves its volume', () => {
    const { of } = reach(SERVED);
    assert.deepEqual(of(DATA), [{ pack: 'gone', cause: 'stranded', because: 'services/nfs', sure: false }]);
    assert.deepEqual(of(object('team/ConfigMap/data')), []);
  });

  it('is told of a claim that goes as of anything else', () => {
    const claim = object('gone/PersistentVolumeClaim/data');
    assert.deepEqual(reach({ objects: [claim] }).of(claim), [
      { pack: 'gone', cause: 'follows', because: 'namespace/gone', sure: true },
    ]);
  });

  it('is not known of a claim where nobody read what serves volumes', () => {
    const failed = covered('references/services', { state: 'failed', reason: 'no answer' });
    const coverage = [...readInFull().filter(({ resource }) => resource !== 'references/services'), failed];
    assert.equal(reach({ ...SERVED, coverage }, DATA.type).unread, 'services: no answer');
    assert.equal(reach({ ...SERVED, coverage }, object('team/ConfigMap/x').type).unread, '');
    assert.equal(reach(SERVED, DATA.type).unread, '');
  });
});
