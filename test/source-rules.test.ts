import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EVIDENCE_TABLE } from '../src/model/evidence-keys.ts';

const SRC = join(import.meta.dirname, '../../src');
const TABLE = join('model', 'evidence-keys.ts');

const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: readFileSync(join(SRC, path), 'utf8') }));

/**
 * Where labels that are no evidence are compared: with a person's selector, an object's selector for namespaces while
 * it is read, or what a pack declares for its namespaces.
 */
const SELECTORS = [
  join('cli', 'selector.ts'),
  join('removal', 'checks', 'permissions.ts'),
  join('render', 'resources.ts'),
  join('cluster', 'references', 'namespace-selectors.ts'),
];

/** Files that match, apart from those that are allowed to. */
function filesWith(pattern: RegExp, ...allowed: readonly string[]): readonly string[] {
  return FILES.filter(({ path, text }) => pattern.test(text) && !allowed.includes(path)).map(({ path }) => path);
}

describe('the evidence table', () => {
  for (const { where, key } of EVIDENCE_TABLE) {
    it(`${where} ${key} is read somewhere, else it would be kept for nothing`, () => {
      const readers = FILES.filter(({ path, text }) => path !== TABLE && text.includes(`'${key}'`));
      assert.notDeepEqual(readers, []);
    });
  }

  it('is the only way to read a label or an annotation, but for those that a selector or a column names', () => {
    const direct = /\b(?:labels|annotations)\)?\??\.(?:get|has)\(/;
    assert.deepEqual(filesWith(direct, TABLE, ...SELECTORS), []);
    assert.match('object.labels.get(', direct);
  });
});

describe('no source file', () => {
  it('makes a regular expression of data', () => {
    assert.deepEqual(filesWith(/\bRegExp\s*\(|\.(?:match|matchAll|search)\((?!\/|[A-Z_]+\))/), []);
  });

  it('runs text as code', () => {
    assert.deepEqual(filesWith(/\beval\s*\(|\bnew Function\b|node:vm/), []);
  });
});
