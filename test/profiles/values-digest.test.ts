import assert from 'node:assert/strict';
import { exportOf, onlyOne, readText } from './sample.ts';

const TEXT = 'pack:\n  namespace: core\n';
const VARIABLE = `${TEXT}web:\n  crds: "{{ .spectro.var.crds }}"\n`;

interface Given {
  readonly values?: string;
  readonly fallback?: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** What tells whether the values of two editions are the same. */
function digest({ values = VARIABLE, fallback, variables = {} }: Given): string | undefined {
  const pack = { name: 'app', type: 'spectro', layer: 'addon', version: '1.0.0', values };
  const defaults = fallback === undefined ? [] : [{ name: 'crds', defaultValue: fallback }];
  return onlyOne(readText(exportOf([pack], defaults), variables)).valuesDigest;
}

const SAME: readonly (readonly [says: string, one: Given, other: Given])[] = [
  ['comments and blanks tell nothing', { values: TEXT }, { values: `# new\n\n${TEXT.replace('core', 'core  ')}` }],
  [
    'what is given is the value',
    { fallback: 'true', variables: { crds: 'true' } },
    { values: VARIABLE.replace('{{ .spectro.var.crds }}', 'true') },
  ],
  [
    'a value that is given goes before defaults',
    { variables: { crds: 'x' } },
    { fallback: 'y', variables: { crds: 'x' } },
  ],
  ['a variable in a comment is none', { values: `${TEXT}# {{.spectro.var.crds}}\n` }, { values: TEXT }],
];

const DIFFERENT: readonly (readonly [says: string, one: Given, other: Given])[] = [
  ['other values', { values: TEXT }, { values: VARIABLE, fallback: 'true' }],
  ['another value in equal texts', { variables: { crds: 'true' } }, { variables: { crds: 'false' } }],
];

describe('the digest of values', () => {
  for (const [says, one, other] of SAME) {
    it(`is the same: ${says}`, () => {
      assert.match(digest(one) ?? '', /^[0-9a-f]{12}$/);
      assert.equal(digest(one), digest(other));
    });
  }

  for (const [says, one, other] of DIFFERENT) {
    it(`is another: ${says}`, () => assert.notEqual(digest(one), digest(other)));
  }

  for (const [says, given] of [
    ['without a default', {}],
    ['with one, beside which a cluster may have another', { fallback: 'true' }],
    ['with one that was masked', { fallback: '********' }],
    ['in an expression that Palette evaluates', { values: VARIABLE.replace('.crds', '.crds | upper'), fallback: 'x' }],
  ] satisfies readonly (readonly [string, Given])[]) {
    it(`is none where nobody knows the value of a variable: ${says}`, () => assert.equal(digest(given), undefined));
  }
});
