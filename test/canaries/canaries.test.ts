import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMANDS } from '../../src/cli/commands.ts';
import type { ExitCode } from '../../src/cli/outcome.ts';
import { startFakeApi } from '../support/fake-api/fake-api.ts';
import type { FakeApi } from '../support/fake-api/fake-api.ts';
import { startRecorder } from '../support/recorder.ts';
import type { Recorder } from '../support/recorder.ts';
import { runCli } from '../support/run-cli.ts';
import type { Ran } from '../support/run-cli.ts';
import { CANARIES, canary, placesIn } from './canaries.ts';
import type { CanaryPlace } from './canaries.ts';
import { BROKEN_YAML, CLUSTER, PROFILE } from './world.ts';

const FORMATS = ['table', 'wide', 'json', 'yaml', 'name', 'markdown'];

/** What a command needs beside its name. */
const OPERANDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['explain', ['namespace/shop']],
  ['snapshot', ['s.json', '--force']],
  ['removal', ['pack/web']],
  ['verify', ['prediction.json']],
]);

/** Operands that are files of the test's folder. */
const FILES: ReadonlySet<string> = new Set(['s.json', 'prediction.json']);

/** Commands that take no definitions from files. */
const WITHOUT_FILES: ReadonlySet<string> = new Set(['rbac', 'verify']);

/** Places whose payload must not even be asked for. */
const NEVER_SENT: readonly CanaryPlace[] = ['Secret data', 'ConfigMap data'];

type Exec = Readonly<Record<string, unknown>>;

function kubeconfig(server: string, user: Readonly<Record<string, unknown>>, cluster: object = {}): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'c',
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
    clusters: [{ name: 'c', cluster: { server, ...cluster } }],
    users: [{ name: 'u', user }],
  });
}

describe('no secret comes out', function () {
  this.timeout(120_000);
  let folder = '';
  let api: FakeApi;
  let recorder: Recorder;
  /** Everything that the program read, from the network or from files. */
  const read: string[] = [];
  /** Everything that came out. */
  const written: string[] = [];
  const path = (name: string): string => join(folder, name);

  function file(name: string, text: string): string {
    writeFileSync(path(name), text);
    read.push(text);
    return path(name);
  }

  /** Runs the program, and holds what it said against all secrets. */
  async function run(argv: readonly string[], stdoutIsTerminal = false): Promise<Ran> {
    read.push(argv.join(' '));
    const ran = await runCli(argv, {
      env: { PATH: process.env['PATH'] ?? '' },
      stdoutIsTerminal,
      limits: { backoffMs: 1 },
    });
    written.push(ran.stdout, ran.stderr);
    assert.deepEqual(placesIn(ran.stdout + ran.stderr), [], `${argv.join(' ')}\n${ran.stdout}${ran.stderr}`);
    return ran;
  }

  const CODES = new Set<ExitCode>([0, 1, 3]);
  async function answered(argv: readonly string[], stdoutIsTerminal = false): Promise<void> {
    const { code, stdout, stderr } = await run(argv, stdoutIsTerminal);
    assert.ok(CODES.has(code) && stdout + stderr !== '', `${argv.join(' ')}: ${stderr}`);
  }

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'palette-audit-canaries-'));
    api = await startFakeApi(() => CLUSTER);
    recorder = await startRecorder(api.url);
    file('token', canary('token file'));
    file('config', kubeconfig(recorder.url, { token: canary('token') }));
    file('config-token-file', kubeconfig(recorder.url, { tokenFile: path('token') }));
    file('config-basic', kubeconfig(recorder.url, { username: 'somebody', password: canary('basic password') }));
    file('profile.json', PROFILE);
    const { stdout } = await run(['removal', 'pack/web', '-o', 'json', '--kubeconfig', path('config')]);
    file('prediction.json', stdout);
  });
  after(async () => {
    await recorder.stop();
    await api.stop();
    rmSync(folder, { recursive: true });
  });

  const calls = (command: string): readonly string[] => {
    const operands = (OPERANDS.get(command) ?? []).map((word) => (FILES.has(word) ? path(word) : word));
    return command === 'audit' ? [] : [command, ...operands];
  };
  const VARIABLE = ['--var', `other=${canary('variable on the command line')}`];

  for (const { name, options } of COMMANDS.map((command) => ({ name: command.name, options: command }))) {
    if (name === 'version' || name === 'completion') continue;
    const formats =
      options.name === 'snapshot' || options.name === 'rbac' ? [[]] : FORMATS.map((format) => ['-o', format]);
    for (const format of formats) {
      it(`by ${name} ${format.join(' ')}, from the cluster and with -v 9`, async () => {
        const defined = WITHOUT_FILES.has(name) ? [] : ['-f', path('profile.json'), ...VARIABLE];
        await answered([...calls(name), '--kubeconfig', path('config'), ...format, ...defined, '-v', '9']);
        await answered([...calls(name), '--kubeconfig', path('config'), ...format, '-v9'], true);
      });
    }
  }

  it('by version', async () => {
    for (const format of ['table', 'json', 'yaml'])
      await answered(['version', '-o', format, '--kubeconfig', path('config'), '-v', '9']);
  });

  it('by completion', async () => {
    for (const argv of [
      ['--context', ''],
      ['--user', ''],
      ['-n', ''],
      ['removal', ''],
      ['explain', 'secrets/'],
    ])
      await answered(['__complete', '-f', path('profile.json'), '--kubeconfig', path('config'), ...argv]);
  });

  it('into a snapshot, or out of one', async () => {
    await answered([
      'snapshot',
      path('kept.json'),
      '--kubeconfig',
      path('config'),
      '-f',
      path('profile.json'),
      ...VARIABLE,
    ]);
    const text = readFileSync(path('kept.json'), 'utf8');
    assert.deepEqual(placesIn(text), []);
    for (const format of FORMATS) await answered(['--snapshot', path('kept.json'), '-o', format, '-A']);
    const cut = `${text.slice(0, text.length / 2)}"password": "${canary('broken line of a snapshot')}" oops`;
    assert.equal((await run(['--snapshot', file('cut.json', cut)])).code, 2);
    const strange = text.replace(
      '"schemaVersion":1',
      `"schemaVersion":"${canary('broken line of a snapshot').slice(0, 20)}"`,
    );
    assert.equal((await run(['--snapshot', file('strange.json', strange)])).code, 2);
  });

  it('of a file that is no YAML', async () => {
    const broken = file('broken.yaml', BROKEN_YAML);
    const { code, stderr } = await run(['-f', broken, '--kubeconfig', path('config'), '-v', '9']);
    assert.ok(code !== 0, stderr);
    const { code: alone } = await run([
      '-f',
      file('alone.yaml', `a: [\n${canary('broken line of a YAML file')}: }`),
      '--kubeconfig',
      path('config'),
    ]);
    assert.equal(alone, 2);
  });

  it('of a kubeconfig that is no YAML', async () => {
    const text = `users:\n- name: u\n  user: {token: "${canary('broken line of a kubeconfig')}" oops: [\n`;
    assert.notEqual((await run(['--kubeconfig', file('broken-config', text)])).code, 0);
  });

  for (const name of ['config-token-file', 'config-basic']) {
    it(`of the credentials in ${name}`, () => answered(['--kubeconfig', path(name), '-v', '9']));
  }

  it('of credentials that are refused', async () => {
    const closed = await startFakeApi(
      () => CLUSTER,
      [{ path: '/', fault: { kind: 'status', status: 401, message: 'no' } }],
    );
    try {
      const config = file('refused', kubeconfig(closed.url, { token: canary('token') }));
      assert.equal((await run(['--kubeconfig', config, '-v', '9'])).code, 4);
      assert.equal((await run(['--server', closed.url, '--token', canary('token'), '-v', '9'])).code, 4);
    } finally {
      await closed.stop();
    }
  });

  it('of a client key that cannot be used', async () => {
    const data = Buffer.from(canary('client key')).toString('base64');
    const user = { 'client-certificate-data': data, 'client-key-data': data };
    const config = file('key', kubeconfig('https://127.0.0.1:1', user));
    const { code, stderr } = await run(['--kubeconfig', config, '-v', '9']);
    assert.ok(code === 2 || code === 4, stderr);
  });

  it('of a proxy that does not answer', async () => {
    const cluster = { 'proxy-url': `http://me:${canary('proxy password')}@127.0.0.1:1` };
    const config = file('proxy', kubeconfig('https://127.0.0.1:2', { token: canary('token') }, cluster));
    assert.equal((await run(['--kubeconfig', config, '-v', '9'])).code, 4);
  });

  function execConfig(name: string, script: string, more: Exec = {}): string {
    const command = file(name, `#!/bin/sh\n${script}\n`);
    chmodSync(command, 0o755);
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command,
      args: [canary('exec plugin argument')],
      env: [{ name: 'PLUGIN_SECRET', value: canary('exec plugin environment') }],
      interactiveMode: 'Never',
      ...more,
    };
    return file(`${name}.config`, kubeconfig('https://127.0.0.1:1', { exec }));
  }

  it('of a credential plugin, whether it works or fails', async () => {
    const credential = {
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token: canary('exec plugin token') },
    };
    const good = execConfig('good', `echo '${JSON.stringify(credential)}'`);
    assert.equal((await run(['--kubeconfig', good, '-v', '9'])).code, 4);
    const said = canary('failing exec plugin output');
    for (const script of [`echo ${said}; exit 1`, `echo '{"token": "${said}"'`, `echo '{"kind": "${said}"}'`]) {
      const { code } = await run(['--kubeconfig', execConfig('bad', script), '-v', '9']);
      assert.equal(code, 4);
    }
  });

  it('though every one of them was read, but for payloads that are never asked for', () => {
    const found = new Set(placesIn([...read, ...recorder.heard].join('\n')));
    const missing = CANARIES.filter(({ place }) => !found.has(place)).map(({ place }) => place);
    assert.deepEqual(missing, NEVER_SENT);
    assert.ok(CANARIES.length >= 20);
    assert.deepEqual(placesIn(written.join('\n')), []);
    assert.ok(written.join('').length > 10_000);
  });
});
