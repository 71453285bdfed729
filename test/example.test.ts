import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const README = join(ROOT, 'README.md');
const OPEN = '<!-- example-output -->';
const CLOSE = '<!-- /example-output -->';

describe('the packaged example', () => {
  it('answers as README says; UPDATE_GOLDEN=1 writes the answer there', () => {
    const { code, stdout, stderr } = runExample();
    assert.deepEqual([code, stderr], [1, '']);
    const readme = readFileSync(README, 'utf8');
    const [before, after] = [readme.indexOf(OPEN) + OPEN.length, readme.indexOf(CLOSE)];
    assert.ok(before >= OPEN.length && after >= before, `README.md has no ${OPEN} … ${CLOSE}`);
    const expected = `\n\`\`\`text\n${stdout.trim()}\n\`\`\`\n`;
    if (process.env['UPDATE_GOLDEN'] === '1') {
      assert.ok(!process.env['CI'], 'UPDATE_GOLDEN is for people, not for CI');
      writeFileSync(README, readme.slice(0, before) + expected + readme.slice(after));
      return;
    }
    assert.equal(readme.slice(before, after), expected);
  });
});

/** README's own words after `node`, on this Node and with nothing of this machine's configuration. */
function runExample(): { readonly code: number | null; readonly stdout: string; readonly stderr: string } {
  const argv = [join(ROOT, 'bin/kubectl-palette_audit'), '--snapshot', 'docs/example.snapshot.json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd: ROOT, env: {}, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}
