import assert from 'node:assert/strict';
import { join } from 'node:path';
import { runPlugin } from '../../src/cluster/run-plugin.ts';
import { childOf, gone, hanging, isAlive } from '../support/credentials/hanging.ts';
import { using } from '../support/credentials/kubeconfigs.ts';
import { open, refused } from '../support/credentials/opening.ts';
import { forget, startCredentialWorld } from '../support/credentials/world.ts';
import type { CredentialWorld } from '../support/credentials/world.ts';

describe('credentials of a plugin that hangs', () => {
  let world: CredentialWorld;

  before(async () => {
    world = await startCredentialWorld();
  });

  beforeEach(() => forget(world, {}));

  after(() => world.stop());

  const limits = { pluginMs: 1500 };

  it('are given up after the limit, and its children are killed with it', async () => {
    const run = open({ env: using(world, { user: hanging(world) }), more: { limits } });
    const end = refused(run, 4, /Credential plugin .*plugin\.sh of User u of .* failed: it did not end within 1\.5 s/);
    const pid = await childOf(world);
    assert.equal(isAlive(pid), true);
    await end;
    assert.equal(await gone(pid), true);
  });

  it('are given up on a terminal, too, where it has no process group of its own', async () => {
    hanging(world);
    const end = runPlugin({
      path: join(world.folder, 'kubeconfigs/plugin.sh'),
      args: [],
      env: { PATH: '/usr/bin:/bin' },
      terminal: true,
      limitMs: 1500,
      signal: new AbortController().signal,
    });
    const refusal = assert.rejects(end, { message: 'it did not end within 1.5 s' });
    const pid = await childOf(world);
    assert.equal(isAlive(pid), true);
    await refusal;
    assert.equal(await gone(pid), true);
  });

  it('are given up when the run is interrupted, and its children are killed with it', async () => {
    const interruption = new AbortController();
    const run = open({ env: using(world, { user: hanging(world) }), more: { signal: interruption.signal } });
    const pid = await childOf(world);
    assert.equal(isAlive(pid), true);
    interruption.abort();
    await assert.rejects(run, { name: 'AbortError' });
    assert.equal(await gone(pid), true);
  });
});
