import assert from 'node:assert/strict';
import { explainNamespace } from '../../src/audit/explain.ts';
import type { Attribution, Owner } from '../../src/model/attribution.ts';
import { subjectOf } from '../support/subject.ts';
import { definition, object, packOf } from '../support/world.ts';

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
