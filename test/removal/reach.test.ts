import assert from 'node:assert/strict';
import { reachOf } from '../../src/removal/reach.ts';
import { readInFull } from '../support/removed-world.ts';
import { subjectOf } from '../support/subject.ts';
import { covered, definition, object, packOf } from '../support/world.ts';

const PACKS = ['web', 'api'].map((name) => packOf(definition(name, { namespace: name })));
const MIRRORED = {
  'reflector.v1.k8s.emberstack.com/reflects': 'web/tls',
  'reflector.v1.k8s.emberstack.com/auto-reflects': 'true',
};
const ANCHOR = object('web/Widget/crew');
const SUBNAMESPACE = object('/Namespace/crew');
const SECRET = object('web/Secret/tls');
const COPY = object('team/Secret/tls', { annotations: MIRRORED });
const OTHER = object('team/Secret/other');

function reached(coverage = readInFull()) {
  const namespaces = ['web', 'api', 'team'].map((name) => object(`/Namespace/${name}`));
  const anchor = { ...ANCHOR, type: { ...ANCHOR.type, group: 'hnc.x-k8s.io', resource: 'subnamespaceanchors' } };
  const objects = [...namespaces, anchor, SUBNAMESPACE, SECRET, COPY, OTHER];
  return reachOf(subjectOf({ packs: PACKS, objects, given: { coverage, references: [] } }));
}

describe('what the removal of each pack reaches', () => {
  it('is what goes with its namespace, for certain', () => {
    assert.deepEqual(reached().of(SECRET), [{ pack: 'web', cause: 'follows', because: 'namespace/web', sure: true }]);
  });

  it('is what a controller deletes with that, which is not certain', () => {
    assert.deepEqual(reached().of(COPY), [{ pack: 'web', cause: 'follows', because: 'secrets/tls', sure: false }]);
  });

  it('is what a controller made for it, which is not certain either', () => {
    const because = 'subnamespaceanchors.hnc.x-k8s.io/crew';
    assert.deepEqual(reached().of(SUBNAMESPACE), [{ pack: 'web', cause: 'follows', because, sure: false }]);
  });

  it('is nothing else', () => assert.deepEqual(reached().of(OTHER), []));

  it('was followed in full where all was read by which one thing takes others along', () => {
    assert.equal(reached().unread, '');
  });

  it('was not where that was not, and says what', () => {
    const refused = readInFull().map((entry) =>
      entry.resource === 'references/volumesnapshotcontents.snapshot.storage.k8s.io'
        ? covered(entry.resource, { state: 'forbidden', needs: 'list volumesnapshotcontents', reason: 'no' })
        : entry,
    );
    assert.notEqual(reached(refused).unread, '');
  });

  it('does not rest on what other checks read', () => {
    const refused = readInFull().map((entry) =>
      entry.resource === 'references/ingresses.networking.k8s.io'
        ? covered(entry.resource, { state: 'forbidden', needs: 'list ingresses', reason: 'no' })
        : entry,
    );
    assert.equal(reached(refused).unread, '');
  });
});
