import assert from 'node:assert/strict';
import { failureOf } from '../../src/cli/failure.ts';
import { UserError } from '../../src/model/errors.ts';

function thrownBy(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('failures', () => {
  it('tell of what people can put right what failed and what to do', () => {
    assert.deepEqual(failureOf(new UserError('a.yaml is cut', 'Send it again.', 4)), {
      code: 4,
      text: 'error: a.yaml is cut\nSend it again.\n',
    });
  });

  it('tell of an answer that no text can hold that it is too long, and how to get a shorter one', () => {
    const tooLong = thrownBy(() => 'a'.repeat(2 ** 30));
    assert.deepEqual(failureOf(tooLong), {
      code: 2,
      text: 'error: The answer is longer than 512 MB, which is more than can be written\nAsk for fewer namespaces with -n, or for another format with -o.\n',
    });
  });

  for (const [surprise, words] of [
    [new RangeError('Maximum call stack size exceeded'), 'RangeError: Maximum call stack size exceeded'],
    [new TypeError('x is \u001b[31mnot'), 'TypeError: x is \\u{1b}[31mnot'],
    ['thrown', 'an unknown failure'],
  ] as const)
    it(`call a surprise a bug: ${words}`, () => {
      const { code, text } = failureOf(surprise);
      assert.equal(code, 70);
      assert.match(text, /This is a bug in kubectl palette-audit/);
      assert.equal(text.split('\n')[0], `error: ${words}`);
    });
});
