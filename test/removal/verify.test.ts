import assert from 'node:assert/strict';
import { wholeCoverage } from '../../src/audit/coverage.ts';
import { verifyOutcome } from '../../src/cli/outcome.ts';
import type { ClusterObject, Coverage, Inventory } from '../../src/model/inventory.ts';
import type { Prediction, VerifyReport } from '../../src/model/verification.ts';
import { verifyReport } from '../../src/removal/verify.ts';
import { subjectOf } from '../support/subject.ts';
import { covered, inventory, namespaceRecord, object, TYPES } from '../support/world.ts';
import { typeName } from '../../src/model/resource.ts';

const A = { namespace: 'gone', type: 'configmaps', name: 'a', uid: 'uid:gone/ConfigMap/a' };
const WIDGET = { namespace: 'gone', type: 'widgets.example.com', name: 'w', uid: 'uid:gone/Widget/w' };
const PREDICTION: Prediction = {
  clusterUid: 'u',
  takenAt: '2026-11-10T14:02:11Z',
  targets: [{ kind: 'pack', name: 'gone' }],
  destroyed: [{ namespace: '', type: 'namespaces', name: 'gone', uid: 'uid:namespace/gone' }, WIDGET, A],
  namespaces: ['gone'],
  stays: [{ type: 'configmaps', namespace: 'other', objects: [['b', 'uid:other/ConfigMap/b']] }],
};

const B = object('other/ConfigMap/b');
const LEFT: readonly ClusterObject[] = [object('/Namespace/other'), B];
const everything = TYPES.map((type) => covered(typeName(type)));

interface Now {
  readonly objects?: readonly ClusterObject[];
  readonly given?: Partial<Inventory>;
  readonly prediction?: Partial<Prediction>;
}

function verified({ objects = LEFT, given = {}, prediction = {} }: Now): VerifyReport {
  const names = new Set(['other', ...objects.map(({ namespace }) => namespace)]);
  const namespaces = [...names].filter((one) => one !== '').map((one) => namespaceRecord(one));
  const now = inventory(objects, { coverage: everything, namespaces, ...given });
  const { coverage, ...rest } = {
    coverage: wholeCoverage(subjectOf({ packs: [], objects, given: now })),
    ...PREDICTION,
  };
  return verifyReport(now, coverage, { ...rest, ...prediction });
}

const name = (one: { readonly type: string; readonly name: string }): string => `${one.type}/${one.name}`;

function told(report: VerifyReport) {
  return {
    gone: `${report.gone} of ${report.predicted}`,
    remaining: report.remaining.map(name),
    namespaces: report.namespaces.map(({ namespace, same }) => `${namespace}${same ? '' : ' anew'}`),
    recreated: report.recreated.map(name),
    unpredicted: report.unpredicted.map(name),
    code: verifyOutcome(report),
  };
}

interface Case {
  readonly says: string;
  readonly now: Now;
  readonly expected: Partial<ReturnType<typeof told>>;
}

const ALL_GONE = { gone: '3 of 3', remaining: [], namespaces: [], recreated: [], unpredicted: [], code: 0 } as const;
const replaced = (resource: string, entry: Coverage): readonly Coverage[] =>
  everything.flatMap((one) => (one.resource === resource ? [entry] : [one]));

const CASES: readonly Case[] = [
  { says: 'all that was predicted is gone', now: {}, expected: {} },
  {
    says: 'what is still there remains, and its namespace',
    now: {
      objects: [...LEFT, object('gone/ConfigMap/a')],
      given: { namespaces: [namespaceRecord('other'), namespaceRecord('gone', { uid: 'uid:namespace/gone' })] },
    },
    expected: { gone: '2 of 3', remaining: ['configmaps/a'], namespaces: ['gone'], code: 1 },
  },
  {
    says: 'what came anew under its name is no remainder, nor is a new namespace',
    now: {
      objects: [...LEFT, { ...object('gone/ConfigMap/a'), uid: 'another' }],
      given: { namespaces: [namespaceRecord('other'), namespaceRecord('gone', { uid: 'another' })] },
    },
    expected: { namespaces: ['gone anew'], recreated: ['configmaps/a'], code: 1 },
  },
  {
    says: 'what went without having been predicted is told',
    now: { objects: [object('/Namespace/other')] },
    expected: { unpredicted: ['configmaps/b'], code: 1 },
  },
  {
    says: 'what came anew elsewhere under a name went, as well',
    now: { objects: [object('/Namespace/other'), { ...B, uid: 'another' }] },
    expected: { unpredicted: ['configmaps/b'], code: 1 },
  },
  {
    says: 'a list that was refused shows nothing gone, neither predicted nor not',
    now: {
      objects: [object('/Namespace/other')],
      given: { coverage: replaced('configmaps', covered('configmaps', { state: 'forbidden' })) },
    },
    expected: { gone: '2 of 3', code: 3 },
  },
  {
    says: 'a type that the cluster no longer serves is gone',
    now: { given: { types: TYPES.filter(({ kind }) => kind !== 'Widget') } },
    expected: {},
  },
  {
    says: 'a type that its definition still names is not',
    now: {
      given: {
        types: TYPES.filter(({ kind }) => kind !== 'Widget'),
        customTypes: [{ group: 'example.com', kind: 'Widget', crd: 'widgets.example.com' }],
        coverage: [
          ...everything.filter(({ resource }) => resource !== 'widgets.example.com'),
          covered('discovery/widgets.example.com', { state: 'unknown-discovery' }),
        ],
      },
    },
    expected: { gone: '2 of 3', code: 3 },
  },
  ...['*.example.com', 'discovery', 'discovery/widgets.example.com'].map((resource) => ({
    says: `a type that nobody can tell of is not either: ${resource}`,
    now: {
      given: {
        types: TYPES.filter(({ kind }) => kind !== 'Widget'),
        coverage: [
          ...everything.filter((one) => one.resource !== 'widgets.example.com'),
          covered(resource, { state: 'unknown-discovery' as const }),
        ],
      },
    },
    expected: { gone: '2 of 3', code: 3 as const },
  })),
  {
    says: 'lists of each namespace do for what was in one that is gone',
    now: {
      given: {
        coverage: [
          ...everything.filter(({ resource }) => resource !== 'configmaps'),
          covered('configmaps', { state: 'forbidden' }),
          covered('configmaps', { scope: 'other' }),
        ],
      },
    },
    expected: {},
  },
];

/** ConfigMaps were listed in these namespaces only; all other types everywhere. */
function listedIn(...scopes: readonly string[]): readonly Coverage[] {
  return [
    ...everything.filter(({ resource }) => resource !== 'configmaps'),
    covered('configmaps', { state: 'forbidden' }),
    ...scopes.map((scope) => covered('configmaps', { scope })),
  ];
}

const TWO = [namespaceRecord('other'), namespaceRecord('more')];
const withoutWidgets = TYPES.filter(({ kind }) => kind !== 'Widget');

/** Whether ConfigMap `a` of namespace `gone`, and an object of the same type without a namespace, are gone. */
const lists: readonly (readonly [says: string, given: Partial<Inventory>, inside: boolean, outside: boolean])[] = [
  ['one list of all', {}, true, true],
  ['lists of each namespace that is there', { namespaces: TWO, coverage: listedIn('other', 'more') }, true, false],
  ['lists of some of the namespaces', { namespaces: TWO, coverage: listedIn('other') }, false, false],
  [
    'lists of each namespace, of which nobody knows whether there are more',
    {
      coverage: listedIn('other').map((entry) =>
        entry.resource === 'namespaces' ? covered('namespaces', { state: 'forbidden' }) : entry,
      ),
    },
    false,
    false,
  ],
  ['lists of no namespace, for none is there', { namespaces: [], coverage: listedIn() }, false, false],
  ['a list of the namespace itself', { coverage: listedIn('gone') }, true, false],
];

describe('a prediction against what is there now', () => {
  for (const [says, given, inside, outside] of lists) {
    it(`what is not there is gone by ${says}: ${inside}, without a namespace ${outside}`, () => {
      const destroyed = [A, { ...A, namespace: '', uid: 'outside' }];
      const counts = destroyed.map((one) => verified({ given, prediction: { destroyed: [one], stays: [] } }).gone);
      assert.deepEqual(counts, [inside ? 1 : 0, outside ? 1 : 0]);
    });
  }

  it('a type that no longer is there is gone although discovery tells more, unless its definition is there', () => {
    const coverage = [...everything.filter(({ resource }) => resource !== WIDGET.type), covered('discovery')];
    const customTypes = [{ group: 'example.com', kind: 'Widget', crd: WIDGET.type }];
    const prediction = { destroyed: [WIDGET], stays: [] };
    assert.equal(verified({ given: { types: withoutWidgets, coverage }, prediction }).gone, 1);
    assert.equal(verified({ given: { types: withoutWidgets, coverage, customTypes }, prediction }).gone, 0);
  });

  it('is told in order', () => {
    const left = ['b', 'a'].map((one) => object(`gone/ConfigMap/${one}`));
    const twin = { ...object('gone/ConfigMap/a'), uid: 'a twin' };
    const destroyed = [...left, twin].map(({ namespace, name: called, uid }) => ({
      namespace,
      type: A.type,
      name: called,
      uid,
    }));
    const { remaining } = verified({ objects: [...LEFT, ...left, twin], prediction: { destroyed } });
    assert.deepEqual(
      remaining.map((one) => [one.name, one.uid, one.deletingSince]),
      [
        ['a', 'a twin', ''],
        ['a', 'uid:gone/ConfigMap/a', ''],
        ['b', 'uid:gone/ConfigMap/b', ''],
      ],
    );
  });

  it('knows a namespace by its own UID, whatever else bears its name', () => {
    const destroyed = [
      { ...A, name: 'gone', uid: 'x' },
      { namespace: '', type: 'namespaces', name: 'more', uid: 'y' },
      { namespace: '', type: 'namespaces', name: 'gone', uid: 'z' },
    ];
    const { namespaces } = verified({
      given: { namespaces: ['other', 'gone', 'unread'].map((one) => namespaceRecord(one, { uid: 'z' })) },
      prediction: { destroyed, namespaces: ['gone', 'unread'] },
    });
    assert.deepEqual(namespaces, [
      { namespace: 'gone', deletingSince: '', conditions: [], same: true },
      { namespace: 'unread', deletingSince: '', conditions: [], same: true },
    ]);
  });

  for (const { says, now, expected } of CASES) {
    it(says, () => assert.deepEqual(told(verified(now)), { ...ALL_GONE, ...expected }));
  }

  it('tells of what remains since when it is being deleted, and what holds it', () => {
    const held = object('gone/ConfigMap/a', { deletingSince: '2026-11-10T14:05:00Z', finalizers: ['example.com/f'] });
    const condition = { type: 'NamespaceFinalizersRemaining', status: 'True', reason: 'r', message: 'held', at: '' };
    const record = namespaceRecord('gone', {
      uid: 'uid:namespace/gone',
      deletingSince: '2026-11-10T14:04:00Z',
      conditions: [condition, { ...condition, type: 'NamespaceDeletionDiscoveryFailure', status: 'False' }],
    });
    const { remaining, namespaces } = verified({
      objects: [...LEFT, held],
      given: { namespaces: [namespaceRecord('other'), record] },
    });
    assert.deepEqual(remaining, [{ ...A, deletingSince: '2026-11-10T14:05:00Z', finalizers: ['example.com/f'] }]);
    assert.deepEqual(namespaces, [
      {
        namespace: 'gone',
        deletingSince: '2026-11-10T14:04:00Z',
        conditions: [{ type: 'NamespaceFinalizersRemaining', message: 'held' }],
        same: true,
      },
    ]);
  });

  it('never counts an object of a type that was not listed, whichever it is', () => {
    for (const { resource } of everything) {
      const coverage = everything.filter((entry) => entry.resource !== resource);
      const one = { namespace: 'gone', type: resource, name: 'x', uid: 'x' };
      const report = verified({ given: { coverage }, prediction: { destroyed: [one], stays: [] } });
      assert.deepEqual([report.gone, verifyOutcome(report)], [0, 3], resource);
    }
  });
});
