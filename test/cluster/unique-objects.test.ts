import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { uniqueObjects } from '../../src/cluster/unique-objects.ts';
import type { ClusterObject } from '../../src/model/inventory.ts';
import { compareText } from '../../src/model/resource.ts';
import { object } from '../support/world.ts';

const GROUPS = ['', 'apps', 'extensions'];

interface Marks {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly group: string;
}

function marked({ namespace, kind, name, uid, group }: Marks): ClusterObject {
  const made = object(`${namespace}/ConfigMap/${name}`);
  return { ...made, namespace, uid, type: { ...made.type, kind, group } };
}

/** Objects of few namespaces, kinds, names and UIDs, so that many of them are alike in some of these. */
const anyObject = fc
  .record({
    namespace: fc.constantFrom('', 'a', 'b'),
    kind: fc.constantFrom('ConfigMap', 'Ingress'),
    name: fc.constantFrom('one', 'two'),
    uid: fc.constantFrom('', '1', '2'),
    group: fc.constantFrom(...GROUPS),
  })
  .map(marked);

/** All that tells objects apart; without a UID only their group tells whether two are one. */
function identity({ namespace, type, name, uid }: ClusterObject): string {
  return JSON.stringify([namespace, type.kind, name, uid, uid === '' ? type.group : '']);
}

function placeOf({ namespace, type, name, uid }: ClusterObject): readonly string[] {
  return [namespace, type.kind, type.group, name, uid];
}

describe('objects that several lists tell of', () => {
  it('are each there once, by the group that is asked first, and in order', () => {
    fc.assert(
      fc.property(fc.array(anyObject, { maxLength: 30 }), (objects) => {
        const unique = uniqueObjects(objects);
        assert.deepEqual(
          new Set(unique.map(identity)),
          new Set(objects.map(identity)),
          'nothing is lost, and nothing made up',
        );
        assert.equal(new Set(unique.map(identity)).size, unique.length);
        for (const one of unique) {
          const likes = objects.filter((other) => identity(other) === identity(one));
          const best = likes.map(({ type }) => GROUPS.indexOf(type.group)).toSorted((a, b) => a - b)[0];
          assert.equal(GROUPS.indexOf(one.type.group), best);
        }
        const places = unique.map(placeOf);
        const ordered = places.toSorted(
          (a, b) => a.map((part, index) => compareText(part, b[index] ?? '')).find((order) => order !== 0) ?? 0,
        );
        assert.deepEqual(places, ordered);
      }),
    );
  });

  it('stay the same whatever order they came in', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(GROUPS, { minLength: 1 }), fc.constantFrom('', '1'), (groups, uid) => {
        const objects = groups.map((group) => marked({ namespace: 'a', kind: 'Ingress', name: 'one', uid, group }));
        const expected =
          uid === '' ? groups.toSorted(compareText) : GROUPS.filter((group) => groups.includes(group)).slice(0, 1);
        assert.deepEqual(
          uniqueObjects(objects).map(({ type }) => type.group),
          expected,
        );
      }),
    );
  });
});
