import assert from 'node:assert/strict';

import { faultsOf, onlyOne, readValuesText } from './sample.ts';

const CASES: readonly {
  readonly says: string;
  readonly text: string;
  readonly entries: readonly string[];
  readonly malformed?: readonly string[];
  readonly problems?: readonly string[];
}[] = [
  { says: 'pairs separated by commas', text: '"a=1,b.example.com/c=d"', entries: ['a=1', 'b.example.com/c=d'] },
  { says: 'an empty value', text: '"a="', entries: ['a='] },
  { says: 'blanks around the parts', text: '" a = 1 , b=2 "', entries: ['a=1', 'b=2'] },
  { says: 'a comma at the end', text: '"a=1,"', entries: ['a=1'] },
  {
    says: 'a known macro',
    text: `"v=v{{ .spectro.system.kubernetes.version | substr 0 4 }}"`,
    entries: ['v=v1.33'],
  },
  {
    says: 'an unknown macro as not checked',
    text: '"a=1,v={{ .spectro.macro.team }}"',
    entries: ['a=1', 'v={{ .spectro.macro.team }}?'],
    problems: ['label-not-checked namespaceLabels'],
  },
  {
    says: 'a part without an equals sign as malformed',
    text: '"a=1,b"',
    entries: ['a=1'],
    malformed: ['part 2'],
    problems: ['invalid-label-text namespaceLabels'],
  },
  {
    says: 'a label value that holds an equals sign as malformed',
    text: '"a=b=c"',
    entries: [],
    malformed: ['part 1'],
    problems: ['invalid-label-text namespaceLabels'],
  },
  {
    says: 'an invalid key as malformed',
    text: '"-a=1"',
    entries: [],
    malformed: ['part 1'],
    problems: ['invalid-label-text namespaceLabels'],
  },
];

describe('namespace labels and annotations', () => {
  for (const { says, text, entries, malformed, problems } of CASES) {
    it(`reads ${says}`, () => {
      const definition = readValuesText(`pack:\n  namespace: core\n  namespaceLabels:\n    other: ${text}\n`);
      const setting = onlyOne(definition.namespaceLabels);
      assert.equal(setting.namespace.text, 'other');
      assert.deepEqual(
        setting.entries.map(({ key, value, resolved }) => `${key}=${value}${resolved ? '' : '?'}`),
        entries,
      );
      assert.deepEqual(setting.malformed, malformed ?? []);
      assert.deepEqual(faultsOf(definition).problems, problems ?? []);
    });
  }

  it('checks only the keys of annotations', () => {
    const definition = readValuesText('pack:\n  namespaceAnnotations:\n    other: "a=b=c d,e f=1"\n');
    const setting = onlyOne(definition.namespaceAnnotations);
    assert.deepEqual(setting.entries, [{ key: 'a', value: 'b=c d', resolved: true }]);
    assert.deepEqual(faultsOf(definition).problems, ['invalid-label-text namespaceAnnotations']);
  });

  it('resolves a macro in the namespace key, quoted or not, and makes an unknown one a gap', () => {
    const block = 'pack:\n  namespaceLabels:\n    {{ .spectro.var.ns }}: "a=1"\n    "{{ .spectro.var.no }}": "a=1"\n';
    const definition = readValuesText(block, { ns: 'core' });
    const names = definition.namespaceLabels.map(({ namespace }) => [namespace.text, namespace.resolved]);
    assert.deepEqual(names, [
      ['core', true],
      ['{{ .spectro.var.no }}', false],
    ]);
    assert.deepEqual(faultsOf(definition).gaps, ['macro-unresolved namespaceLabels']);
  });

  it('takes a text without a namespace for the namespace of the pack', () => {
    const definition = readValuesText('pack:\n  namespace: core\n  namespaceLabels: "a=1"\n');
    assert.equal(onlyOne(definition.namespaceLabels).namespace.text, 'core');
  });

  it('quotes no value in what it reports', () => {
    const definition = readValuesText('pack:\n  namespaceLabels:\n    other: "canary-secret,a=canary secret"\n');
    assert.doesNotMatch(JSON.stringify([definition.problems, definition.namespaceLabels]), /canary/);
  });
});
