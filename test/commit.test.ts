import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commitOf } from '../scripts/commit.ts';

describe('the commit in the bundle', () => {
  let folder = '';
  let head = '';
  const env = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
    PATH: process.env['PATH'],
    HOME: folder,
    ...more,
  });
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: folder,
      env: env(),
      encoding: 'utf8',
    }).trim();

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'palette-audit-commit-'));
    git('init', '--quiet');
    writeFileSync(join(folder, 'kept'), '1');
    git('add', 'kept');
    git('commit', '--quiet', '-m', 'one');
    head = git('rev-parse', 'HEAD');
    mkdirSync(join(folder, 'inner'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('is that of the checkout, also below a file that git does not know', () => {
    writeFileSync(join(folder, 'unknown'), '1');
    assert.equal(commitOf(`${folder}/`, env()), head);
  });

  it('is marked where a file differs', () => {
    writeFileSync(join(folder, 'kept'), '2');
    assert.equal(commitOf(folder, env()), `${head}-dirty`);
    writeFileSync(join(folder, 'kept'), '1');
  });

  it('is never that of a repository around an unpacked archive, or of a hook', () => {
    assert.equal(commitOf(join(folder, 'inner'), env()), '');
    assert.equal(commitOf(join(folder, 'inner'), env({ GIT_DIR: join(folder, '.git') })), '');
  });

  it('is the given one where one is given', () => {
    assert.equal(commitOf(join(folder, 'inner'), env({ PALETTE_AUDIT_COMMIT: 'abc' })), 'abc');
  });
});
