import assert from 'node:assert/strict';
import type { PackDefinition } from '../../src/model/definition.ts';
import type { Coverage } from '../../src/model/inventory.ts';
import type { Pack } from '../../src/model/pack.ts';
import { ACCEPTABLE, type Accepted, type ConflictCode, type DoubtCode, type Verdict } from '../../src/model/removal.ts';
import { worst } from '../../src/removal/report.ts';
import { judgedGone, reported } from '../support/judged.ts';
import { OTHER, readInFull, reference, removedWorld, type Given } from '../support/removed-world.ts';
import { covered, definition, helmMarks, nameText, object, packOf, PLACE, release } from '../support/world.ts';

function gone(given: Partial<Omit<PackDefinition, 'namespace' | 'objects'>> = {}): Pack {
  return packOf(definition('gone', { namespace: 'gone', chartKeys: ['chart'], reportedState: 'installed', ...given }));
}

const DEPLOYMENT = object('gone/Deployment/web', { annotations: helmMarks('gone-chart', 'gone') });
const CLEAR: Given = { packs: [gone(), OTHER], objects: [DEPLOYMENT], released: ['gone/Deployment/web'] };

/** The clear removal with something more in it. */
function and(more: Given): Given {
  return {
    ...CLEAR,
    ...more,
    objects: [...(CLEAR.objects ?? []), ...(more.objects ?? [])],
    released: [...(CLEAR.released ?? []), ...(more.released ?? [])],
  };
}

function withPack(given: Partial<Omit<PackDefinition, 'namespace' | 'objects'>>): Given {
  return and({ packs: [gone(given), OTHER] });
}

const withoutList = (resource: string): readonly Coverage[] =>
  readInFull().map((entry) => (entry.resource === resource ? covered(resource, { state: 'forbidden' }) : entry));

interface ConflictCase {
  readonly says: string;
  readonly code: ConflictCode;
  readonly given: Given;
  readonly subjects: readonly string[];
  /** A second conflict that the same fact makes. */
  readonly also?: readonly ConflictCode[];
}

const CONFLICTS: readonly ConflictCase[] = [
  {
    says: 'what a pack has that stays',
    code: 'staying-pack',
    given: and({
      objects: [object('gone/ConfigMap/b')],
      releases: [release('other/other-chart', { chart: 'chart', has: ['gone/ConfigMap/b'] })],
    }),
    subjects: ['other'],
  },
  {
    says: 'what an application outside has',
    code: 'application',
    given: and({
      objects: [object('gone/ConfigMap/b')],
      releases: [release('gone/dashboard', { chart: 'dashboard', has: ['gone/ConfigMap/b'] })],
    }),
    subjects: ['dashboard'],
  },
  {
    says: 'what a person wrote',
    code: 'person',
    given: and({ objects: [object('gone/ConfigMap/b', { manager: 'kubectl-create' })] }),
    subjects: ['kubectl-create'],
  },
  {
    says: 'what two have a proof for',
    code: 'disputed',
    given: and({
      objects: [object('gone/ConfigMap/b')],
      released: ['gone/ConfigMap/b'],
      releases: [release('other/other-chart', { chart: 'chart', has: ['gone/ConfigMap/b'] })],
    }),
    subjects: ['pack gone, pack other'],
  },
  {
    says: 'a volume elsewhere whose driver goes',
    code: 'data-of-others',
    given: and({
      objects: [
        object('team/PersistentVolumeClaim/data', { facts: { status: 'Bound', volume: 'pv-1' } }),
        object('/PersistentVolume/pv-1', { facts: { claim: 'team/data', reclaimPolicy: 'Delete' } }),
        object('/CSIDriver/driver.longhorn.io'),
      ],
      released: ['/CSIDriver/driver.longhorn.io'],
      references: [
        reference('volume-claim', ['/PersistentVolume/pv-1', 'team/PersistentVolumeClaim/data'], {
          driver: 'driver.longhorn.io',
          reclaimPolicy: 'Delete',
        }),
      ],
    }),
    subjects: ['team/data'],
    also: ['critical-breakage'],
  },
  {
    says: 'a write outage',
    code: 'critical-breakage',
    given: and({
      references: [
        reference('webhook', ['/ValidatingWebhookConfiguration/policy', 'gone/Service/hook'], { resources: 'pods' }),
      ],
    }),
    subjects: ['ValidatingWebhookConfiguration/policy'],
  },
];

interface DoubtCase {
  readonly says: string;
  readonly codes: readonly DoubtCode[];
  readonly given: Given;
  /** What takes these doubts out, if anything does. */
  readonly accept?: readonly Accepted[];
}

const DOUBTS: readonly DoubtCase[] = [
  { says: 'a list that was refused', codes: ['coverage'], given: and({ coverage: withoutList('configmaps') }) },
  {
    says: 'a manifest that nobody can read',
    codes: ['definition-gap'],
    given: withPack({ gaps: [{ reason: 'manifest-only-referenced', subject: 'm', place: PLACE }] }),
    accept: ['definition-gaps'],
  },
  {
    says: 'a namespace whose name holds a macro',
    codes: ['namespace-unknown'],
    given: withPack({ additionalNamespaces: [nameText('{{.spectro.var.team}}')] }),
  },
  {
    says: 'a release whose record nobody can read',
    codes: ['claimed', 'undecoded-release'],
    given: {
      packs: [gone(), OTHER],
      objects: [DEPLOYMENT],
      releases: [release('gone/gone-chart', { decoded: false, chart: '' })],
    },
    accept: ['claimed', 'inferred', 'undecoded-releases'],
  },
  {
    says: 'a release that is not there',
    codes: ['nothing-found', 'undecoded-release'],
    given: { packs: [gone(), OTHER], objects: [], releases: [] },
    accept: ['nothing-found', 'undecoded-releases'],
  },
  {
    says: 'a pack that is installed, and of which nothing is there',
    codes: ['nothing-found'],
    given: { packs: [gone({ chartKeys: [] }), OTHER] },
    accept: ['nothing-found'],
  },
  {
    says: 'what Palette seems to have made',
    codes: ['inferred'],
    given: and({
      objects: [object('gone/RoleBinding/workspace', { manager: 'palette' })],
      given: { paletteManagers: ['palette'] },
    }),
    accept: ['inferred'],
  },
  {
    says: 'what nothing explains',
    codes: ['unexplained'],
    given: and({ objects: [object('gone/ConfigMap/b', { manager: 'some-operator' })] }),
    accept: ['unexplained'],
  },
  {
    says: 'what bears a mark that its release denies',
    codes: ['unexplained'],
    given: and({ objects: [object('gone/ConfigMap/b', { annotations: helmMarks('gone-chart', 'gone') })] }),
    accept: ['unexplained'],
  },
  {
    says: 'a namespace that Kubernetes does not delete',
    codes: ['protected-namespace'],
    given: withPack({ additionalNamespaces: [nameText('kube-public')] }),
    accept: ['protected-namespaces'],
  },
  {
    says: 'a namespace where Palette itself may live',
    codes: ['agent-namespace'],
    given: withPack({ additionalNamespaces: [nameText('cert-manager')] }),
    accept: ['agent-namespaces'],
  },
  {
    says: 'a file that differs from the cluster',
    codes: ['definitions-differ'],
    given: and({
      packs: [{ ...gone(), differences: [{ field: 'pack.namespace', file: 'gone', cluster: 'elsewhere' }] }, OTHER],
    }),
    accept: ['definitions-differ'],
  },
  {
    says: 'a critical check that could not look',
    codes: ['check-not-run'],
    given: and({
      coverage: withoutList('references/validatingwebhookconfigurations.admissionregistration.k8s.io'),
    }),
  },
  {
    says: 'what goes along with something of its own outside the cluster',
    codes: ['not-followed'],
    accept: ['not-followed'],
    given: and({
      objects: [object('gone/Machine/m', { finalizers: ['machine.cluster.x-k8s.io'] })],
      released: ['gone/Machine/m'],
    }),
  },
  {
    says: 'a deployer of its own whose word was not read',
    codes: ['check-not-run'],
    given: and({
      objects: [object('gone/Application/web')],
      released: ['gone/Application/web'],
      coverage: withoutList('references/applications.argoproj.io'),
    }),
  },
];

const codes = (reasons: readonly { readonly code: string }[]): readonly string[] =>
  reasons.map(({ code }) => code).toSorted();

describe('the verdict of a removal', () => {
  it('is clear when all that goes is proved to be its own, and all was seen', () => {
    const { verdict, conflicts, doubts, accepted } = judgedGone(CLEAR);
    assert.deepEqual(
      { verdict, conflicts, doubts, accepted },
      { verdict: 'clear', conflicts: [], doubts: [], accepted: [] },
    );
  });

  for (const { says, code, given, subjects, also = [] } of CONFLICTS) {
    it(`is a conflict by ${code}: ${says}`, () => {
      const { verdict, conflicts } = judgedGone(given);
      assert.deepEqual([verdict, codes(conflicts)], ['conflict', [code, ...also].toSorted()]);
      assert.deepEqual(conflicts.find((one) => one.code === code)?.subjects, subjects);
    });

    it(`stays a conflict by ${code} whatever else is doubtful or accepted`, () => {
      const lost = { ...given, coverage: withoutList('secrets') };
      assert.equal(judgedGone(lost).verdict, 'conflict');
      assert.deepEqual(codes(judgedGone(lost, ACCEPTABLE).conflicts), [code, ...also].toSorted());
      assert.equal(judgedGone(lost, ACCEPTABLE).verdict, 'conflict');
    });
  }

  for (const { says, codes: expected, given, accept } of DOUBTS) {
    it(`is unknown by ${expected.join(' and ')}: ${says}`, () => {
      const { verdict, doubts } = judgedGone(given);
      assert.deepEqual([verdict, codes(doubts)], ['unknown', expected]);
    });

    if (accept === undefined) {
      it(`cannot be made clear of ${expected.join(' and ')} by --accept: ${says}`, () => {
        const { verdict, doubts } = judgedGone(given, ACCEPTABLE);
        assert.deepEqual([verdict, codes(doubts)], ['unknown', expected]);
      });
    } else {
      it(`is clear of ${expected.join(' and ')} only with --accept ${accept.join(',')}, and says so: ${says}`, () => {
        const { verdict, doubts, accepted } = judgedGone(given, accept);
        assert.deepEqual([verdict, codes(doubts), codes(accepted)], ['clear', [], expected]);
        const others = ACCEPTABLE.filter((name) => !accept.includes(name));
        assert.deepEqual(
          [judgedGone(given, others).verdict, codes(judgedGone(given, others).doubts)],
          ['unknown', expected],
        );
      });
    }
  }

  it('has a case for every value of --accept but the one of new versions', () => {
    const named = new Set(DOUBTS.flatMap(({ accept = [] }) => accept));
    assert.deepEqual(
      ACCEPTABLE.filter((name) => !named.has(name)),
      ['chart-changes'],
    );
  });

  it('is unknown while packs may belong to the profile of which no source tells', () => {
    const profile = { name: 'base', version: undefined, type: undefined };
    const source = { kind: 'cluster', namespace: 'cluster-1' } as const;
    const stray = packOf(definition('other', { namespace: 'other', source }));
    const { subject } = removedWorld({ ...CLEAR, packs: [gone({ profile, source }), stray] }).world;
    const report = reported(subject, ['profile/base'], ACCEPTABLE);
    assert.deepEqual(
      [report.verdict, report.complete, report.removals[0]?.doubts],
      ['unknown', false, [{ code: 'profile-membership', count: 1, subjects: ['other'] }]],
    );
  });

  it('names each thing once, and counts all', () => {
    const two = ['a', 'b'].map((name) => object(`gone/ConfigMap/${name}`, { manager: 'kubectl-create' }));
    assert.deepEqual(judgedGone(and({ objects: two })).conflicts, [
      { code: 'person', count: 2, subjects: ['kubectl-create'] },
    ]);
  });

  const several: readonly (readonly [readonly Verdict[], Verdict])[] = [
    [['clear', 'clear'], 'clear'],
    [['clear', 'unknown'], 'unknown'],
    [['unknown', 'conflict', 'clear'], 'conflict'],
    [[], 'unknown'],
  ];
  for (const [verdicts, expected] of several) {
    it(`of ${verdicts.join(', ') || 'nothing'} is ${expected}`, () => assert.equal(worst(verdicts), expected));
  }
});

function complete(given: Given, accept: readonly Accepted[] = []): boolean {
  return reported(removedWorld(given).world.subject, ['pack/gone'], accept).complete;
}

describe('a report on removals', () => {
  it('is complete only where nothing was unseen, accepted or not', () => {
    assert.equal(complete(CLEAR), true);
    assert.equal(complete(and({ coverage: withoutList('configmaps') })), false);
    const gap = withPack({ gaps: [{ reason: 'manifest-only-referenced', subject: 'm', place: PLACE }] });
    assert.equal(complete(gap), false);
    assert.equal(complete(gap, ['definition-gaps']), false);
  });
});
