import assert from 'node:assert/strict';

import { exportOf, faultsOf, onlyOne, readDirectory, readText, readValuesText } from './sample.ts';

const UNKNOWN = ['values-unreadable values', 'name-unreadable pack.namespace'];

const CASES: readonly {
  readonly says: string;
  readonly values: string;
  readonly namespace: string | undefined;
  readonly gaps: readonly string[];
}[] = [
  {
    says: 'an error below the pack block',
    values: 'pack:\n  namespace: core\ncharts:\n  a: b: c\n',
    namespace: 'core',
    gaps: [],
  },
  { says: 'a stray line at the end', values: 'pack:\n  namespace: core\n\nabc\n', namespace: 'core', gaps: [] },
  {
    says: 'an error in the pack block',
    values: 'pack:\n  namespace: core\n  a: b: c\n',
    namespace: undefined,
    gaps: UNKNOWN,
  },
  {
    says: 'two pack blocks and an error',
    values: 'pack:\n  namespace: a\npack:\n  namespace: b\nx: y: z\n',
    namespace: undefined,
    gaps: UNKNOWN,
  },
  { says: 'no pack block and an error', values: 'charts:\n  a: b: c\n', namespace: undefined, gaps: UNKNOWN },
  {
    says: 'an error below manifests, whose namespaces are lost',
    values: 'pack:\n  namespace: core\nmanifests:\n  m: a: b\n',
    namespace: 'core',
    gaps: ['manifest-unreadable manifests'],
  },
  {
    says: 'a duplicate key elsewhere',
    values: 'pack:\n  namespace: core\ncharts:\n  a: 1\n  a: 2\n',
    namespace: 'core',
    gaps: [],
  },
  { says: 'a duplicate namespace', values: 'pack:\n  namespace: a\n  namespace: b\n', namespace: 'a', gaps: UNKNOWN },
  {
    says: 'a pack block that stands twice',
    values: 'pack:\n  namespace: a\npack:\n  namespace: b\n',
    namespace: 'a',
    gaps: UNKNOWN,
  },
  { says: 'a list', values: '- a\n- b\n', namespace: undefined, gaps: UNKNOWN },
  { says: 'a text', values: 'abc\n', namespace: undefined, gaps: UNKNOWN },
  { says: 'an alias bomb', values: bomb(), namespace: undefined, gaps: UNKNOWN },
  { says: 'deep nesting', values: `a: ${'['.repeat(10_000)}\n`, namespace: undefined, gaps: UNKNOWN },
];

describe('a values text with a fault', () => {
  for (const { says, values, namespace, gaps } of CASES) {
    it(`costs only its pack: ${says}`, () => {
      const text = exportOf([
        { name: 'app', values },
        { name: 'other', values: 'pack:\n  namespace: fine\n' },
      ]);
      const [app, other] = readText(text);
      assert.ok(app !== undefined && other !== undefined);
      assert.equal(app.namespace?.text, namespace);
      assert.deepEqual(faultsOf(app), { gaps, problems: ['definition-unreadable values'] });
      assert.deepEqual([other.namespace?.text, faultsOf(other)], ['fine', { gaps: [], problems: [] }]);
    });
  }
});

describe('a values text', () => {
  for (const values of ['', '# nothing\n', null, undefined]) {
    it(`that is ${values === '' ? 'empty' : String(values).trim()} leaves the namespace open, but not of a manifest layer`, () => {
      const open = onlyOne(readText(exportOf([{ name: 'app', type: 'spectro', values }])));
      assert.deepEqual(faultsOf(open), { gaps: ['values-unreadable pack.namespace'], problems: [] });
      const layer = onlyOne(readText(exportOf([{ name: 'app', type: 'manifest', values }])));
      assert.deepEqual([layer.namespace, faultsOf(layer)], [undefined, { gaps: [], problems: [] }]);
    });
  }

  it('gives chart keys and the namespaces of manifests', () => {
    const values = 'charts:\n  web: {}\n  db:\nmanifests:\n  m:\n    namespace: core\n  n:\n    namespace: ""\n';
    const definition = readValuesText(values);
    assert.deepEqual(definition.chartKeys, ['web', 'db']);
    assert.deepEqual(
      definition.manifestNamespaces.map(({ manifest, namespace }) => [manifest, namespace.text]),
      [['m', 'core']],
    );
    assert.deepEqual(faultsOf(definition).gaps, ['manifest-only-referenced m', 'manifest-only-referenced n']);
  });

  const below: readonly (readonly [says: string, values: string, may: true | undefined])[] = [
    ['of charts alone', 'charts: {web: {}, db: null}', undefined],
    ['with a text between', 'charts: {web: {}, replicas: 2}', true],
    ['with a list between', 'charts: {web: {}, tolerations: []}', true],
    ['that are left out', 'charts: {}', undefined],
  ];
  for (const [says, values, may] of below) {
    it(`below charts ${says} ${may === true ? 'may be' : 'are not'} those of one chart`, () => {
      assert.equal(readValuesText(values).mayHoldOneChart, may);
    });
  }

  it('holds names like any other, whatever JavaScript means by them', () => {
    const definition = readValuesText('pack:\n  namespace: constructor\ncharts:\n  __proto__: {}\n  toString: {}\n');
    assert.equal(definition.namespace?.text, 'constructor');
    assert.deepEqual(definition.chartKeys, ['__proto__', 'toString']);
  });

  it('with Windows line ends is read', () => {
    assert.equal(readValuesText('pack:\r\n  namespace: core\r\n').namespace?.text, 'core');
  });

  it('that a pack directory lacks is reported, and its namespace is open', () => {
    assert.deepEqual(faultsOf(readDirectory({ values: undefined })), {
      gaps: ['values-unreadable pack.namespace'],
      problems: ['definition-unreadable values.yaml'],
    });
  });

  it('leaves nothing behind but named fields', () => {
    const values =
      'pack:\n  namespace: core\n  secret: canary\ncharts:\n  web:\n    password: canary\nmanifests:\n  m:\n    token: canary\n';
    assert.doesNotMatch(JSON.stringify(readValuesText(values)), /canary/);
  });
});

function bomb(): string {
  const lines = ['a0: &a0 x'];
  for (let level = 1; level <= 12; level += 1) {
    const below = `*a${String(level - 1)}`;
    lines.push(`a${String(level)}: &a${String(level)} [${Array.from({ length: 9 }, () => below).join(', ')}]`);
  }
  return `${lines.join('\n')}\n`;
}
