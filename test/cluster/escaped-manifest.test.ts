import assert from 'node:assert/strict';
import { array, assert as holds, constantFrom, integer, property, string, tuple } from 'fast-check';
import { escapedDocuments, headLines } from '../../src/cluster/escaped-manifest.ts';
import { endOfString } from '../../src/cluster/json-members.ts';
import { escapedManifestObjects, manifestObjects } from '../../src/cluster/manifest-objects.ts';

const LINES = [
  ['apiVersion: v1', 'kind: Pod', 'kind: PodList', 'metadata:', 'metadata: {}', 'name: web', 'name: "a\\"b"', 'items:'],
  ['annotations:', 'helm.sh/resource-policy: keep', '"helm.sh/resource-policy": keep', 'spec:', 'status:', 'data: {}'],
  ['"kind": x', '"spec":', 'kinds: a', 'a: b', 'manifest: >-', '- name: x', '-', '# note', '', '{}', 'web', '? a'],
  ['---', '---', '---', '--- # note', '---\t', '---\t# <a>', '--- x', '----', '...', ' ---', '# \u2028---', 'é: “ü”'],
  ['a: <b> & c', 'a: \\', 'a: \\n', 'a: \\\\n---', 'b: \b\f', 'c: \u2028---', 'd\u2029kind: x', '\tkind: Pod', '\r'],
].flat();

const HEADS = [
  '',
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n',
  '---\nkind: Job\napiVersion: b/v1\nmetadata:\n',
];

/** The ways in which a text is written in JSON: JavaScript's, Go's, and some that nobody uses. */
const WRITTEN: readonly ((text: string) => string)[] = [
  (text) => JSON.stringify(text),
  (text) =>
    JSON.stringify(text).replaceAll(
      /[<>&\u2028\u2029]/g,
      (letter) => `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
    ),
  (text) => JSON.stringify(text).replaceAll('/', '\\/').replaceAll('k', '\\u006b'),
  (text) => JSON.stringify(text).replaceAll('\\n', '\\u000a'),
];

function outcome(read: () => unknown): string {
  try {
    return JSON.stringify(read());
  } catch (error) {
    return String(error);
  }
}

function agrees(json: Buffer): void {
  const text = String(JSON.parse(json.toString()));
  assert.equal(
    outcome(() => escapedManifestObjects({ json }, true)),
    outcome(() => manifestObjects(text, true)),
    text,
  );
}

describe('a manifest that is still in JSON', () => {
  it('holds the same objects, or the same fault, whatever lines it is made of and however they are written', () => {
    const lines = array(tuple(constantFrom('', '', '  ', '    '), constantFrom(...LINES)), { maxLength: 14 });
    let told = 0;
    holds(
      property(constantFrom(...HEADS), lines, constantFrom('', '\n', '\r\n'), constantFrom(...WRITTEN), (...of) => {
        const [head, rest, end, written] = of;
        const json = Buffer.from(written(head + rest.map(([indent, line]) => `${indent}${line}`).join('\n') + end));
        if (escapedDocuments(json) !== undefined) told += 1;
        agrees(json);
      }),
      { numRuns: 10_000 },
    );
    assert.ok(told > 2000, `only ${String(told)} were read in JSON`);
  });

  it('holds the same where it is looked through in pieces, wherever one ends', () => {
    const lines = array(constantFrom(...LINES, '\\\\"', '\\"\\'), { minLength: 1, maxLength: 8 });
    holds(
      property(integer({ min: 0, max: 60 }), lines, constantFrom(...WRITTEN), (before, rest, written) => {
        const head = `${HEADS[1] ?? ''}  a: ${'-'.repeat(32 * 1024 - 100 + before)}\n`;
        agrees(Buffer.from(written(head + rest.join('\n'))));
      }),
      { numRuns: 2000 },
    );
  });

  it('ends where a text of JSON ends, whatever comes before and behind it', () => {
    const text = array(constantFrom('\\\\', '\\"', '\\n', '\\n ', '\\u003c', '\\u0022', '\\r', '\\x', 'a', '- '));
    holds(
      property(string(), text, constantFrom('"', '","b":"c"', '', '\\'), (before, inner, behind) => {
        const json = Buffer.from(`${before}"${inner.join('')}${behind}`);
        const open = Buffer.byteLength(before);
        assert.equal(headLines(json, open).end, endOfString(json, open), json.toString());
      }),
      { numRuns: 5000 },
    );
  });

  it('is read without the lines of bodies', () => {
    const manifest = '---\n# c\nkind: A\nspec:\n  a: 1\n- b: 2\n\n# d\nmetadata:\n  name: x\n---\nkind: B\n';
    const documents = escapedDocuments(Buffer.from(JSON.stringify(manifest))) ?? [];
    assert.deepEqual(
      documents.map(({ heads }) => heads),
      ['', '\n# c\nkind: A\nspec:\nmetadata:\n  name: x\n', '\nkind: B\n'],
    );
    assert.equal(documents.map(({ whole }) => whole()).join('---'), manifest);
  });

  it('is the same where its bytes are not UTF-8', () => {
    const bytes = [0x22, 0x61, 0x3a, 0xe2, 0x80, 0x5c, 0x6e, 0xff, 0x5c, 0x6e, 0x6b, 0xe2, 0x22];
    agrees(Buffer.from(bytes));
  });

  for (const text of ['', '\n', '---', '---\n', '\n---\n\n---', 'a', '# only a comment\n---\n'])
    it(`holds what ${JSON.stringify(text)} holds`, () => agrees(Buffer.from(JSON.stringify(text))));

  for (const json of ['"a\\x"', '"a\\u000"', '"\\', '"a\\"', '"a: \u0000\\n"', '1"'])
    it(`is refused as ${JSON.stringify(json)}`, () => {
      assert.throws(() => escapedManifestObjects({ json: Buffer.from(json) }, false), SyntaxError);
    });
});
