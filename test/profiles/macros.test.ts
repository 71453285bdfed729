import assert from 'node:assert/strict';

import { holdsMacro, resolveMacros } from '../../src/profiles/macros.ts';
import { exportOf, faultsOf, onlyOne, readText, readValuesText } from './sample.ts';

const MACROS = {
  variables: new Map([
    ['ns', 'core'],
    ['hidden', '********'],
    ['empty', ''],
    ['nested', '{{ .spectro.macro.x }}'],
    ['spectro.macro.team', 'payments'],
    ['spectro.system.project', 'eu'],
    ['spectro.system.cluster.name', 'ignored'],
  ]),
  facts: { clusterUid: 'abc', clusterName: 'prod', kubernetesVersion: '1.33.4' },
};

const CASES: readonly (readonly [string, string, string, boolean])[] = [
  ['a variable', '{{ .spectro.var.ns }}', 'core', true],
  ['no blanks', '{{.spectro.var.ns}}-x', 'core-x', true],
  ['trim marks', 'x-{{- .spectro.var.ns -}}', 'x-core', true],
  ['the cluster uid', 'cluster-{{ .spectro.system.cluster.uid }}', 'cluster-abc', true],
  ['the cluster name', '{{ .spectro.system.cluster.name }}', 'prod', true],
  ['substr behind a pipe', '{{ .spectro.system.kubernetes.version | substr 0 4 }}', '1.33', true],
  ['substr in front', '{{ substr 0 4 .spectro.system.kubernetes.version }}', '1.33', true],
  ['another function', '{{ .spectro.var.ns | upper }}', '{{ .spectro.var.ns | upper }}', false],
  ['another one in front', '{{ upper .spectro.var.ns }}', '{{ upper .spectro.var.ns }}', false],
  ['a condition', '{{ if .spectro.var.ns }}x{{ end }}', '{{ if .spectro.var.ns }}x{{ end }}', false],
  ['a value that is known beside a default', '{{ .spectro.var.ns | default "x|y" }}', 'core', true],
  ['such a one with backquotes', '{{ .spectro.var.ns | default `x` }}', 'core', true],
  ['such a one in front', '{{ default "x" .spectro.var.ns }}', 'core', true],
  ['several functions', '{{.spectro.var.ns|default "x"|substr 0 2}}', 'co', true],
  ['a default of what was cut to nothing', '{{ .spectro.var.ns | substr 0 0 | default "x" }}', 'x', true],
  ['a value that nobody knows', '{{ .spectro.var.no | default "x" }}', '{{ .spectro.var.no | default "x" }}', false],
  ['such a one in front', '{{ default "x" .spectro.var.no }}', '{{ default "x" .spectro.var.no }}', false],
  ['a default that is a macro', '{{ .spectro.var.ns | default .x }}', '{{ .spectro.var.ns | default .x }}', false],
  ['a masked default', '{{ .spectro.var.hidden }}', '{{ .spectro.var.hidden }}', false],
  ['an empty default', '{{ .spectro.var.empty }}', '{{ .spectro.var.empty }}', false],
  ['a macro inside a variable', '{{ .spectro.var.nested }}', '{{ .spectro.macro.x }}', false],
  ['a macro of the tenant that was given by its path', '{{ .spectro.macro.team }}-x', 'payments-x', true],
  ['such a one within a function', '{{ .spectro.macro.team | substr 0 3 }}', 'pay', true],
  ['the project that was given by its path', '{{.spectro.system.project}}', 'eu', true],
  ['a macro by the end of its path', '{{ .spectro.macro.ns }}', '{{ .spectro.macro.ns }}', false],
  ['a variable named like an object member', '{{ .spectro.var.constructor }}', '{{ .spectro.var.constructor }}', false],
  ['a placeholder of terraform', '${namespace}', '${namespace}', false],
  ['no macro', 'core', 'core', true],
];

describe('macros', () => {
  for (const [says, text, expected, resolved] of CASES) {
    it(`resolve ${says}${resolved ? '' : ': not'}`, () => {
      assert.deepEqual(resolveMacros(text, MACROS), { text: expected, resolved });
    });
  }

  it('are told from other braces', () => {
    assert.deepEqual(['{{ .spectro.x }}', '{{ f .spectro.x }}', '${x}', '{{request.object}}', 'x'].map(holdsMacro), [
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  for (const quote of ['', '"', "'"]) {
    it(`are read with quote ${quote === '' ? 'none' : quote}, before and inside a name`, () => {
      for (const name of ['{{ .spectro.var.ns }}', '{{ .spectro.var.ns }}-x', 'x-{{ .spectro.var.ns | substr 0 2 }}']) {
        const definition = readValuesText(`pack:\n  namespace: ${quote}${name}${quote}\n`, { ns: 'core' });
        assert.equal(definition.namespace?.resolved, true);
        assert.match(definition.namespace.text, /^(core|core-x|x-co)$/);
      }
    });
  }

  it('that cannot be resolved in a name are a gap', () => {
    const definition = readValuesText('pack:\n  namespace: {{ .spectro.macro.team }}\n');
    assert.deepEqual(
      [definition.namespace?.text, definition.namespace?.resolved],
      ['{{ .spectro.macro.team }}', false],
    );
    assert.deepEqual(faultsOf(definition), { gaps: ['macro-unresolved pack.namespace'], problems: [] });
  });

  it('take variables from the profile, and --var before them', () => {
    const values = 'pack:\n  namespace: "{{ .spectro.var.ns }}"\n';
    const text = exportOf([{ name: 'app', values }], [{ name: 'ns', defaultValue: 'shop' }]);
    assert.equal(onlyOne(readText(text)).namespace?.text, 'shop');
    assert.equal(onlyOne(readText(text, { ns: 'mine' })).namespace?.text, 'mine');
  });
});
