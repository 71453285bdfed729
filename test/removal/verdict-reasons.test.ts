import assert from 'node:assert/strict';
import { ACCEPTABLE } from '../../src/model/removal.ts';
import type { Accepted, DestroyedResource, DoubtCode, Removal } from '../../src/model/removal.ts';
import type { Stake } from '../../src/model/pack.ts';
import { verdictOf, type Evidence } from '../../src/removal/verdict.ts';
import { worldOf } from '../../src/removal/world.ts';
import { coverage, coverageGap, pack, resource } from '../support/builders.ts';
import { subjectOf } from '../support/subject.ts';
import { definition, object, packOf, PLACE, release, ref } from '../support/world.ts';

type Judged = Pick<Removal, 'verdict' | 'conflicts' | 'doubts' | 'accepted'>;

/** One resource of pack `gone` that goes, proved to be its own. */
function goes(name: string, given: Partial<DestroyedResource> = {}): DestroyedResource {
  return {
    ...resource('configmaps', 'ConfigMap', { name, namespace: 'gone' }),
    step: 'namespace',
    because: 'namespace/gone',
    owner: 'gone',
    ownerClass: 'removed-pack',
    strength: 'verified',
    ...given,
  };
}

const OWN = goes('own');
const WEB = packOf(definition('gone', { namespace: 'gone', type: 'manifest', charts: [] }));

/** Nothing speaks against the removal of pack `gone`, of which one resource is there, but what a case gives. */
function judged(given: Partial<Evidence> = {}, accept: readonly Accepted[] = []): Judged {
  const subject = subjectOf({ packs: [WEB], objects: [object('/Namespace/gone')] });
  const world = worldOf({ ...subject, states: new Map([['gone', 'installed']]) });
  const data = { volumes: [], stranded: [], snapshots: [], backups: [], addresses: [], secrets: [], histories: [] };
  return verdictOf(
    {
      world,
      leaving: new Set(['gone']),
      goes: new Set(['gone']),
      packs: [pack({ name: 'gone' })],
      coverage: coverage(),
      destroyed: [OWN],
      gone: [],
      doubts: [],
      data,
      breakages: [],
      checks: [],
      ...given,
    },
    accept,
  );
}

function texts({ verdict, conflicts, doubts, accepted }: Judged): readonly string[] {
  const lines = (title: string, reasons: Judged['conflicts'] | Judged['doubts']): readonly string[] =>
    reasons.map(({ code, count, subjects }) => `${title} ${code} ${count}: ${subjects.join(', ')}`);
  return [verdict, ...lines('conflict', conflicts), ...lines('doubt', doubts), ...lines('accepted', accepted)];
}

/** A world of these packs and what belongs to it, in which the packs named go. */
function worldWith(
  packs: Parameters<typeof subjectOf>[0]['packs'],
  more: Partial<Parameters<typeof subjectOf>[0]> = {},
) {
  return worldOf(subjectOf({ packs, ...more }));
}

function staked(...stakes: readonly Partial<Stake>[]): Evidence['world'] {
  const subject = subjectOf({ packs: [WEB] });
  const usual: Stake = {
    pack: 'gone',
    namespace: 'gone',
    source: 'pack.namespace',
    fate: 'destroyed',
    basis: 'documented',
    via: '',
  };
  const full = stakes.map((stake): Stake => Object.assign({}, usual, stake));
  return worldOf({ ...subject, stakes: full });
}

const STRANDED = {
  namespace: 'team',
  claim: 'data',
  volume: 'pv',
  capacity: '1Gi',
  driver: 'x',
  because: 'csidriver/x',
  lost: true,
};

interface Case {
  readonly says: string;
  /** A world is made in its own test, so that the others run none of the code that makes it. */
  readonly given?: Partial<Evidence> | (() => Partial<Evidence>);
  readonly texts: readonly string[];
}

const FOREIGN: readonly Case[] = [
  { says: 'nothing speaks against it', texts: ['clear'] },
  ...(
    [
      ['staying-pack', 'other'],
      ['application', 'portal'],
      ['person', 'kubectl'],
      ['disputed', 'pack gone, pack other'],
    ] as const
  ).map(([ownerClass, owner]) => ({
    says: `a resource of class ${ownerClass} goes along`,
    given: { destroyed: [OWN, goes('theirs', { ownerClass, owner, strength: 'claimed' as const })] },
    texts: ['conflict', `conflict ${ownerClass} 1: ${owner}`],
  })),
  {
    says: 'resources are counted, and their owners named once and sorted',
    given: {
      destroyed: [
        OWN,
        ...['b', 'a', 'a'].map((owner, index) => goes(`x${index}`, { ownerClass: 'application', owner })),
      ],
    },
    texts: ['conflict', 'conflict application 3: a, b'],
  },
  {
    says: 'what Kubernetes made is no doubt, however it is known',
    given: { destroyed: [OWN, goes('k', { ownerClass: 'kubernetes', owner: '', strength: 'inferred' })] },
    texts: ['clear'],
  },
  {
    says: 'data of others is a conflict',
    given: {
      data: {
        volumes: [],
        stranded: [STRANDED],
        snapshots: [],
        backups: [],
        addresses: [],
        secrets: [],
        histories: [],
      },
    },
    texts: ['conflict', 'conflict data-of-others 1: team/data'],
  },
  {
    says: 'only what is critical of that which breaks is a conflict',
    given: {
      breakages: (['critical', 'warning'] as const).map((severity) => ({
        check: 'mention' as const,
        severity,
        from: ref(`team/Deployment/${severity}`),
        to: ref('gone/Service/api'),
        facts: new Map(),
      })),
    },
    texts: ['conflict', 'conflict critical-breakage 1: Deployment/critical'],
  },
];

const OWNERS: readonly Case[] = [
  ...(['claimed', 'refuted'] as const).map((strength) => ({
    says: `an owner that is only ${strength} is a doubt`,
    given: { destroyed: [OWN, goes('x', { strength })] },
    texts: ['unknown', 'doubt claimed 1: gone/configmaps/x'],
  })),
  {
    says: 'an owner that is only inferred is another',
    given: { destroyed: [OWN, goes('x', { strength: 'inferred', namespace: '' })] },
    texts: ['unknown', 'doubt inferred 1: configmaps/x'],
  },
  {
    says: 'what nobody explains is a third',
    given: { destroyed: [OWN, goes('x', { ownerClass: 'unexplained', owner: '', strength: 'none' })] },
    texts: ['unknown', 'doubt unexplained 1: gone/configmaps/x'],
  },
  {
    says: 'nothing of the pack was found among what goes',
    given: { destroyed: [] },
    texts: ['unknown', 'doubt nothing-found 1: gone'],
  },
  {
    says: 'a leftover of the pack does not count as found',
    given: { destroyed: [goes('x', { ownerClass: 'leftover' })] },
    texts: ['unknown', 'doubt nothing-found 1: gone'],
  },
];

const SEEN: readonly Case[] = [
  {
    says: 'types that could not be read',
    given: { coverage: coverage({ gaps: [coverageGap({ resources: ['secrets', 'configmaps'] })] }) },
    texts: ['unknown', 'doubt coverage 2: configmaps, secrets'],
  },
  {
    says: 'a part of the definition that could not be read',
    given: {
      packs: [pack({ name: 'gone', gaps: [{ reason: 'manifest-only-referenced', subject: 'm', place: PLACE }] })],
    },
    texts: ['unknown', 'doubt definition-gap 1: m of pack gone'],
  },
  {
    says: 'what was doubtful before',
    given: { doubts: [{ code: 'profile-membership', count: 1, subjects: ['stray'] }] },
    texts: ['unknown', 'doubt profile-membership 1: stray'],
  },
  ...[
    {
      says: 'a critical check that did not run',
      critical: true,
      ran: false,
      texts: ['unknown', 'doubt check-not-run 1: webhook'],
    },
    { says: 'a critical check that ran is none', critical: true, ran: true, texts: ['clear'] },
    { says: 'one that is not critical is none', critical: false, ran: false, texts: ['clear'] },
  ].map(({ says, critical, ran, texts: expected }) => ({
    says,
    given: { checks: [{ check: 'webhook' as const, critical, ran, needs: '', hits: 0 }] },
    texts: expected,
  })),
];

const STAKES: readonly Case[] = [
  {
    says: 'a namespace whose name holds a macro, named once',
    given: () => ({
      world: staked({ namespace: '{{ns}}', fate: 'unknown' }, { namespace: '{{ns}}', fate: 'unknown' }),
    }),
    texts: ['unknown', 'doubt namespace-unknown 1: {{ns}}'],
  },
  {
    says: 'a namespace that Kubernetes protects',
    given: () => ({ world: staked({ namespace: 'default', fate: 'protected' }) }),
    texts: ['unknown', 'doubt protected-namespace 1: default'],
  },
  {
    says: 'a namespace of Palette’s agents',
    given: () => ({ world: staked({ namespace: 'palette-system' }, { namespace: 'gone' }) }),
    texts: ['unknown', 'doubt agent-namespace 1: palette-system'],
  },
  {
    says: 'only labels there are none',
    given: () => ({ world: staked({ namespace: 'palette-system', fate: 'labelled-only' }) }),
    texts: ['clear'],
  },
  {
    says: 'stakes of packs that stay are none',
    given: () => ({ world: staked({ pack: 'other', namespace: 'default', fate: 'protected' }) }),
    texts: ['clear'],
  },
];

const CHARTED = packOf(definition('gone', { namespace: 'gone', type: 'helm' }));
const LISTED = packOf(definition('gone', { namespace: 'gone', type: 'manifest', chartKeys: ['a', 'b'] }));
const DIRECT = packOf(
  definition('gone', { namespace: 'gone', chartKeys: ['a', 'b'], mayHoldOneChart: true, reportedState: 'installed' }),
);
const C = release('gone/gone-c', { chart: 'c', has: ['/ConfigMap/own'] });
const A = release('gone/gone-a', { chart: 'a', has: ['/ConfigMap/own'] });
const B = release('gone/gone-b', { chart: 'b', has: ['/ConfigMap/other'] });
const UNSEEN = ['unknown', 'doubt undecoded-release 1: gone'];

function withReleases(packs: readonly (typeof WEB)[], ...releases: readonly (typeof A)[]): Partial<Evidence> {
  return { world: worldWith(packs, { given: { releases } }) };
}

const RELEASES: readonly Case[] = [
  { says: 'a chart whose release was decoded', given: () => withReleases([LISTED], A, B), texts: ['clear'] },
  { says: 'one of two charts has no release', given: () => withReleases([LISTED], A), texts: UNSEEN },
  {
    says: 'a release that could not be decoded',
    given: () => withReleases([LISTED], A, { ...B, decoded: false }),
    texts: UNSEEN,
  },
  { says: 'values of one chart without a release', given: () => withReleases([DIRECT]), texts: UNSEEN },
  { says: 'values of one chart whose release was decoded', given: () => withReleases([DIRECT], C), texts: ['clear'] },
  {
    says: 'values of one chart whose release could not be decoded',
    given: () => withReleases([DIRECT], { ...A, decoded: false }),
    texts: UNSEEN,
  },
  {
    says: 'values of charts, for a release has one of them, and the other has none',
    given: () => withReleases([DIRECT], A),
    texts: UNSEEN,
  },
  {
    says: 'an uninstalled release is none',
    given: () => withReleases([LISTED], A, { ...B, status: 'uninstalled' }),
    texts: UNSEEN,
  },
];

const DIFFERENT = { ...WEB, differences: [{ field: 'namespace', file: 'a', cluster: 'b' }] };

describe('the verdict of a removal', () => {
  for (const { says, given = {}, texts: expected } of [...FOREIGN, ...OWNERS, ...SEEN, ...STAKES, ...RELEASES]) {
    it(`${expected[0]}: ${says}`, () =>
      assert.deepEqual(texts(judged(typeof given === 'function' ? given() : given)), expected));
  }

  it('unknown: file and cluster differ', () => {
    assert.deepEqual(texts(judged({ world: worldWith([DIFFERENT]) })), ['unknown', 'doubt definitions-differ 1: gone']);
  });

  it('clear: they differ about a pack that stays', () => {
    const other = { ...DIFFERENT, name: 'other' };
    assert.deepEqual(texts(judged({ world: worldWith([WEB, other]) })), ['clear']);
  });

  it('a pack that is only planned has no release and leaves nothing behind', () => {
    const subject = subjectOf({ packs: [CHARTED] });
    const world = worldOf({ ...subject, states: new Map([['gone', 'planned']]) });
    assert.deepEqual(texts(judged({ world, destroyed: [] })), ['clear']);
  });

  it('an installed pack of type helm has a release, whether it is named or not', () => {
    const subject = subjectOf({ packs: [CHARTED] });
    const world = worldOf({ ...subject, states: new Map([['gone', 'installed']]) });
    assert.deepEqual(texts(judged({ world })), UNSEEN);
  });

  it('a conflict goes before a doubt, and keeps it', () => {
    const destroyed = [OWN, goes('x', { strength: 'inferred' }), goes('y', { ownerClass: 'person', owner: 'kubectl' })];
    assert.deepEqual(texts(judged({ destroyed })), [
      'conflict',
      'conflict person 1: kubectl',
      'doubt inferred 1: gone/configmaps/x',
    ]);
  });
});

const ACCEPTED: Readonly<Record<Accepted, DoubtCode>> = {
  claimed: 'claimed',
  inferred: 'inferred',
  unexplained: 'unexplained',
  'undecoded-releases': 'undecoded-release',
  'definition-gaps': 'definition-gap',
  'definitions-differ': 'definitions-differ',
  'chart-changes': 'chart-changes',
  'nothing-found': 'nothing-found',
  'not-followed': 'not-followed',
  'protected-namespaces': 'protected-namespace',
  'agent-namespaces': 'agent-namespace',
};

describe('--accept', () => {
  const codes: readonly DoubtCode[] = [
    ...Object.values(ACCEPTED),
    'coverage',
    'check-not-run',
    'profile-membership',
    'namespace-unknown',
    'variable-default',
  ];
  const doubts = codes.map((code) => ({ code, count: 1, subjects: ['x'] }));

  for (const name of ACCEPTABLE) {
    it(`${name} takes out its doubt and no other`, () => {
      const { verdict, accepted, doubts: left } = judged({ doubts }, [name]);
      assert.equal(verdict, 'unknown');
      assert.deepEqual(
        accepted.map(({ code }) => code),
        [ACCEPTED[name]],
      );
      assert.equal(left.length, codes.length - 1);
    });
  }

  it('of the only doubt makes a removal clear', () => {
    assert.deepEqual(texts(judged({ destroyed: [] }, ['nothing-found'])), ['clear', 'accepted nothing-found 1: gone']);
  });

  it('never takes out a conflict', () => {
    const destroyed = [OWN, goes('y', { ownerClass: 'person', owner: 'kubectl' })];
    assert.equal(judged({ destroyed }, ACCEPTABLE).verdict, 'conflict');
  });
});
