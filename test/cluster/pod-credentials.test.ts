import assert from 'node:assert/strict';
import { join } from 'node:path';
import { using } from '../support/credentials/kubeconfigs.ts';
import { open, refused } from '../support/credentials/opening.ts';
import { forget, startCredentialWorld } from '../support/credentials/world.ts';
import type { CredentialWorld } from '../support/credentials/world.ts';

describe('credentials of a pod', () => {
  let world: CredentialWorld;

  before(async () => {
    world = await startCredentialWorld();
  });

  beforeEach(() => forget(world, {}));

  after(() => world.stop());

  function inPod() {
    const serviceAccount = join(world.folder, 'serviceaccount');
    world.write('serviceaccount/token', 'pod-token\n');
    world.write('serviceaccount/ca.crt', world.authority);
    const env = { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(world.https.port) };
    return { env, more: { serviceAccount } };
  }

  it('are used where no kubeconfig is', async () => {
    const { env, more } = inPod();
    const { server, context } = await (await open({ env, more })).identity();
    assert.deepEqual([server, context], [world.https.url, 'in-cluster']);
    assert.deepEqual(world.https.calls[0]?.caller.authorization, ['Bearer pod-token']);
  });

  it('are used at an IPv6 address', async () => {
    const { env, more } = inPod();
    const address = { KUBERNETES_SERVICE_HOST: '::1', KUBERNETES_SERVICE_PORT: String(world.ipv6.port) };
    await open({ env: { ...env, ...address }, more });
    assert.deepEqual(world.ipv6.calls[0]?.caller.authorization, ['Bearer pod-token']);
  });

  it('are replaced by --token', async () => {
    const { env, more } = inPod();
    await open({ env, options: { token: 'own' }, more });
    assert.deepEqual(world.https.calls[0]?.caller.authorization, ['Bearer own']);
  });

  it('are used where the kubeconfig has no current context', async () => {
    const { env, more } = inPod();
    await open({ env: { ...env, ...using(world, { current: '' }) }, more });
    assert.deepEqual(world.https.calls[0]?.caller.authorization, ['Bearer pod-token']);
  });

  it('are not used where a kubeconfig says where to go', async () => {
    const { env, more } = inPod();
    await open({ env: { ...env, ...using(world) }, more });
    assert.deepEqual(world.https.calls[0]?.caller.authorization, ['Bearer t']);
  });

  it('are never sent to the server of a flag', async () => {
    const { env, more } = inPod();
    const certificateAuthority = world.write('ca.crt', world.authority);
    await open({ env, options: { server: world.https.url, certificateAuthority }, more });
    assert.deepEqual(world.https.calls[0]?.caller.authorization, []);
  });

  it('are none without their files', async () => {
    const { env } = inPod();
    await refused(open({ env, more: { serviceAccount: join(world.folder, 'nowhere') } }), 2, /No kubeconfig was found/);
  });
});
