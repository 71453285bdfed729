import assert from 'node:assert/strict';
import { applicationsOf, provenance } from '../../src/audit/applications.ts';
import { audit } from '../../src/audit/audit.ts';
import type { PackDefinition } from '../../src/model/definition.ts';
import type { ClusterObject, Writer } from '../../src/model/inventory.ts';
import { subjectOf } from '../support/subject.ts';
import { covered, definition, helmMarks, object, packOf, PLACE, release } from '../support/world.ts';

const wrote = (manager: string, at: string, subresource = ''): Writer => ({
  manager,
  operation: 'Update',
  at,
  subresource,
});
const written = (name: string, ...writers: readonly Writer[]): ClusterObject =>
  object(`shop/ConfigMap/${name}`, { writers });

describe('who wrote an application last', () => {
  const CASES: readonly (readonly [says: string, objects: readonly ClusterObject[], manager: string])[] = [
    [
      'is who wrote the newest of its resources',
      [
        written('a', wrote('first', '2026-01-01'), wrote('newest', '2026-01-04')),
        written('b', wrote('b', '2026-01-03')),
      ],
      'newest',
    ],
    [
      'is not who wrote a status',
      [
        written('a', wrote('person', '2026-01-01'), wrote('controller', '2026-01-05', 'status')),
        written('b', wrote('newer', '2026-01-02')),
      ],
      'newer',
    ],
    [
      'is who wrote a status where nobody else did, at that time',
      [
        written(
          'a',
          wrote('early', '2026-01-01', 'status'),
          wrote('then', '2026-01-01', 'status'),
          wrote('late', '2026-01-05', 'status'),
        ),
        written('b', wrote('newer', '2026-01-02')),
      ],
      'late',
    ],
    [
      'is by name of two at one time',
      [written('a', wrote('z', '2026-01-01')), written('b', wrote('y', '2026-01-01'))],
      'z',
    ],
    ['is nobody where nobody is known', [written('a'), written('b')], ''],
    ['is who is known', [written('a', wrote('x', '2026-01-01')), written('b')], 'x'],
  ];
  for (const [says, objects, manager] of CASES) {
    it(says, () => {
      for (const order of [objects, objects.toReversed()]) {
        const { attributions } = subjectOf({ packs: [], objects: order });
        assert.equal(provenance(attributions).lastWriter, manager);
      }
    });
  }

  it('is nobody of nothing', () => assert.deepEqual(provenance([]), { lastWriter: '', createdAt: '' }));

  it('tells nothing of who owns it', () => {
    const { attributions } = subjectOf({ packs: [], objects: [written('a', wrote('kubectl', '2026-01-01'))] });
    assert.deepEqual(
      applicationsOf(attributions).map(({ owner }) => owner),
      ['person'],
    );
  });
});

const gap = (reason: PackDefinition['gaps'][number]['reason'], subject: string) => ({ reason, subject, place: PLACE });
const chart = (name: string) => ({ name, version: '1' });
const ofShop = (name: string, given: Parameters<typeof definition>[1] = {}) =>
  definition(name, { namespace: 'shop', ...given });

const summary = (definitions: readonly PackDefinition[], releases: readonly ReturnType<typeof release>[] = []) =>
  audit(subjectOf({ packs: [packOf(...definitions)], given: { releases } })).packs[0] ?? assert.fail();

const named = (...charts: readonly string[]) => charts.map((name) => release(`shop/a-${name}`, { chart: name }));

describe('the summary of a pack', () => {
  it('has the first version and layer that a definition tells, or a tag', () => {
    const nothing = { version: undefined, tag: undefined, layer: '' } as const;
    const told = summary([ofShop('a', nothing), ofShop('a', { version: '2.0.0', layer: 'os' }), ofShop('a')]);
    assert.deepEqual([told.version, told.layer], ['2.0.0', 'os']);
    assert.equal(summary([ofShop('a', nothing), ofShop('a', { version: undefined, tag: '1.x' })]).version, '1.x');
    assert.equal(summary([ofShop('a', nothing)]).version, '');
    assert.equal(summary([ofShop('a', { ...nothing, version: '' }), ofShop('a')]).version, '1.0.0');
  });

  it('has each gap once and in order', () => {
    const gaps = [gap('values-unreadable', 'z'), gap('manifest-unreadable', 'b'), gap('manifest-unreadable', 'a')];
    const told = summary([ofShop('a', { gaps }), ofShop('a', { gaps: gaps.toReversed() })]).gaps;
    assert.deepEqual(
      told.map(({ reason, subject }) => `${reason} ${subject}`),
      ['manifest-unreadable a', 'manifest-unreadable b', 'values-unreadable z'],
    );
  });

  const UNREAD = [ofShop('a', { charts: [chart('c'), chart('d')], gaps: [gap('chart-unreadable', 'e.tgz')] })];
  const CHARTS: readonly (readonly [
    says: string,
    definitions: readonly PackDefinition[],
    of: string[],
    gaps: string[],
  ])[] = [
    ['needs a release of each chart, read or not', UNREAD, ['c', 'd'], ['e.tgz']],
    ['needs no more', UNREAD, ['c', 'd', 'e'], []],
    [
      'needs no release of what else was not read',
      [ofShop('a', { gaps: [gap('chart-unreadable', 'e.tgz'), gap('values-unreadable', 'v')] })],
      ['e'],
      ['v'],
    ],
    [
      'needs one of each file, however many definitions lack it',
      [ofShop('a', { gaps: [gap('chart-unreadable', 'e.tgz'), gap('chart-unreadable', 'f.tgz')] }), ...UNREAD],
      ['c', 'd', 'e'],
      ['e.tgz', 'f.tgz'],
    ],
  ];
  for (const [says, definitions, of, gaps] of CHARTS) {
    it(`${says}, before a chart that could not be read is known`, () => {
      const told = summary(definitions, named(...of)).gaps;
      assert.deepEqual(
        told.map(({ subject }) => subject),
        gaps,
      );
    });
  }

  it('does not take another pack’s releases for its own', () => {
    const packs = [
      packOf(ofShop('a', { gaps: [gap('chart-unreadable', 'e.tgz')] })),
      packOf(ofShop('b', { chartKeys: ['c'] })),
    ];
    const report = audit(subjectOf({ packs, given: { releases: [release('shop/b-c', { chart: 'c' })] } }));
    assert.deepEqual(
      report.packs.map(({ gaps }) => gaps.length),
      [1, 0],
    );
  });
});

describe('the applications of a report', () => {
  const mine = { manager: 'kubectl-create' };
  const claims = (name: string, capacity?: string) =>
    object(`shop/PersistentVolumeClaim/${name}`, {
      labels: { 'app.kubernetes.io/part-of': 'db' },
      ...mine,
      ...(capacity === undefined ? {} : { facts: { capacity } }),
    });

  it('are those where a removal destroys or might destroy, with who does', () => {
    const packs = [
      packOf(ofShop('a', { objects: ['two/ConfigMap/own'] })),
      packOf(definition('b', { namespace: 'kube-system' })),
    ];
    const objects = ['shop', 'two', 'kube-system'].map((namespace) => object(`${namespace}/ConfigMap/mine`, mine));
    const told = audit(subjectOf({ packs, objects })).applications;
    assert.deepEqual(
      told.map(({ namespace, packs: by, listed }) => [namespace, by, listed]),
      [
        ['kube-system', [], false],
        ['shop', ['a'], true],
      ],
    );
  });

  it('tell the sizes of their volumes, as far as they have one', () => {
    const objects = [claims('a', '1Gi'), claims('b'), claims('c', '2Gi')];
    const [told] = audit(subjectOf({ packs: [packOf(ofShop('a'))], objects })).applications;
    assert.equal(told?.data, '1Gi 2Gi');
  });

  it('tell all strengths of their evidence', () => {
    const marks = helmMarks('outside', 'shop');
    const objects = [
      object('shop/ConfigMap/a', { annotations: { 'argocd.argoproj.io/tracking-id': 'x:/ConfigMap:shop/a' } }),
      object('shop/ConfigMap/b', { labels: { 'app.kubernetes.io/part-of': 'db' }, ...mine }),
      object('shop/ConfigMap/c', { labels: { 'app.kubernetes.io/part-of': 'db' } }),
      object('shop/ConfigMap/d', { annotations: marks }),
    ];
    const given = { coverage: [covered('secrets', { state: 'forbidden' })] } as const;
    const told = audit(subjectOf({ packs: [packOf(ofShop('a'))], objects, given })).applications;
    assert.deepEqual(
      told.map(({ name, strength }) => [name, strength]),
      [
        ['db', 'inferred, none'],
        ['outside', 'claimed'],
        ['x', 'claimed'],
      ],
    );
  });
});
