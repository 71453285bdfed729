import assert from 'node:assert/strict';
import { changesOf, type Grounds } from '../../src/audit/answer-changes.ts';
import type { Attribution } from '../../src/model/attribution.ts';
import type { GapReason } from '../../src/model/definition.ts';
import type { LossCause } from '../../src/model/explanation.ts';
import { coverage, coverageGap, pack } from '../support/builders.ts';
import { subjectOf } from '../support/subject.ts';
import { definition, helmMarks, object, packOf, PLACE, release } from '../support/world.ts';

const gap = (reason: GapReason, subject: string) => ({ reason, subject, place: PLACE });

/** Packs web and api lie in namespace shop, and pack far elsewhere; two of their releases bear a cut or former name. */
function grounds(given: Partial<Grounds> = {}): Grounds {
  const packs = [
    packOf(definition('web', { namespace: 'shop' })),
    packOf(definition('api', { namespace: 'shop' })),
    packOf(definition('far', { namespace: 'far' })),
  ];
  const releases = [
    release('old/web-web', { chart: 'web' }),
    release('shop/web-web', { chart: 'web' }),
    release('old/api-api', { chart: 'api' }),
  ];
  return {
    subject: subjectOf({ packs, given: { releases } }),
    coverage: coverage(),
    packs: [],
    losses: [],
    namespace: 'shop',
    ...given,
  };
}

function found(given: Partial<Attribution> = {}): Attribution {
  const one = object('shop/ConfigMap/c', { annotations: helmMarks('web-web', 'shop') });
  return {
    object: one,
    owner: { kind: 'application', via: 'helm', name: 'x', namespace: 'shop' },
    strength: 'verified',
    evidence: [],
    root: one,
    refuted: undefined,
    conflict: [],
    ...given,
  };
}

const UNREAD = ['web', 'api', 'far'].map((name) =>
  pack({ name, gaps: [gap('manifest-only-referenced', `m-${name}`)] }),
);
const losses = (...causes: readonly LossCause[]) =>
  causes.map((cause, index) => ({ pack: `p${index}`, cause, subject: 's', sure: true }));
const ofPack = (name: string): Attribution['owner'] => ({ kind: 'pack', pack: name });
const OTHER_ROOT = object('shop/Deployment/d', { annotations: helmMarks('root', 'far') });

const CASES: readonly {
  readonly says: string;
  readonly about?: Attribution | undefined;
  readonly given?: Partial<Grounds>;
  /** `code subjects`. */
  readonly changes: readonly string[];
}[] = [
  { says: 'nothing where all was read and proved', about: found(), changes: [] },
  {
    says: 'each right that is missing, with where, once',
    given: {
      coverage: coverage({
        gaps: [
          coverageGap({ needs: 'list secrets', scopes: ['a', 'b'] }),
          coverageGap({ needs: 'list secrets', scopes: ['a', 'b'], resources: ['x'] }),
          coverageGap({ needs: '', state: 'failed' }),
        ],
      }),
    },
    changes: ['right list secrets a b'],
  },
  {
    says: 'the releases that were left out',
    given: {
      coverage: coverage({ gaps: [coverageGap({ needs: '' }), coverageGap({ needs: '', state: 'excluded' })] }),
    },
    changes: ['read-releases'],
  },
  {
    says: 'the record of the release that is claimed, by the marks of what the resource was made for',
    about: found({ strength: 'claimed', root: OTHER_ROOT }),
    changes: ['release-record root far'],
  },
  {
    says: 'no record where the claim names no release',
    about: found({ strength: 'claimed', root: object('shop/ConfigMap/c') }),
    changes: [],
  },
  ...(['meta.helm.sh/release-name', 'meta.helm.sh/release-namespace'] as const).map((key) => ({
    says: `no record where only ${key} is there`,
    about: found({ strength: 'claimed', root: object('shop/ConfigMap/c', { annotations: { [key]: 'x' } }) }),
    changes: [],
  })),
  { says: 'no record where nothing is claimed', about: found({ strength: 'inferred' }), changes: [] },
  {
    says: 'the manifests of the packs with a stake in the namespace that were not read',
    about: found({ strength: 'inferred' }),
    given: { packs: UNREAD },
    changes: ['manifest-body m-web web', 'manifest-body m-api api'],
  },
  {
    says: 'those of its own pack as well, wherever that lies',
    about: found({ strength: 'claimed', owner: ofPack('far'), root: object('shop/ConfigMap/c') }),
    given: { packs: UNREAD },
    changes: ['manifest-body m-web web', 'manifest-body m-api api', 'manifest-body m-far far'],
  },
  {
    says: 'those of every pack for what has no namespace',
    about: found({ strength: 'inferred' }),
    given: { packs: UNREAD, namespace: '' },
    changes: ['manifest-body m-web web', 'manifest-body m-api api', 'manifest-body m-far far'],
  },
  { says: 'no manifest where the owner is proved', about: found(), given: { packs: UNREAD }, changes: [] },
  {
    says: 'whatever keeps a manifest from being read, and nothing else that is not known',
    about: found({ strength: 'inferred' }),
    given: {
      packs: [
        pack({
          name: 'web',
          gaps: (
            [
              'manifest-only-referenced',
              'manifest-unreadable',
              'template-not-evaluated',
              'chart-unreadable',
              'values-unreadable',
              'content-unknown',
            ] as const
          ).map((reason) => gap(reason, reason)),
        }),
      ],
    },
    changes: [
      'manifest-body manifest-only-referenced web',
      'manifest-body manifest-unreadable web',
      'manifest-body template-not-evaluated web',
      'manifest-body chart-unreadable web',
      'pack-content web',
    ],
  },
  {
    says: 'one of two proofs',
    about: found({ owner: { kind: 'unexplained' }, strength: 'none', conflict: ['pack a', 'pack b'] }),
    changes: ['one-proof pack a pack b'],
  },
  { says: 'a mark that was refuted', about: found({ refuted: 'pack a' }), changes: ['refuted-mark pack a'] },
  {
    says: 'a definition of what nobody explains',
    about: found({ owner: { kind: 'unexplained' }, strength: 'none' }),
    changes: ['definition'],
  },
  {
    says: 'a definition of what a person wrote',
    about: found({ owner: { kind: 'person', manager: 'kubectl' }, strength: 'inferred' }),
    changes: ['definition'],
  },
  {
    says: 'the name of a release that is only inferred to be the pack’s',
    about: found({ owner: ofPack('web'), strength: 'inferred' }),
    changes: ['release-name web-web old web'],
  },
  { says: 'no name of a release where the owner is proved', about: found({ owner: ofPack('web') }), changes: [] },
  {
    says: 'of what is left over neither manifests of the pack elsewhere nor its releases’ names',
    about: found({ owner: { kind: 'leftover', pack: 'far' }, strength: 'inferred' }),
    given: { packs: UNREAD },
    changes: ['manifest-body m-web web', 'manifest-body m-api api'],
  },
  {
    says: 'of what is left over no name of a release of the pack',
    about: found({ owner: { kind: 'leftover', pack: 'web' }, strength: 'inferred' }),
    changes: [],
  },
  {
    says: 'another place for what goes with the namespace alone',
    about: found(),
    given: { losses: losses('namespace', 'namespace') },
    changes: ['move shop p0 p1'],
  },
  {
    says: 'no other place for what goes in another way, too',
    about: found(),
    given: { losses: losses('namespace', 'type') },
    changes: [],
  },
  { says: 'no other place for what stays', about: found(), changes: [] },
  {
    says: 'no other place for what is a pack’s',
    about: found({ owner: ofPack('web') }),
    given: { losses: losses('namespace') },
    changes: [],
  },
  { says: 'nothing of what was not found but the rights', about: undefined, given: { packs: UNREAD }, changes: [] },
];

describe('what would change the answer is', () => {
  for (const { says, about, given, changes } of CASES) {
    it(says, () => {
      const actual = changesOf(about, grounds(given)).map(({ code, subjects }) => [code, ...subjects].join(' '));
      assert.deepEqual(actual, changes);
    });
  }
});
