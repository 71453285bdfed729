import assert from 'node:assert/strict';
import { agreementOf, type Said } from './measure/agreement.ts';

const SNAPSHOT = JSON.stringify({
  types: [
    { group: '', kind: 'ConfigMap' },
    { group: '', kind: 'Event' },
    { group: '', kind: 'ComponentStatus' },
    { group: 'apps', kind: 'Deployment' },
  ],
  objects: [
    { type: 0, name: 'settings', uid: '1' },
    { type: 1, name: 'started', uid: '2' },
    { type: 2, name: 'scheduler', uid: '' },
    { type: 3, name: 'web', uid: '3' },
  ],
});
const FLOOR = [
  'configmaps 1',
  'events 2',
  'events.events.k8s.io 2',
  'componentstatuses scheduler',
  'deployments.apps 3',
  'release web.v1',
];
const NAMES = ['configmap/settings', 'event/started', 'componentstatus/scheduler', 'deployment.apps/web'];

function said(change: Partial<Said> = {}): Said {
  const names = { kubectl: [...NAMES, 'event.events.k8s.io/started'].join('\n'), other: without('event').join('\n') };
  return { snapshot: SNAPSHOT, floor: FLOOR.join('\n'), names, releases: 1, ...change };
}

function without(text: string): readonly string[] {
  return NAMES.filter((line) => !line.startsWith(text));
}

describe('the agreement of what programs saw', () => {
  it('is reached where all saw the same, Events under two names or not at all', () => {
    assert.deepEqual(agreementOf(said()), { objects: 4, events: 1, types: 5, releases: 1 });
  });

  for (const [says, change, error] of [
    ['the floor lacks an object', { floor: FLOOR.slice(1).join('\n') }, /the floor saw 3 .* audit 4: .*only here 1/],
    ['the floor read no release', { floor: FLOOR.slice(0, -1).join('\n') }, /0 releases of 1/],
    [
      'kubectl lacks an object',
      { names: { kubectl: without('configmap').join('\n') } },
      /only here configmap\/settings/,
    ],
    ['kubectl saw one more', { names: { kubectl: [...NAMES, 'pod/a'].join('\n') } }, /only there pod\/a/],
    ['nothing could be read', { snapshot: '{}', floor: '', names: {}, releases: 0 }, /saw no objects/],
  ] as const)
    it(`is an error where ${says}`, () => {
      assert.throws(() => agreementOf(said(change)), error);
    });
});
