import assert from 'node:assert/strict';
import type { GapReason, PackDefinition } from '../../src/model/definition.ts';
import { next, now, upgradedTo } from '../support/profile-versions.ts';
import { readInFull } from '../support/removed-world.ts';
import { subjectOf } from '../support/subject.ts';
import { definition, nameText, object, packOf, PLACE, release } from '../support/world.ts';

const gap = (subject: string, reason: GapReason = 'manifest-only-referenced') => ({
  gaps: [{ reason, subject, place: PLACE }],
});

const assumed = (...subjects: readonly string[]) => ({
  assumptions: subjects.map((subject) => ({
    reason: 'macro-unresolved' as const,
    subject,
    place: PLACE,
    variables: ['place', 'team'],
  })),
});

function byDefault(field: string, pack = 'web'): string {
  return `${field} of pack ${pack} (--var place=VALUE --var team=VALUE)`;
}

/** The doubts about an upgrade, as `code: subjects`. */
function doubts(before: readonly PackDefinition[], after: readonly PackDefinition[]): readonly string[] {
  const objects = before.map(({ name }) => object(`/Namespace/${name}`));
  const given = { coverage: readInFull(), references: [] };
  const subject = subjectOf({ packs: before.map((one) => packOf(one)), objects, given });
  const { removals } = upgradedTo(subject, after);
  return removals.flatMap((removal) => removal.doubts.map(({ code, subjects }) => `${code}: ${subjects.join(', ')}`));
}

describe('doubts about a new version', () => {
  const cases = [
    { says: 'none', before: [now('web')], after: [next('web')], doubts: [] },
    {
      says: 'a part of the old version that could not be read',
      before: [now('web', gap('old'))],
      after: [next('web')],
      doubts: ['definition-gap: old of pack web'],
    },
    {
      says: 'a part of the new one',
      before: [now('web')],
      after: [next('web', gap('new'))],
      doubts: ['definition-gap: new of pack web'],
    },
    {
      says: 'the same part of both, once',
      before: [now('web', gap('m'))],
      after: [next('web', gap('m'))],
      doubts: ['definition-gap: m of pack web'],
    },
    {
      says: 'no chart can be read from a file, which is no doubt of its own',
      before: [now('web')],
      after: [next('web', gap('chart', 'chart-unreadable'))],
      doubts: [],
    },
    {
      says: 'another version of a pack of which nothing tells what it installs',
      before: [now('web', { tag: '1.0.0' })],
      after: [next('web', { tag: '2.0.0' })],
      doubts: ['definition-gap: what it installs of pack web'],
    },
    {
      says: 'the same version of such a pack is none',
      before: [now('web', { version: '1.0.0', valuesDigest: 'a' })],
      after: [next('web', { version: '1.0.0', valuesDigest: 'a' })],
      doubts: [],
    },
    {
      says: 'nor is another version of a layer of the machines, or of a manifest layer, which says all',
      before: [now('web', { tag: '1.0.0', layer: 'os' }), now('api', { tag: '1.0.0', type: 'manifest' })],
      after: [next('web', { tag: '2.0.0', layer: 'os' }), next('api', { tag: '2.0.0', type: 'manifest' })],
      doubts: [],
    },
    {
      says: 'names of the new version that rest on the default of a variable, but not whose labels',
      before: [now('web')],
      after: [next('web', assumed('pack.namespace', 'namespaceLabels', 'manifest m'))],
      doubts: [`variable-default: ${byDefault('manifest m')}, ${byDefault('pack.namespace')}`],
    },
    {
      says: 'no name of a pack that is new, but whether it is',
      before: [now('web')],
      after: [next('web'), next('api', assumed('pack.namespace', 'spectrocloud.com/display-name'))],
      doubts: [`variable-default: ${byDefault('spectrocloud.com/display-name', 'api')}`],
    },
    {
      says: 'a namespace whose name holds a macro',
      before: [now('web')],
      after: [next('web', { namespace: '{{ns}}' }), next('api')],
      doubts: ['namespace-unknown: {{ns}}'],
    },
    {
      says: 'a part of a pack of another profile has nothing to do with it',
      before: [now('web'), now('other', { ...gap('m'), profile: { name: 'more', version: '1.0.0', type: undefined } })],
      after: [next('web')],
      doubts: [],
    },
    {
      says: 'a pack without a profile, which may have come since the old version was written down',
      before: [now('web'), definition('other', { namespace: 'other' })],
      after: [next('web')],
      doubts: ['profile-membership: other'],
    },
    {
      says: 'a part of a pack that it drops, once',
      before: [now('web'), now('api', gap('m'))],
      after: [next('web')],
      doubts: ['definition-gap: m of pack api', 'nothing-found: api'],
    },
    {
      says: 'a namespace that Kubernetes does not delete, and that a pack leaves',
      before: [now('web', { additionalNamespaces: [nameText('kube-public')] })],
      after: [next('web')],
      doubts: ['protected-namespace: kube-public'],
    },
    {
      says: 'a namespace whose name holds a macro, of a pack that stays, and that the new version may have left',
      before: [now('web', { additionalNamespaces: [nameText('{{x}}')] })],
      after: [next('web')],
      doubts: ['namespace-unknown: {{x}}'],
    },
    {
      says: 'one of a pack that it drops, once',
      before: [now('web'), now('api', { additionalNamespaces: [nameText('kube-public')] })],
      after: [next('web')],
      doubts: ['protected-namespace: kube-public', 'nothing-found: api'],
    },
  ];
  for (const { says, before, after, doubts: expected } of cases) {
    it(says, () => assert.deepEqual(doubts(before, after), expected));
  }

  const WEB = { chartKeys: ['web'], charts: [{ name: 'web', version: '1.0.0' }] };
  const unseen: readonly (readonly [says: string, after: PackDefinition, doubts: readonly string[], home?: string])[] =
    [
      ['that moves is uninstalled, whatever it contains', next('web', { ...WEB, namespace: 'elsewhere' }), ['web']],
      [
        'that moves out of a namespace of Kubernetes is, too',
        next('web', { ...WEB, namespace: 'elsewhere' }),
        ['web'],
        'kube-system',
      ],
      ['that stays is not', next('web', { ...WEB, additionalNamespaces: [] }), []],
      [
        'that is called otherwise from now on is uninstalled, too',
        next('web', { ...WEB, releaseNameOverrides: new Map([['web', 'shop']]) }),
        ['web'],
      ],
      ['whose chart it gives up is, too', next('web', { chartKeys: ['other'] }), ['web']],
      [
        'that gets its name by an override is not',
        next('web', { ...WEB, releaseNameOverrides: new Map([['web', 'web-web']]) }),
        [],
      ],
    ];
  for (const [says, after, expected, namespace = 'web'] of unseen) {
    it(`a release that was not found of a pack ${says}`, () => {
      const packs = [packOf(now('web', { ...WEB, namespace, additionalNamespaces: [nameText('extra')] }))];
      const objects = ['web', 'extra'].map((name) => object(`/Namespace/${name}`));
      const subject = subjectOf({ packs, objects, given: { coverage: readInFull(), references: [] } });
      const found = upgradedTo(subject, [after], ['chart-changes']).removals.flatMap((removal) => removal.doubts);
      assert.deepEqual(
        found.filter(({ code }) => code === 'undecoded-release').flatMap(({ subjects }) => subjects),
        expected,
      );
    });
  }

  const MORE = { name: 'more', version: '1.0.0', type: undefined };
  const shared: readonly (readonly [says: string, after: readonly PackDefinition[], doubts: readonly string[]])[] = [
    ['drops may stay by another profile', [next('api')], ['web']],
    [
      'takes something from may keep it by another profile',
      [next('web', { namespace: 'elsewhere' }), next('api')],
      ['web'],
    ],
    ['leaves as it is is no doubt', [next('web'), next('api')], []],
  ];
  for (const [says, after, expected] of shared) {
    it(`a pack that it ${says}`, () => {
      const packs = [now('web'), now('api')].map((one) =>
        packOf(one, ...(one.name === 'web' ? [{ ...one, profile: MORE }] : [])),
      );
      const objects = ['web', 'api'].map((name) => object(`/Namespace/${name}`));
      const { removals } = upgradedTo(
        subjectOf({ packs, objects, given: { coverage: readInFull(), references: [] } }),
        after,
      );
      const doubted = removals.flatMap((removal) => removal.doubts.filter(({ code }) => code === 'shared-pack'));
      assert.deepEqual(
        doubted.flatMap(({ subjects }) => subjects),
        expected,
      );
    });
  }

  const CHART = { chartKeys: ['web'], charts: [{ name: 'web', version: '1.0.0' }] };
  const file = (version: string) => now('web', { ...CHART, version, tag: version });
  const cluster = (version: string) => ({
    ...file(version),
    source: { kind: 'cluster', namespace: 'cluster-1' } as const,
  });
  const editions: readonly (readonly [says: string, before: readonly PackDefinition[], changes: boolean])[] = [
    ['the file has it', [file('2.0.0')], false],
    ['the file has another one', [file('1.0.0')], true],
    ['the cluster has it, whatever a file says', [file('1.0.0'), cluster('2.0.0')], false],
    ['the cluster has another one, whatever a file says', [file('2.0.0'), cluster('1.0.0')], true],
  ];
  for (const [says, before, changes] of editions) {
    it(`a chart may change${changes ? '' : ' nothing'} where ${says}`, () => {
      const subject = subjectOf({
        packs: [packOf(...before)],
        objects: [object('web/ConfigMap/a')],
        given: {
          coverage: readInFull(),
          references: [],
          releases: [release('web/web-web', { chart: 'web', has: ['web/ConfigMap/a'] })],
        },
      });
      const after = [next('web', { ...CHART, version: '2.0.0', tag: '2.0.0' })];
      const { removals } = upgradedTo(subject, after);
      const codes = removals.flatMap((removal) => removal.doubts.map(({ code }) => code));
      assert.equal(codes.includes('chart-changes'), changes);
    });
  }
});
