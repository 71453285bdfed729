import assert from 'node:assert/strict';
import { chooseTarget } from '../../src/cluster/choose-context.ts';
import { credentialSource } from '../../src/cluster/credentials.ts';
import { loadKubeconfig } from '../../src/cluster/kubeconfig-files.ts';
import type { ClusterPorts } from '../../src/cluster/options.ts';
import { EXEC_V1, plugin, using } from '../support/credentials/kubeconfigs.ts';
import { open, portsOf, refused } from '../support/credentials/opening.ts';
import { forget, startCredentialWorld } from '../support/credentials/world.ts';
import type { CredentialWorld } from '../support/credentials/world.ts';
import { optionsFor } from '../support/fake-api/reading.ts';

const NOON = Date.UTC(2026, 0, 1, 12);
const SECOND = 1000;

/** A plugin that counts its runs in its token, which is good until `expires`. */
function counting(world: CredentialWorld, expires: number) {
  const stamp = new Date(expires).toISOString();
  const status = `{"token":"t%s","expirationTimestamp":"${stamp}"}`;
  const count = `"$(wc -c < "${world.folder}/runs" | tr -d ' ')"`;
  return plugin(world, `printf '{"status":${status},"kind":"ExecCredential","apiVersion":"${EXEC_V1}"}' ${count}`);
}

/** The Authorization of requests made at each of these times. */
async function authorizations(env: ClusterPorts['env'], times: readonly number[], between = () => {}) {
  let now = NOON;
  const { ports, warnings } = portsOf(env, { now: () => now });
  const options = optionsFor(undefined);
  const source = credentialSource(chooseTarget(await loadKubeconfig(options, ports), options), 'https:', ports);
  const given: (string | undefined)[] = [];
  for (const time of times) {
    now = time;
    given.push((await source.current()).authorization);
    between();
  }
  return { given, warnings };
}

describe('credentials that change', () => {
  let world: CredentialWorld;

  before(async () => {
    world = await startCredentialWorld();
  });

  beforeEach(() => forget(world, {}));

  after(() => world.stop());

  it('of a tokenFile are read again after 50 s, and kept while the file is empty', async () => {
    const tokenFile = world.write('changing', 'first');
    const env = using(world, { user: { tokenFile } });
    const contents = ['second', 'third', ''];
    const times = [0, 49, 51, 102].map((seconds) => NOON + seconds * SECOND);
    const { given, warnings } = await authorizations(env, times, () => world.write('changing', contents.shift() ?? ''));
    assert.deepEqual(given, ['Bearer first', 'Bearer first', 'Bearer third', 'Bearer third']);
    assert.match(warnings.join(), /have expired and could not be renewed: .*tokenFile .* is empty/);
  });

  it('of a tokenFile are read again at once when the server rejects them', async () => {
    const tokenFile = world.write('rejected', 'old');
    let isNew = false;
    world.https.reset((caller) => {
      // Once: while it is written it is empty, and may be read.
      if (!isNew) world.write('rejected', 'new');
      isNew = true;
      return { status: caller.authorization[0] === 'Bearer new' ? 200 : 401 };
    });
    await open({ env: using(world, { user: { tokenFile } }) });
    assert.deepEqual(world.https.calls.at(-1)?.caller.authorization, ['Bearer new']);
  });

  it('of a plugin are asked for again once they have expired', async () => {
    const env = using(world, { user: counting(world, NOON + 60 * SECOND) });
    const { given } = await authorizations(env, [NOON, NOON + 59 * SECOND, NOON + 60 * SECOND]);
    assert.deepEqual(given, ['Bearer t1', 'Bearer t1', 'Bearer t2']);
  });

  it('of a plugin are used until they are rejected when they have expired before they came', async () => {
    const env = using(world, { user: counting(world, NOON - SECOND) });
    const { given } = await authorizations(env, [NOON, NOON + SECOND]);
    assert.deepEqual(given, ['Bearer t1', 'Bearer t1']);
  });

  it('of a plugin are asked for once by requests side by side', async () => {
    const { ports } = portsOf(using(world, { user: counting(world, NOON + 60 * SECOND) }));
    const options = optionsFor(undefined);
    const source = credentialSource(chooseTarget(await loadKubeconfig(options, ports), options), 'https:', ports);
    const given = await Promise.all([1, 2, 3].map(() => source.current()));
    assert.deepEqual(
      given.map(({ authorization }) => authorization),
      ['Bearer t1', 'Bearer t1', 'Bearer t1'],
    );
  });

  it('and that the server rejects twice end the run with 4, naming user, file and context', async () => {
    world.https.reset(() => ({ status: 401 }));
    await refused(
      open({ env: using(world, { user: { token: 'CANARY' } }) }),
      4,
      /does not accept the credentials: no, for User u of .*config in context one/,
    );
  });
});
