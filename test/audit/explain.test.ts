import assert from 'node:assert/strict';
import { explainNamespace } from '../../src/audit/explain.ts';
import type { Attribution, Owner } from '../../src/model/attribution.ts';
import { subjectOf } from '../support/subject.ts';
import { definition, object, packOf, release } from '../support/world.ts';

const OWNERS: readonly (readonly [owner: Owner, words: string])[] = [
  [{ kind: 'pack', pack: 'a' }, 'pack a'],
  [{ kind: 'application', via: 'helm', name: 'x', namespace: 'shop' }, 'x (helm)'],
  [{ kind: 'person', manager: 'kubectl' }, 'nobody, written by kubectl'],
  [{ kind: 'palette', by: 'y' }, 'Palette itself'],
  [{ kind: 'kubernetes' }, 'Kubernetes itself'],
  [{ kind: 'injected', manager: 'engine' }, 'put into every namespace by engine'],
  [{ kind: 'leftover', pack: 'a' }, 'left over from pack a'],
  [{ kind: 'leftover', pack: '' }, 'left over from a pack'],
  [{ kind: 'unexplained' }, 'nobody known'],
];

function of(owner: Owner): Attribution {
  const one = object('shop/ConfigMap/c');
  const evidence = [{ strength: 'inferred', text: owner.kind }] as const;
  return { object: one, owner, strength: 'inferred', evidence, root: one, refuted: undefined, conflict: [] };
}

describe('the owners in a namespace', () => {
  const subject = subjectOf({ packs: [packOf(definition('a', { namespace: 'shop' }))] });
  for (const [owner, words] of OWNERS) {
    it(`are said in words: ${words}`, () => {
      const found = explainNamespace({ ...subject, attributions: [of(owner), of(owner)] }, 'shop');
      const evidence = [{ strength: 'inferred', text: owner.kind }];
      assert.deepEqual(found.owners, [{ owner: words, strength: 'inferred', resources: 2, evidence }]);
    });
  }
});

describe('what of a namespace goes with its type', () => {
  const DEFINITIONS = [
    '/CustomResourceDefinition/widgets.example.com',
    '/CustomResourceDefinition/databases.example.org',
  ];
  const customTypes = [
    { group: 'example.com', kind: 'Widget', crd: 'widgets.example.com' },
    { group: 'example.org', kind: 'Database', crd: 'databases.example.org' },
  ];
  const objects = [
    object('team/Widget/one'),
    object('team/Database/orders'),
    object('team/Widget/two'),
    object('team/ConfigMap/c'),
    object('else/Widget/three'),
  ];

  it('is counted by pack and type', () => {
    const packs = ['b', 'a'].map((name) => packOf(definition(name, { namespace: name, objects: DEFINITIONS })));
    const subject = subjectOf({ packs, objects, given: { customTypes } });
    const types = [
      { type: 'databases.example.org', resources: 1 },
      { type: 'widgets.example.com', resources: 2 },
    ];
    const expected = ['a', 'b'].flatMap((pack) => types.map(({ type, resources }) => ({ pack, type, resources })));
    assert.deepEqual(explainNamespace(subject, 'team').takenBy, expected);
  });

  it('is nothing where only a hook makes the definition, which Helm never deletes', () => {
    const made = release('shop/web-web', { chart: 'web', has: DEFINITIONS.slice(0, 1), hooks: DEFINITIONS });
    const packs = [packOf(definition('web', { namespace: 'shop', chartKeys: ['web'] }))];
    const subject = subjectOf({ packs, objects, given: { customTypes, releases: [made] } });
    const expected = [{ pack: 'web', type: 'widgets.example.com', resources: 2 }];
    assert.deepEqual(explainNamespace(subject, 'team').takenBy, expected);
  });
});
