import assert from 'node:assert/strict';
import { auditedOf, namespacesNeeded } from '../../src/audit/audit.ts';
import { holdingsOf } from '../../src/audit/holdings.ts';
import { namespacesReport } from '../../src/audit/namespaces.ts';
import type { Attribution, Owner } from '../../src/model/attribution.ts';
import type { Coverage, Inventory } from '../../src/model/inventory.ts';
import { subjectOf } from '../support/subject.ts';
import { covered, definition, nameText, namespaceRecord, object, packOf, PLACE } from '../support/world.ts';

const OWNERS: readonly Owner[] = [
  { kind: 'pack', pack: 'a' },
  { kind: 'application', via: 'helm', name: 'x', namespace: 'shop' },
  { kind: 'person', manager: 'kubectl' },
  { kind: 'palette', by: '' },
  { kind: 'kubernetes' },
  { kind: 'injected', manager: 'engine' },
  { kind: 'leftover', pack: 'a' },
  { kind: 'unexplained' },
];

function of(owner: Owner): Attribution {
  const one = object(`shop/ConfigMap/${owner.kind}`);
  return { object: one, owner, strength: 'inferred', evidence: [], root: one, refuted: undefined, conflict: [] };
}

const names = (attributions: readonly Attribution[]): readonly string[] =>
  attributions.map(({ object: { name } }) => name);

describe('what a namespace holds', () => {
  it('is each a pack’s, foreign or folded', () => {
    const { byPack, unmanaged, folded } = holdingsOf(new Map([['shop', OWNERS.map(of)]]))('shop');
    assert.deepEqual(
      [...byPack].map(([pack, own]) => [pack, names(own)]),
      [['a', ['pack']]],
    );
    assert.deepEqual(names(unmanaged), ['application', 'person', 'unexplained']);
    assert.deepEqual(names(folded), ['palette', 'kubernetes', 'injected', 'leftover']);
  });

  it('is nothing where nothing was seen', () => {
    const { byPack, unmanaged, folded } = holdingsOf(new Map())('shop');
    assert.deepEqual([byPack.size, unmanaged, folded], [0, [], []]);
  });
});

describe('namespaces whose contents are needed', () => {
  const packs = [
    packOf(
      definition('a', {
        namespace: 'here',
        additionalNamespaces: [nameText('gone'), nameText('{{ .x }}')],
        namespaceLabels: [{ namespace: nameText('labelled'), entries: [], malformed: [] }],
      }),
    ),
  ];
  const live = ['here', 'labelled', '{{ .x }}', 'asked'].map((name) => namespaceRecord(name));
  const needed = (coverage: readonly Coverage[], narrowedTo: readonly string[] = []): readonly string[] =>
    namespacesNeeded(auditedOf(subjectOf({ packs, narrowedTo, given: { namespaces: live, coverage } })));

  it('are those with a claim on them that are there', () =>
    assert.deepEqual(needed([covered('namespaces')]), ['here']));

  it('are those asked for as well, and no claims on others', () =>
    assert.deepEqual(needed([covered('namespaces')], ['asked', 'nowhere']), ['asked']));

  const UNKNOWN: readonly (readonly [says: string, coverage: readonly Coverage[]])[] = [
    ['the list of all was refused', [covered('namespaces', { state: 'forbidden' }), covered('pods')]],
    ['only one of them was read', [covered('namespaces', { scope: 'here' })]],
    ['nothing is said of them', [covered('pods'), covered('secrets', { scope: 'here' })]],
  ];
  for (const [says, coverage] of UNKNOWN) {
    it(`are also those of which nobody knows whether they are there, for ${says}`, () =>
      assert.deepEqual(needed(coverage), ['gone', 'here']));
  }
});

const failed = (resource: string): Partial<Inventory> => ({ coverage: [covered(resource, { state: 'failed' })] });

describe('the namespaces that are free', () => {
  const doubted = ['a', 'b'].map((name) =>
    packOf(definition(name, { gaps: [{ reason: 'values-unreadable', subject: 'pack.namespace', place: PLACE }] })),
  );
  const rows = (given: Partial<Inventory>, packs = doubted.slice(0, 0), narrowedTo: readonly string[] = []) =>
    namespacesReport(
      subjectOf({
        packs,
        narrowedTo,
        given: { namespaces: ['x', 'y'].map((name) => namespaceRecord(name)), ...given },
      }),
    ).rows.map(({ namespace, free, why }) => [namespace, free, why].join(' ').trim());

  it('are only those asked for', () => assert.deepEqual(rows({}, [], ['y', 'z']), ['y yes', 'z yes']));

  it('are not known while several packs’ claims are not', () =>
    assert.deepEqual(rows({}, doubted), ['x unknown claims of a, b', 'y unknown claims of a, b']));

  it('are free though a list of something else failed', () =>
    assert.deepEqual(rows(failed('witness/widgets.example.com')), ['x yes', 'y yes']));

  it('are not known where the packs could not be listed beside something else', () => {
    const coverage = ['witness/widgets.example.com', 'definitions/packs.cluster.spectrocloud.com'].map((resource) =>
      covered(resource, { state: 'failed' }),
    );
    assert.deepEqual(rows({ coverage }), ['x unknown claims of packs not seen', 'y unknown claims of packs not seen']);
  });
});
