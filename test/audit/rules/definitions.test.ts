import assert from 'node:assert/strict';
import { audit } from '../../../src/audit/audit.ts';
import type { PackDefinition, ProblemCode } from '../../../src/model/definition.ts';
import { subjectOf } from '../../support/subject.ts';
import { definition, nameText, packOf, PLACE } from '../../support/world.ts';
import type { Pack } from '../../../src/model/pack.ts';

const problem = (code: ProblemCode, subject: string) => ({ code, subject, detail: 'why', place: PLACE });
const CODES: readonly ProblemCode[] = [
  'definition-unreadable',
  'name-not-text',
  'invalid-namespace-name',
  'invalid-label-text',
];
const inCluster = { source: { kind: 'cluster', namespace: 'cluster-1' } } as const;
const saved = (path: string, given: Partial<Pick<PackDefinition, 'version' | 'profile' | 'isPackDirectory'>> = {}) =>
  definition('a', { ...given, namespace: 'one', source: { kind: 'file', path } });
const profile = (name: string) => ({ name, version: '1.0.0', type: 'add-on' });

function findings(packs: readonly Pack[], rule: string) {
  return audit(subjectOf({ packs })).findings.filter((finding) => finding.rule === rule);
}

describe('rules about definitions', () => {
  for (const code of CODES) {
    it(`${code} is said once per pack and field, though file and cluster hold the same fault`, () => {
      const problems = [problem(code, 'x'), problem(code, 'y')];
      const both = packOf(definition('a', { problems }), definition('a', { ...inCluster, problems }));
      const found = findings([both, packOf(definition('b', { problems }))], code);
      assert.equal(found.length, 4);
      assert.ok(found.every(({ severity }) => severity === 'warning'));
      assert.equal(new Set(found.map(({ id }) => id)).size, found.length, 'ids are unique');
    });
  }

  const TWICE: readonly { readonly says: string; readonly of: readonly PackDefinition[]; readonly found: number }[] = [
    {
      says: 'the same pack in two files of different versions is a duplicate',
      of: [saved('a.yaml'), saved('b.yaml', { version: '2.0.0' })],
      found: 1,
    },
    { says: 'the same pack twice in one file is a duplicate', of: [saved('a.yaml'), saved('a.yaml')], found: 1 },
    { says: 'one profile saved in two files is not', of: [saved('a.json'), saved('a.yaml')], found: 0 },
    {
      says: 'two profiles with one pack are',
      of: [saved('a.yaml', { profile: profile('x') }), saved('b.yaml', { profile: profile('y') })],
      found: 1,
    },
    { says: 'file and cluster are not', of: [saved('a.yaml'), definition('a', inCluster)], found: 0 },
    {
      says: 'a pack directory beside a profile is not',
      of: [saved('a.yaml'), saved('dir', { isPackDirectory: true })],
      found: 0,
    },
  ];
  for (const { says, of, found } of TWICE)
    it(says, () => assert.equal(findings([packOf(...of)], 'duplicate-pack').length, found));

  it('a label key for a namespace the pack has no other claim on is stray, with its place', () => {
    const settings = ['one', 'two'].map((name) => ({ namespace: nameText(name), entries: [], malformed: [] }));
    const found = findings(
      [packOf(definition('a', { namespace: 'one', namespaceLabels: settings }))],
      'stray-label-key',
    );
    assert.deepEqual(
      found.map(({ namespace, facts }) => [namespace, facts]),
      [['two', { field: 'pack.namespaceLabels', place: PLACE }]],
    );
  });

  it('each difference between file and cluster is a finding of its own', () => {
    const differences = ['pack.namespace', 'version'].map((field) => ({ field, file: 'x', cluster: 'y' }));
    const found = findings([{ ...packOf(definition('a')), differences }], 'definitions-differ');
    assert.equal(new Set(found.map(({ id }) => id)).size, 2);
  });

  it('findings are sorted by severity first', () => {
    const problems = [problem('draft-only', 'p'), problem('name-not-text', 'x')];
    const packs = ['b', 'a'].map((name) => packOf(definition(name, { namespace: 'one', problems })));
    const severities = audit(subjectOf({ packs })).findings.map(({ severity }) => severity);
    assert.deepEqual(severities, ['error', 'warning', 'warning', ...severities.slice(3).map(() => 'info')]);
  });
});
