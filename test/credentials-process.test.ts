import assert from 'node:assert/strict';
import { startProgram } from './support/child.ts';
import { childOf, gone, hanging, isAlive } from './support/credentials/hanging.ts';
import { answers, base64, plugin, trusted, using } from './support/credentials/kubeconfigs.ts';
import { forget, startCredentialWorld } from './support/credentials/world.ts';
import type { CredentialWorld } from './support/credentials/world.ts';

describe('the process, where it logs in', () => {
  let world: CredentialWorld;

  before(async () => {
    world = await startCredentialWorld();
  });

  beforeEach(() => forget(world, {}));

  after(() => world.stop());

  function start(user: Readonly<Record<string, unknown>>, more: Readonly<Record<string, string>> = {}) {
    const env = { PATH: process.env['PATH'], HOME: world.folder, ...using(world, { user }), ...more };
    return startProgram(['rbac'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  it('shows what a credential plugin says on stderr', async () => {
    const { ended } = start(plugin(world, `echo "open this page" >&2\n${answers({ token: 'given' })}`));
    const { code, stderr } = await ended;
    assert.deepEqual([code, stderr], [0, 'open this page\n']);
  });

  it('says that NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored, and lets nobody say otherwise', async () => {
    const { ended } = start({ token: 't' }, { NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    const { code, stderr } = await ended;
    assert.deepEqual(
      [code, stderr],
      [0, 'warning: NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored: certificates are verified.\n'],
    );
  });

  it('does not come to a server of another authority by NODE_TLS_REJECT_UNAUTHORIZED=0', async () => {
    const cluster = trusted(world, { 'certificate-authority-data': base64(world.stranger) });
    const { KUBECONFIG } = using(world, { cluster });
    const env = { PATH: process.env['PATH'], HOME: world.folder, KUBECONFIG, NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    const { code, stderr } = await startProgram(['rbac'], { env }).ended;
    assert.equal(code, 4, stderr);
    assert.equal(world.https.calls.length, 0);
  });

  it('gives a credential plugin the environment as it was', async () => {
    const script = answers({ token: 'TOKEN' })
      .replace("<<'END'", '<<END')
      .replace('TOKEN', 't$NODE_TLS_REJECT_UNAUTHORIZED');
    await start(plugin(world, script), { NODE_TLS_REJECT_UNAUTHORIZED: '0' }).ended;
    assert.deepEqual(world.https.calls[0]?.caller.authorization, ['Bearer t0']);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`leaves no child of a hanging plugin behind at ${signal}`, async () => {
      const { child, ended } = start(hanging(world));
      const pid = await childOf(world);
      assert.equal(isAlive(pid), true);
      child.kill(signal);
      assert.equal((await ended).code, signal === 'SIGINT' ? 130 : 143);
      assert.equal(await gone(pid), true);
    });
  }
});
