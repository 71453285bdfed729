import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { quotedText } from '../../src/render/escape.ts';
import { plainYaml } from '../../src/render/plain-yaml.ts';
import { jsonText, libraryYaml, yamlText } from '../../src/render/structured.ts';
import { sureYaml } from '../../src/render/sure-yaml.ts';

/** Texts that a writer of YAML or JSON may take for something else, or break. */
const HOSTILE = [
  '',
  ' ',
  '  ',
  '\t',
  '\n',
  '\n\n',
  'a\n',
  'a\n\n',
  '\na',
  ' a',
  'a ',
  'a\nb',
  'a\n b\n',
  ' a\nb',
  'a\n\n\nb',
  'a\n   \nb',
  'a \nb',
  '-',
  '- a',
  '-a',
  'a-',
  '?',
  '? a',
  ':',
  'a:',
  'a: b',
  'a:b',
  ': a',
  'a #b',
  '#',
  'a#b',
  '##[error]',
  'a ##vso[x]',
  '::set-env::x',
  'a\n::x',
  '---',
  '--- a',
  '...',
  'a\n---',
  '%TAG',
  '!x',
  '&x',
  '*x',
  '|',
  '>',
  '@x',
  '`x',
  '"',
  "'",
  'a"b',
  "a'b",
  'a"b\'c',
  'a: "b"',
  "a: 'b'",
  '\\',
  'a: \\',
  'y',
  'Y',
  'n',
  'N',
  'yes',
  'Yes',
  'no',
  'NO',
  'on',
  'Off',
  'true',
  'TRUE',
  'false',
  'null',
  'Null',
  '~',
  'nan',
  '.nan',
  '.inf',
  '-.INF',
  'inf',
  '0',
  '-0',
  '1',
  '1.5',
  '1e3',
  'e5',
  'E5',
  'e+5',
  'e-5',
  'e99152112201',
  '1_000',
  '0x1f',
  '0b1',
  '0b0101010101',
  '0o7',
  '017',
  '1:30',
  '190:20:30',
  '+1',
  '.5',
  '<<',
  '=',
  '2026-01-02',
  '2026-01-02T03:04:05Z',
  '2026-01-02 03:04:05',
  '0123456789ab',
  '012345678901',
  '00000000-0000-4005-8000-000000000001',
  '\u0000',
  '\u0007',
  '\u001b[31m',
  '\u007f',
  '\u0085',
  '\u00a0',
  '\u200b',
  '\u202e',
  '\u2028',
  '\ufeff',
  '\ud800',
  'é',
  '日本',
  '😀',
  'a\u202eb: c',
  '\r',
  'a\r\nb',
  'x'.repeat(3000),
  `${'word '.repeat(400)}end`,
  '[a]',
  '{a}',
  'a, b',
  'a [b] {c}',
  ',',
  ']',
  'toJSON',
  '__proto__',
] as const;

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<string>(...HOSTILE) },
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...Array.from('eE019abfx-_.+:# \n\t\'"\\,[]{}&*!|>%@`yn~<=')), maxLength: 14 }),
  fc.array(fc.constantFrom<string>(...HOSTILE), { maxLength: 4 }).map((parts) => parts.join('')),
);

const scalar = fc.oneof({ weight: 5, arbitrary: text }, fc.maxSafeInteger(), fc.boolean(), fc.constant(null));
const key = fc.constantFrom('name', 'uid', 'to', 'id', 'createdAt', 'own', 'list', 'more');

const { data } = fc.letrec<{ data: unknown; list: unknown; record: unknown }>((tie) => ({
  data: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, tie('list'), tie('record')),
  list: fc.array(tie('data'), { maxLength: 4 }),
  record: fc.dictionary(key, tie('data'), { maxKeys: 4, noNullPrototype: true }),
}));
const document = fc.dictionary(key, data, { minKeys: 1, maxKeys: 5, noNullPrototype: true });

const asText = (value: string): string => libraryYaml({ k: value });
const general = (value: unknown): string => quotedText(JSON.stringify(value, undefined, 2));

describe('plain documents', () => {
  it('are written in YAML byte by byte as the library writes them, and read back as they are', () => {
    fc.assert(
      fc.property(document, (content) => {
        const written = plainYaml(content, asText);
        assert.equal(written, libraryYaml(content));
        assert.deepEqual(parse(written ?? ''), content);
        assert.doesNotMatch((written ?? '').replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 2000 },
    );
  });

  it('are written in JSON byte by byte as JSON.stringify and the escapes make them', () => {
    fc.assert(
      fc.property(document, (content) => {
        assert.equal(jsonText(content), `${general(content)}\n`);
      }),
      { numRuns: 2000 },
    );
  });

  for (const one of HOSTILE) {
    it(`hold ${JSON.stringify(one.slice(0, 40))} at any depth as the library and JSON.stringify do`, () => {
      const content = { value: one, list: [one, [one, [one]], { name: one, more: { to: one } }], after: [{ id: one }] };
      assert.equal(plainYaml(content, asText), libraryYaml(content));
      assert.equal(jsonText(content), `${general(content)}\n`);
    });
  }

  it('write a list that stands in several places the same in each, whatever their depth', () => {
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 3 }), (list) => {
        const content = { one: [{ list }, { list }], more: { list, to: [{ id: { list } }] }, list };
        assert.equal(plainYaml(content, asText), libraryYaml(content));
        assert.equal(jsonText(content), `${general(content)}\n`);
      }),
    );
  });

  it('ask the library for no text that is plain beyond doubt, and once for any other', () => {
    const asked: string[] = [];
    const ask = (value: string): string => {
      asked.push(value);
      return asText(value);
    };
    plainYaml({ name: 'web-1', uid: '00000000-0000-4005-8000-000000000001', list: ['1', '1'], more: ['yes'] }, ask);
    assert.deepEqual(asked, ['1', 'yes']);
  });

  it('are surely written only where the library writes them so, also beside a number or a word', () => {
    fc.assert(
      fc.property(text, (value) => {
        const sure = sureYaml(value);
        if (sure !== undefined) assert.equal(asText(value), `k: ${sure}\n`);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('documents of another form', () => {
  const others: readonly (readonly [string, object])[] = [
    ['a fraction', { value: 1.5 }],
    ['no number', { value: Number.NaN }],
    ['minus nothing', { value: -0 }],
    ['a number beyond the whole ones', { value: 2 ** 60 }],
    ['a date', { value: new Date(0) }],
    ['a map', { value: new Map([['a', 1]]) }],
    ['a set', { list: [new Set(['a'])] }],
    ['a value left open', { value: undefined, name: 'a' }],
    ['an item left open', { list: [undefined, 'a'] }],
    ['what says itself what it is', { value: { toJSON: () => 'a' } }],
    ['a record without a prototype', { value: Object.setPrototypeOf({ a: 1 }, null) }],
  ];
  for (const [says, content] of others) {
    it(`are left to JSON.stringify and the library: ${says}`, () => {
      assert.equal(plainYaml(content, asText), undefined);
      assert.equal(jsonText(content), `${general(content)}\n`);
      assert.equal(yamlText(content), libraryYaml(content));
    });
  }

  for (const odd of ['', 'yes', 'n', 'null', '1', 'e5', 'a b', 'a: b', '-', '#a', 'é', 'a.b/c', '\u202e']) {
    it(`keep the key ${JSON.stringify(odd)} as the library and JSON.stringify write it`, () => {
      const content = { name: 'a', more: { [odd]: 'b' } };
      assert.equal(yamlText(content), libraryYaml(content));
      assert.equal(jsonText(content), `${general(content)}\n`);
    });
  }

  it('are left to the library where there is no record, or nothing in it', () => {
    for (const content of [[], {}, ['a']]) {
      assert.equal(plainYaml(content, asText), undefined);
      assert.equal(yamlText(content), libraryYaml(content));
      assert.equal(jsonText(content), `${general(content)}\n`);
    }
  });
});
