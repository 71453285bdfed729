import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { plugin, using } from '../support/credentials/kubeconfigs.ts';
import { open, refused } from '../support/credentials/opening.ts';
import { forget, startCredentialWorld } from '../support/credentials/world.ts';
import type { CredentialWorld } from '../support/credentials/world.ts';

/** Whether a process runs; one that has ended and that nobody has asked after does not. */
function isAlive(pid: number): boolean {
  return /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim());
}

async function gone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 50 && isAlive(pid); tries += 1) await sleep(20);
  return !isAlive(pid);
}

describe('credentials of a plugin that hangs', () => {
  let world: CredentialWorld;

  before(async () => {
    world = await startCredentialWorld();
  });

  beforeEach(() => forget(world, {}));

  after(() => world.stop());

  const limits = { pluginMs: 1500 };

  /** A plugin that starts a child, tells its number and waits for it. */
  function hanging() {
    rmSync(join(world.folder, 'child'), { force: true });
    return plugin(world, `sleep 60 &\necho $! > "${world.folder}/child"\nwait`);
  }

  async function child(): Promise<number> {
    const path = join(world.folder, 'child');
    const text = (): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');
    while (!text().endsWith('\n')) await sleep(20);
    const pid = Number(text());
    assert.ok(pid > 1);
    return pid;
  }

  it('are given up after the limit, and its children are killed with it', async () => {
    const run = open({ env: using(world, { user: hanging() }), more: { limits } });
    const end = refused(run, 4, /Credential plugin .*plugin\.sh of User u of .* failed: it did not end within 1\.5 s/);
    const pid = await child();
    assert.equal(isAlive(pid), true);
    await end;
    assert.equal(await gone(pid), true);
  });

  it('are given up when the run is interrupted, and its children are killed with it', async () => {
    const interruption = new AbortController();
    const run = open({ env: using(world, { user: hanging() }), more: { signal: interruption.signal } });
    const pid = await child();
    assert.equal(isAlive(pid), true);
    interruption.abort();
    await assert.rejects(run, { name: 'AbortError' });
    assert.equal(await gone(pid), true);
  });
});
