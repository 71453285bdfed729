import assert from 'node:assert/strict';
import { audit } from '../../src/audit/audit.ts';
import { explainNamespace } from '../../src/audit/explain.ts';
import { namespacesReport } from '../../src/audit/namespaces.ts';
import type { GapReason, PackDefinition } from '../../src/model/definition.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import type { Pack } from '../../src/model/pack.ts';
import { subjectOf } from '../support/subject.ts';
import {
  covered,
  definition,
  nameText,
  namespaceRecord,
  object,
  packOf,
  PLACE,
  release,
  TYPES,
} from '../support/world.ts';

const gap = (reason: GapReason, subject: string) => ({ reason, subject, place: PLACE });
const inCluster = { source: { kind: 'cluster', namespace: 'cluster-1' } } as const;
const twoCharts = packOf(
  definition('a', {
    namespace: 'x',
    charts: [{ name: 'c', version: '1' }],
    gaps: [gap('chart-unreadable', 'd-1.tgz')],
  }),
);
const referenced = definition('a', {
  ...inCluster,
  namespace: 'x',
  manifests: ['m'],
  gaps: [gap('manifest-only-referenced', 'm')],
});

const UNSEEN = ['what it installs'];

function bareDefinition(given: Parameters<typeof definition>[1] = {}): PackDefinition {
  return definition('a', { namespace: 'x', reportedState: 'installed', ...given });
}

/** An installed pack whose values name a namespace, and nothing else. */
function bare(given: Parameters<typeof definition>[1] = {}): Pack {
  return packOf(bareDefinition(given));
}

const GAPS: readonly {
  readonly says: string;
  readonly pack: Pack;
  readonly given?: Partial<Inventory>;
  readonly expect: readonly string[];
}[] = [
  { says: 'a chart that could not be read is a gap', pack: twoCharts, expect: ['d-1.tgz'] },
  { says: 'a pack that is there, and of which nothing tells what it installs, is one', pack: bare(), expect: UNSEEN },
  {
    says: 'a release of it tells',
    pack: bare(),
    given: { releases: [release('x/a-a', { chart: 'a' })] },
    expect: [],
  },
  ...[
    { says: 'a chart of its values tells', given: { chartKeys: ['c'] } },
    { says: 'its manifests tell', given: { manifests: ['m'] } },
    { says: 'its objects tell', given: { objects: ['/ConfigMap/c'] } },
    { says: 'a manifest layer without manifests is empty', given: { type: 'manifest' } },
    { says: 'the layer of the system has nothing there', given: { layer: 'os' } },
    { says: 'a pack that is not there yet has nothing there', given: { reportedState: undefined } },
  ].map(({ says, given }) => ({ says, pack: bare(given), expect: [] })),
  {
    says: 'one definition that tells is enough',
    pack: packOf(bareDefinition(), definition('a', { namespace: 'x', chartKeys: ['c'] })),
    expect: [],
  },
  {
    says: 'the release of another chart does not close it',
    pack: twoCharts,
    given: { releases: [release('x/a-c', { chart: 'c' })] },
    expect: ['d-1.tgz'],
  },
  {
    says: 'as many proven releases as charts close it',
    pack: twoCharts,
    given: { releases: [release('x/a-c', { chart: 'c' }), release('x/a-d', { chart: 'd' })] },
    expect: [],
  },
  {
    says: 'releases in a former namespace do not',
    pack: twoCharts,
    given: { releases: [release('old/a-c', { chart: 'c' }), release('old/a-d', { chart: 'd' })] },
    expect: ['d-1.tgz'],
  },
  { says: 'a manifest whose body the server holds back is a gap', pack: packOf(referenced), expect: ['m'] },
];

describe('pack summaries', () => {
  for (const { says, pack, given = {}, expect } of GAPS) {
    it(says, () => {
      const report = audit(subjectOf({ packs: [pack], given }));
      assert.deepEqual(
        report.packs[0]?.gaps.map(({ subject }) => subject),
        expect,
      );
      assert.equal(report.complete, expect.length === 0);
    });
  }
});

describe('stakes of a report', () => {
  it('count own, other packs’ and nobody’s objects, each object once', () => {
    const packs = [
      packOf(definition('a', { namespace: 'x', objects: ['/ConfigMap/a'] })),
      packOf(definition('b', { namespace: 'x', objects: ['/ConfigMap/b', '/Secret/b'] })),
    ];
    const objects = [
      ...['a', 'b', 'kube-root-ca.crt'].map((name) => object(`x/ConfigMap/${name}`)),
      object('x/Secret/b'),
      object('x/Secret/mine', { manager: 'kubectl-create' }),
    ];
    const report = audit(subjectOf({ packs, objects }));
    assert.deepEqual(
      report.stakes.map(({ pack, own, otherPacks, unmanaged }) => [pack, own, otherPacks, unmanaged]),
      [
        ['a', 1, 2, 1],
        ['b', 2, 1, 1],
      ],
    );
    assert.equal(report.folded.kubernetes, 1);
  });

  it('list what is in a protected namespace only when -n names it', () => {
    const packs = [packOf(definition('a', { namespace: 'kube-system' }))];
    const objects = [object('kube-system/ConfigMap/mine', { manager: 'kubectl-create' })];
    const listed = (narrowedTo: readonly string[]) =>
      audit(subjectOf({ packs, objects, narrowedTo })).applications.map((one) => one.listed);
    assert.deepEqual([listed([]), listed(['kube-system'])], [[false], [true]]);
  });
});

const rows = (packs: readonly Pack[], given: Partial<Inventory> = {}) =>
  namespacesReport(
    subjectOf({
      packs,
      given: { namespaces: ['constructor', 'default', 'one', 'free'].map((name) => namespaceRecord(name)), ...given },
    }),
  ).rows.map(({ namespace, fate, free, exists }) => `${namespace} ${fate} ${free}${exists ? '' : ' absent'}`);

describe('namespacesReport', () => {
  it('tells for every namespace there is or that is claimed whether it is free', () => {
    const packs = [
      packOf(definition('a', { namespace: 'one', additionalNamespaces: [nameText('two'), nameText('constructor')] })),
    ];
    assert.deepEqual(rows(packs), [
      'constructor destroyed no',
      'default untouched no',
      'free untouched yes',
      'one destroyed no',
      'two destroyed no absent',
    ]);
  });

  const DOUBTS: readonly {
    readonly says: string;
    readonly packs: readonly Pack[];
    readonly given?: Partial<Inventory>;
  }[] = [
    { says: 'a name with a macro', packs: [packOf(definition('a', { namespace: '{{ .x }}' }))] },
    {
      says: 'values that could not be read',
      packs: [packOf(definition('a', { gaps: [gap('values-unreadable', 'pack.namespace')] }))],
    },
    {
      says: 'Pack resources that could not be listed',
      packs: [],
      given: { coverage: [covered('definitions/packs.cluster.spectrocloud.com', { state: 'forbidden' })] },
    },
    {
      says: 'a release that could not be read',
      packs: [],
      given: { coverage: [covered('release/*', { scope: 'x', state: 'failed' })] },
    },
    {
      says: 'a group that discovery does not tell of',
      packs: [],
      given: { coverage: [covered('a/v1', { state: 'unknown-discovery' })] },
    },
  ];
  for (const { says, packs, given } of DOUBTS) {
    it(`calls no namespace free while there is ${says}`, () => {
      assert.ok(rows(packs, given).includes('free untouched unknown'), rows(packs, given).join('; '));
    });
  }
});

describe('explainNamespace', () => {
  const packs = [packOf(definition('a', { namespace: 'x', objects: ['/ConfigMap/a'] }))];
  const objects = [
    object('x/ConfigMap/a'),
    object('x/Secret/s', { manager: 'kubectl-create' }),
    object('y/Secret/s', { manager: 'helm' }),
  ];

  it('names claims with what makes them, and owners with how many resources they have there', () => {
    const found = explainNamespace(subjectOf({ packs, objects }), 'x');
    assert.deepEqual(
      found.stakes.map(({ pack, via }) => [pack, via]),
      [['a', ['pack.namespace']]],
    );
    assert.deepEqual(
      found.owners.map(({ owner, strength, resources }) => [owner, strength, resources]),
      [
        ['nobody, written by kubectl-create', 'inferred', 1],
        ['pack a', 'verified', 1],
      ],
    );
    assert.equal(found.exists, true);
  });

  it('says of a namespace that no pack claims that it is there, and what it holds', () => {
    const found = explainNamespace(subjectOf({ packs, objects }), 'y');
    assert.deepEqual([found.stakes, found.exists, found.complete, found.owners.length], [[], true, true, 1]);
  });

  it('is incomplete when its contents could not all be seen, also where no pack has a claim', () => {
    const coverage = TYPES.map(({ group, resource }) =>
      covered(group === '' ? resource : `${resource}.${group}`, resource === 'pods' ? { state: 'forbidden' } : {}),
    );
    assert.equal(explainNamespace(subjectOf({ packs, objects, given: { coverage } }), 'y').complete, false);
  });

  it('says that a namespace is not there', () => {
    assert.equal(explainNamespace(subjectOf({ packs, objects }), 'constructor').exists, false);
  });
});
