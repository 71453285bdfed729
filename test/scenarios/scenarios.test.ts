import assert from 'node:assert/strict';
import { matchesGolden } from '../support/golden.ts';
import { withoutChoice } from '../support/suggestions.ts';
import { live, offline, reversed, scenarios } from './support/scenario.ts';
import type { Answer } from './support/scenario.ts';

/** Everything that a person or a script gets of one call. */
function whole({ exitCode, stdout, stderr }: Omit<Answer, 'requests'>): string {
  const errors = stderr === '' ? '' : `stderr:\n${stderr}`;
  return `${stdout}${errors}exit code: ${exitCode}\n`;
}

describe('a file beside a snapshot that was taken without it', () => {
  const cases = [
    ['planned', 'catalog'],
    ['labels-from-a-file', 'label-not-checked'],
  ] as const;
  for (const [name, says] of cases) {
    it(`${name}: counts, and what the snapshot cannot tell of it is not called wrong`, async () => {
      const scenario = scenarios().find((one) => one.name === name) ?? assert.fail(name);
      const argv = ['-f', 'profiles/apps.yaml', '-o', 'wide'];
      const answer = (await offline(scenario, argv, { filesBeside: true })) ?? assert.fail('no snapshot');
      assert.ok(!answer.stdout.includes('labels-not-applied'), answer.stdout);
      assert.ok(answer.stdout.includes(says), answer.stdout);
    });
  }
});

describe('a whole run of the program', () => {
  for (const scenario of scenarios()) {
    for (const { name, argv } of scenario.calls) {
      const title = `${scenario.name}, ${argv.length === 0 ? 'no arguments' : argv.join(' ')}`;

      it(`${title}: says what is expected`, async () => {
        const answer = await live(scenario, argv);
        matchesGolden(whole(answer), `scenarios/${scenario.name}.${name}.txt`);
        assert.deepEqual(new Set(answer.requests.map(({ method }) => method)), new Set(['GET']));
        assert.ok(!answer.stdout.includes('canary'), 'a value came out');
      });

      it(`${title}: gives the same bytes whatever the order and the page size`, async () => {
        const expected = whole(await live(scenario, argv));
        const backwards = await live(scenario, argv, { cluster: reversed(scenario.cluster) });
        assert.equal(whole(backwards), expected, 'in the opposite order');
        for (const size of ['1', '7']) {
          const paged = await live(scenario, argv, { more: ['--chunk-size', size] });
          assert.equal(whole(paged), expected, `by pages of ${size}`);
        }
      });

      it(`${title}: gives the same bytes from a snapshot`, async () => {
        const answer = await offline(scenario, argv);
        if (answer === undefined) return;
        assert.equal(withoutChoice(whole(answer)), withoutChoice(whole(await live(scenario, argv))));
      });
    }
  }
});
