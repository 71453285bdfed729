import assert from 'node:assert/strict';
import { upgradeOf } from '../../src/cli/upgrade.ts';
import type { GapReason, PackDefinition } from '../../src/model/definition.ts';
import { upgradeReport } from '../../src/removal/upgrade.ts';
import { groundsOf } from '../support/judged.ts';
import { readInFull } from '../support/removed-world.ts';
import { subjectOf } from '../support/subject.ts';
import { definition, object, packOf, PLACE } from '../support/world.ts';

type Given = Parameters<typeof definition>[1];

const profile = (version: string) => ({ name: 'apps', version, type: undefined });
const now = (name: string, given: Given = {}) =>
  definition(name, { namespace: name, profile: profile('1.0.0'), reportedState: 'installed', ...given });
const next = (name: string, given: Given = {}) =>
  definition(name, { namespace: name, profile: profile('2.0.0'), ...given });
const gap = (subject: string, reason: GapReason = 'manifest-only-referenced') => ({
  gaps: [{ reason, subject, place: PLACE }],
});

/** The doubts about an upgrade, as `code: subjects`. */
function doubts(before: readonly PackDefinition[], after: readonly PackDefinition[]): readonly string[] {
  const objects = before.map(({ name }) => object(`/Namespace/${name}`));
  const given = { coverage: readInFull(), references: [] };
  const subject = subjectOf({ packs: before.map((one) => packOf(one)), objects, given });
  const { removals } = upgradeReport(groundsOf(subject, []), upgradeOf(subject, after, 'next.yaml'), []);
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
      says: 'a namespace whose name holds a macro',
      before: [now('web')],
      after: [next('web', { namespace: '{{ns}}' }), next('api')],
      doubts: ['namespace-unknown: {{ns}}'],
    },
  ];
  for (const { says, before, after, doubts: expected } of cases) {
    it(says, () => assert.deepEqual(doubts(before, after), expected));
  }
});
