import assert from 'node:assert/strict';

import type { PackDefinition } from '../../src/model/definition.ts';
import { faultsOf, readValuesText } from './sample.ts';

interface Case {
  readonly says: string;
  readonly values: string;
  readonly namespace?: string;
  readonly additional?: readonly string[];
  readonly priority?: number;
  readonly overrides?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly gaps?: readonly string[];
  readonly problems?: readonly string[];
}

const CASES: readonly Case[] = [
  { says: 'a quoted namespace', values: 'pack:\n  namespace: "core"\n', namespace: 'core' },
  { says: 'a plain namespace', values: 'pack:\n  namespace: core\n', namespace: 'core' },
  { says: 'an empty namespace as not given', values: 'pack:\n  namespace: ""\n' },
  { says: 'a null namespace as not given', values: 'pack:\n  namespace: null\n' },
  { says: 'a namespace without a value as not given', values: 'pack:\n  namespace:\n' },
  { says: 'a quoted null as a name', values: 'pack:\n  namespace: "null"\n', namespace: 'null' },
  { says: 'an absent pack block as default, without a gap', values: 'charts:\n  web: {}\n' },
  ...['017', '1e3', 'no', '2024-01-01', '0x1f', '1:30'].map((text): Case => {
    const invalid = /^[-a-z0-9]+$/.test(text) ? [] : ['invalid-namespace-name pack.namespace'];
    return {
      says: `unquoted ${text} as text, with a warning`,
      values: `pack:\n  namespace: ${text}\n`,
      namespace: text,
      problems: ['name-not-text pack.namespace', ...invalid].toSorted(),
    };
  }),
  { says: 'quoted 017 as text, without a warning', values: "pack:\n  namespace: '017'\n", namespace: '017' },
  {
    says: 'an invalid namespace name, kept',
    values: 'pack:\n  namespace: My_Space\n',
    namespace: 'My_Space',
    problems: ['invalid-namespace-name pack.namespace'],
  },
  {
    says: 'a namespace of 64 characters as invalid',
    values: `pack:\n  namespace: ${'a'.repeat(64)}\n`,
    namespace: 'a'.repeat(64),
    problems: ['invalid-namespace-name pack.namespace'],
  },
  {
    says: 'a namespace that is a list as a gap',
    values: 'pack:\n  namespace: [a, b]\n',
    gaps: ['name-unreadable pack.namespace'],
    problems: ['definition-unreadable pack.namespace'],
  },
  { says: 'one additional namespace as text', values: 'pack:\n  additionalNamespaces: extra\n', additional: ['extra'] },
  { says: 'a comma list', values: 'pack:\n  additionalNamespaces: "a, b,c"\n', additional: ['a', 'b', 'c'] },
  {
    says: 'names apart by blanks, lines or semicolons',
    values: 'pack:\n  additionalNamespaces: |\n    a b\n    c; d\n',
    additional: ['a', 'b', 'c', 'd'],
  },
  {
    says: 'a list that stands in a text',
    values: 'pack:\n  additionalNamespaces: |\n    - a\n    - "b"\n    - ["c", d]\n',
    additional: ['a', 'b', 'c', 'd'],
  },
  {
    says: 'what is no name in a text, and may mean one',
    values: 'pack:\n  additionalNamespaces: "a=b, c"\n',
    additional: ['a=b', 'c'],
    gaps: ['name-unreadable additionalNamespaces'],
    problems: ['invalid-namespace-name additionalNamespaces'],
  },
  {
    says: 'what is no name as a key',
    values: 'pack:\n  additionalNamespaces:\n    A: {}\n',
    additional: ['A'],
    gaps: ['name-unreadable additionalNamespaces'],
    problems: ['invalid-namespace-name additionalNamespaces'],
  },
  { says: 'a list', values: 'pack:\n  additionalNamespaces:\n    - a\n    - name: b\n', additional: ['a', 'b'] },
  { says: 'a map', values: 'pack:\n  additionalNamespaces:\n    a: {}\n    b:\n', additional: ['a', 'b'] },
  {
    says: 'a map whose values may be names as a gap',
    values: 'pack:\n  additionalNamespaces:\n    first: a\n',
    additional: ['first'],
    gaps: ['name-unreadable additionalNamespaces'],
  },
  { says: 'a quoted priority', values: 'pack:\n  spectrocloud.com/install-priority: "45"\n', priority: 45 },
  { says: 'a number as priority', values: 'pack:\n  spectrocloud.com/install-priority: 0\n', priority: 0 },
  { says: 'a negative priority', values: 'pack:\n  spectrocloud.com/install-priority: -10\n', priority: -10 },
  {
    says: 'a priority that is no number',
    values: 'pack:\n  spectrocloud.com/install-priority: soon\n',
    problems: ['definition-unreadable spectrocloud.com/install-priority'],
  },
  { says: 'overrides by chart', values: 'pack:\n  releaseNameOverride:\n    web: shop\n', overrides: { web: 'shop' } },
  { says: 'a single override', values: 'pack:\n  releaseNameOverride: shop\n', overrides: { '': 'shop' } },
  { says: 'a display name', values: 'pack:\n  spectrocloud.com/display-name: one\n', name: 'one--app' },
  {
    says: 'a block whose keys lost their indentation',
    values: 'pack:\nnamespace: "external-dns"\nspectrocloud.com/display-name: "dns-1"\n',
    namespace: 'external-dns',
    name: 'dns-1--app',
    problems: ['definition-unreadable pack'],
  },
];

describe('the pack block', () => {
  for (const { says, values, ...expected } of CASES) {
    it(`reads ${says}`, () => {
      const definition = readValuesText(values);
      assert.deepEqual(summary(definition), {
        namespace: undefined,
        additional: [],
        priority: undefined,
        overrides: {},
        name: 'app',
        gaps: [],
        problems: [],
        ...expected,
      });
    });
  }

  it('does not prefix a stored name again', () => {
    const definition = readValuesText('pack:\n  spectrocloud.com/display-name: one\n');
    assert.deepEqual([definition.name, definition.baseName, definition.displayName], ['one--app', 'app', 'one']);
  });
});

function summary(definition: PackDefinition): Omit<Required<Case>, 'says' | 'values' | 'namespace' | 'priority'> & {
  readonly namespace: string | undefined;
  readonly priority: number | undefined;
} {
  const { gaps, problems } = faultsOf(definition);
  return {
    namespace: definition.namespace?.text,
    additional: definition.additionalNamespaces.map(({ text }) => text),
    priority: definition.installPriority,
    overrides: Object.fromEntries(definition.releaseNameOverrides),
    name: definition.name,
    gaps,
    problems: problems.toSorted(),
  };
}
