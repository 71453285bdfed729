import assert from 'node:assert/strict';
import { loadScenario } from '../scenarios/support/scenario.ts';
import { runAgainst } from '../support/run-cli.ts';

const CLUSTER = loadScenario('documented-example').cluster;
const REQUEST = /^GET \/\S* (?:200 \d+ B|\d{3}|[a-z-]+) in \d+ ms$/;

/** The lines of standard error that tell of requests, and the others. */
async function linesAt(
  ...verbosity: readonly string[]
): Promise<{ requests: readonly string[]; others: readonly string[] }> {
  const { stderr } = await runAgainst({ cluster: CLUSTER }, ...verbosity);
  const lines = stderr.split('\n').filter((line) => line !== '');
  return {
    requests: lines.filter((line) => line.startsWith('GET ')),
    others: lines.filter((line) => !line.startsWith('GET ') && !line.startsWith('warning: ')),
  };
}

describe('what -v logs', () => {
  it('is nothing without it', async () => {
    assert.deepEqual(await linesAt(), { requests: [], others: [] });
  });

  it('is what each reading took at 2, and no request', async () => {
    const { requests, others } = await linesAt('-v', '2');
    assert.deepEqual(requests, []);
    assert.ok(others.length > 10);
  });

  for (const level of ['6', '9']) {
    it(`is every request with its outcome and its time at ${level}, and nothing more of it`, async () => {
      const { requests } = await linesAt('-v', level);
      assert.ok(requests.length > 10);
      assert.deepEqual(
        requests.filter((line) => !REQUEST.test(line)),
        [],
      );
    });
  }

  it('is never a header or a body, whatever the level', async () => {
    const { stderr } = await runAgainst({ cluster: CLUSTER }, '-v', '9');
    assert.match(stderr, /^GET /m);
    assert.doesNotMatch(stderr, /(?:accept|authorization|user-agent): |application\/json|"kind"|canary/i);
  });
});
