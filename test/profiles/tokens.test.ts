import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Lexer, LineCounter } from 'yaml';
import { tokensOf } from '../../src/profiles/tokens.ts';

const PIECES = [
  'a',
  ': ',
  ':\n',
  '- ',
  '\n',
  '  ',
  '{',
  '}',
  '[',
  ']',
  ',',
  '|\n',
  '>',
  '"',
  "'",
  '---\n',
  '...\n',
  '#',
  '&a ',
  '*a',
  '!',
  '%',
  '\t',
  '\uFEFF',
  '\r\n',
];

describe('the tokens of a text', () => {
  it('need no counting in a short text, for no character brings more than four lexemes', () => {
    const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (given) => {
        assert.ok([...new Lexer().lex(given)].length <= (given.length + 1) * 4);
      }),
      { numRuns: 3000 },
    );
  });

  it('are refused where they are too many, whatever they are', () => {
    for (const [text, isRefused] of [
      ['- a\n'.repeat(100_000), true],
      [`[${'a,'.repeat(300_000)}]`, true],
      ['- a\n'.repeat(20_000), false],
      [`a: |\n${' text text text\n'.repeat(100_000)}`, false],
    ] as const) {
      assert.equal('detail' in tokensOf(text, new LineCounter()), isRefused, text.slice(0, 8));
    }
  });
});
