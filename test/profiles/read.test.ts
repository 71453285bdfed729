import assert from 'node:assert/strict';

import * as fc from 'fast-check';

import { UserError } from '../../src/model/errors.ts';
import { wholeText } from '../../src/profiles/bytes.ts';
import { parseDocuments } from '../../src/profiles/parse.ts';
import { readDefinitions } from '../../src/profiles/read.ts';
import { fileSource } from '../../src/profiles/tree.ts';
import { messageOf, onlyOne, readDirectory, readManifests, readText, readValuesText } from './sample.ts';

/** Pieces that make texts look like definitions, so that the readers get past the first line. */
const PIECES = [
  'pack:',
  'packs:',
  '\n',
  '  ',
  '- ',
  'name: a',
  'namespace: ',
  'values: |',
  '{{ .spectro.var.x }}',
  '{{',
  '}}',
  '${x}',
  '"',
  "'",
  '*a',
  '&a ',
  '[',
  ']',
  '{',
  '}',
  ': ',
  '#',
  '---\n',
  'kind: List',
  'apiVersion: v1',
  'metadata:',
  'items:',
  '\t',
  '!!binary ',
  '? ',
  '<<: ',
  '{{ if .Values.x }}',
  '{{ end }}',
  '{{ .Values.namespace | quote }}',
  'manifests:',
  'm:',
  'additionalNamespaces: ',
  'namespaceLabels:',
  'null',
  '__proto__: ',
  '\uE000',
  '\uE004',
  '\u0000',
  '\u2028',
];
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((parts) => parts.join('')),
);

function orUserError(call: () => unknown): void {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
  }
}

describe('reading definitions', () => {
  it('throws nothing but a UserError, whatever the file holds', () => {
    fc.assert(
      fc.property(text, (content) => orUserError(() => readText(content))),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => orUserError(() => readText(wholeText('x', bytes)))),
    );
  });

  it('throws nothing at all, whatever values and manifests of a pack hold', () => {
    fc.assert(
      fc.property(text, (content) => void readValuesText(content)),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(text, (content) => void readManifests({ m: content })),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(text, text, (values, m) => void readDirectory({ values, manifests: { m } })),
      { numRuns: 300 },
    );
  });

  it('keeps every name that a quoted text can hold as that text', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((word) => word === word.trim() && word !== '' && !/[{}$]/.test(word));
    fc.assert(
      fc.property(name, (word) => {
        assert.equal(readValuesText(`pack:\n  namespace: ${JSON.stringify(word)}\n`).namespace?.text, word);
      }),
    );
  });

  it('keeps every plain scalar as it was typed', () => {
    const name = fc.stringMatching(/^[a-z0-9][-a-z0-9._+]{0,10}$/).filter((word) => word !== 'null');
    fc.assert(
      fc.property(name, (word) => assert.equal(readValuesText(`pack:\n  namespace: ${word}\n`).namespace?.text, word)),
    );
  });

  it('asks for a name when a values text comes from standard input', () => {
    const document = { kind: 'text', given: '-', path: '-', text: 'pack:\n  namespace: core\n' } as const;
    const options = {
      variables: new Map(),
      macroFacts: { clusterUid: undefined, clusterName: undefined, kubernetesVersion: undefined },
    };
    assert.match(
      messageOf(() => readDefinitions([document], { ...options, packName: undefined })),
      /does not name its pack/,
    );
    assert.equal(onlyOne(readDefinitions([document], { ...options, packName: 'app' })).name, 'app');
  });
});

function keys(count: number): string {
  return Array.from({ length: count }, (_, index) => `key${String(index)}: ${String(index)}`).join('\n');
}

describe('parsing', () => {
  it('takes time in proportion to the number of keys', function () {
    this.timeout(30_000);
    const started = performance.now();
    const document = onlyOne(parseDocuments(fileSource('x', keys(70_000))));
    const seconds = (performance.now() - started) / 1000;
    assert.equal(document.tree?.kind === 'map' ? document.tree.entries.size : 0, 70_000);
    assert.ok(seconds < 10, `it took ${String(seconds)} s; the quadratic check takes minutes`);
  });

  it('refuses far more keys than any definition has, and soon', function () {
    this.timeout(30_000);
    const started = performance.now();
    const { faults } = onlyOne(parseDocuments(fileSource('x', keys(200_000))));
    assert.deepEqual(
      faults.map(({ kind }) => kind),
      ['too-large'],
    );
    assert.ok(performance.now() - started < 5000);
  });

  for (const tag of ['!evil', '!!binary', '!!int', '!<tag:example.com,2000:x>']) {
    it(`reads nothing into a tag that may mean anything: ${tag}`, () => {
      const { tree, faults } = onlyOne(parseDocuments(fileSource('x', `a: 1\nb: ${tag} c2hvcA==\n`)));
      assert.equal(tree, undefined);
      assert.deepEqual(
        faults.map(({ kind, place }) => [kind, place.line]),
        [['syntax', 2]],
      );
    });
  }

  it('takes a tag that says what is seen anyway', () => {
    const { faults } = onlyOne(parseDocuments(fileSource('x', 'a: !!str 1\nb: !!map {c: !!seq []}\nd: ! e\n')));
    assert.deepEqual(faults, []);
  });

  for (const [says, content] of [
    ['an action that does not end', `{{${' '.repeat(300_000)}`],
    ['many actions that do not end', '{{ '.repeat(100_000)],
    ['a long number', `${'1'.repeat(300_000)}x`],
    ['many commas', ','.repeat(300_000)],
  ] as const) {
    it(`takes no long time over ${says}`, () => {
      const started = performance.now();
      const block = `additionalNamespaces: ${JSON.stringify(content)}\n  namespaceLabels: ${JSON.stringify(content)}`;
      readDirectory({
        values: `pack:\n  namespace: ${JSON.stringify(content)}\n  ${block}\n`,
        manifests: { m: content },
      });
      readDirectory({ values: `pack:\n  namespace: ${content}\n`, manifests: {} });
      assert.ok(performance.now() - started < 10_000);
    });
  }

  for (const [says, content] of [
    ['lists in brackets', '['.repeat(10_000)],
    ['maps in braces', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['lists in a line', '- '.repeat(10_000)],
    ['keys in a line', '? '.repeat(10_000)],
  ] as const) {
    it(`refuses ${says} of depth 10000`, () => {
      assert.deepEqual(
        onlyOne(parseDocuments(fileSource('x', content))).faults.map(({ kind }) => kind),
        ['too-large'],
      );
    });
  }

  it('lets honest aliases be, and refuses an alias to itself', () => {
    const shared = `base: &base {a: 1}\n${Array.from({ length: 1000 }, (_, index) => `k${String(index)}: *base`).join('\n')}`;
    assert.deepEqual(onlyOne(parseDocuments(fileSource('x', shared))).faults, []);
    assert.deepEqual(
      onlyOne(parseDocuments(fileSource('x', 'a: &x [*x]'))).faults.map(({ kind }) => kind),
      ['syntax'],
    );
  });
});
