import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at } from '../../src/cluster/json.ts';
import { createAuthority } from '../real-cluster/support/certificates.ts';
import { startTlsFront } from '../support/tls-front.ts';
import type { TlsFront } from '../support/tls-front.ts';
import { ask, assertClear, assertNothing, gapsIn } from './support/ask.ts';
import type { Outcome } from './support/ask.ts';
import { POSITIONS } from './support/positions.ts';
import type { Position } from './support/positions.ts';

const HINT = 'Run cloud login.';
const WHO = /User jane of .* in context work; its plugin's hint: Run cloud login\./;
const TOKEN = 'CANARY-token';

/** A plugin that gives another token each time, and leaves a mark for each time. */
function pluginText(folder: string): string {
  const status = { token: `${TOKEN}-'$(wc -c < runs | tr -d ' ')'` };
  const credential = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status };
  return `#!/bin/sh\ncd '${folder}'\nprintf x >> runs\necho '${JSON.stringify(credential)}'\n`;
}

function kubeconfigText(folder: string, { server, authority }: { server: string; authority: string }): string {
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: join(folder, 'plugin'),
    interactiveMode: 'Never',
    installHint: HINT,
  };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'work',
    contexts: [{ name: 'work', context: { cluster: 'c', user: 'jane' } }],
    clusters: [
      { name: 'c', cluster: { server, 'certificate-authority-data': Buffer.from(authority).toString('base64') } },
    ],
    users: [{ name: 'jane', user: { exec } }],
  });
}

describe('credentials that are rejected', () => {
  let folder = '';
  let front: TlsFront;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'palette-audit-credentials-'));
    const authority = await createAuthority();
    front = await startTlsFront(await authority.server(['localhost'], ['127.0.0.1']));
    writeFileSync(join(folder, 'plugin'), pluginText(folder), { mode: 0o755 });
    writeFileSync(
      join(folder, 'config'),
      kubeconfigText(folder, { server: front.url, authority: authority.certificate }),
    );
  });
  beforeEach(() => rmSync(join(folder, 'runs'), { force: true }));
  after(async () => {
    await front.stop();
    rmSync(folder, { recursive: true });
  });

  const pluginRuns = (): number => {
    const path = join(folder, 'runs');
    return existsSync(path) ? readFileSync(path, 'utf8').length : 0;
  };

  /** Audits with the plugin's tokens a server that rejects them so many times at a position. */
  async function rejected(times: number, { isMeant, argv }: Position): Promise<Outcome> {
    const outcome = await ask({
      faults: [{ path: isMeant, fault: { kind: 'status', status: 401, message: 'Unauthorized' }, times }],
      argv,
      ports: { env: { PATH: process.env['PATH'] ?? '' } },
      reach: (url) => {
        front.leadTo(url);
        return ['--kubeconfig', join(folder, 'config')];
      },
    });
    assert.ok(!`${outcome.stdout}${outcome.stderr}`.includes(TOKEN), 'a token came out');
    assert.ok(outcome.requests.length > 1, outcome.stderr);
    return outcome;
  }

  it('is not the case in a run where nothing goes wrong: the plugin runs once', async () => {
    assertClear(await rejected(0, POSITIONS.P1));
    assert.equal(pluginRuns(), 1);
  });

  for (const position of Object.values(POSITIONS)) {
    it(`F12 ${position.id}: once at ${position.what} are renewed, and no trace is left`, async () => {
      const outcome = await rejected(1, position);
      assertClear(outcome);
      assert.equal(pluginRuns(), 2);
      const tokens = new Set(outcome.requests.map(({ headers }) => headers.authorization));
      assert.deepEqual(tokens, new Set([`Bearer ${TOKEN}-1`, `Bearer ${TOKEN}-2`]));
    });

    it(`F12 ${position.id}: for good at ${position.what} stop the run, which says whose they are`, async () => {
      const outcome = await rejected(Infinity, position);
      assert.equal(pluginRuns(), 2);
      assert.match(outcome.stdout + outcome.stderr, WHO);
      const asked = outcome.requests.filter(({ url }) => position.isMeant(url)).length;
      assert.equal(asked, 2, 'once with each token');
      if (position.id === 'D') return assertNothing(outcome);
      assert.equal(outcome.code, 3, outcome.stdout + outcome.stderr);
      assert.equal(at(JSON.parse(outcome.stdout), 'complete'), false);
      assert.notDeepEqual(gapsIn(outcome.stdout), []);
    });
  }
});
