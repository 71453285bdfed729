import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { CORE_TYPES, type FakeCluster } from '../support/fake-api/description.ts';
import type { FaultRule } from '../support/fake-api/fault.ts';
import { runAgainst, runCli } from '../support/run-cli.ts';

const SERVER = { gitVersion: 'v1.34.1', gitCommit: 'c0ffee', platform: 'linux/arm64' };
const CLUSTER: FakeCluster = { discovery: 'aggregated', types: CORE_TYPES, objects: new Map(), version: SERVER };
const CLIENT = { gitVersion: 'v0.1.0', gitCommit: '', nodeVersion: 'v20.19.0', platform: 'linux/amd64' };
const CLIENT_LINES =
  'Client Version: v0.1.0\nClient Commit: unknown\nNode.js Version: v20.19.0\nPlatform: linux/amd64\n';

describe('version', () => {
  it('says what the program is, what it runs on, and which server there is', async () => {
    const ran = await runAgainst({ cluster: CLUSTER }, 'version');
    assert.deepEqual(ran, { code: 0, stdout: `${CLIENT_LINES}Server Version: v1.34.1\n`, stderr: '' });
  });

  for (const [format, read] of [
    ['json', (text: string): unknown => JSON.parse(text)],
    ['yaml', (text: string): unknown => parse(text)],
  ] as const) {
    it(`says it in ${format} by the keys of kubectl version`, async () => {
      const { code, stdout } = await runAgainst({ cluster: CLUSTER }, 'version', '-o', format);
      assert.deepEqual([code, read(stdout)], [0, { clientVersion: CLIENT, serverVersion: SERVER }]);
    });
  }

  it('asks one thing of the server', async () => {
    const { stderr } = await runAgainst({ cluster: CLUSTER }, 'version', '-v', '6');
    assert.equal(stderr.match(/^GET .*$/gm)?.length, 1);
  });

  it('--client needs neither server nor kubeconfig', async () => {
    const argv = ['version', '--client', '--kubeconfig', '/nowhere/config'];
    assert.deepEqual(await runCli(argv), { code: 0, stdout: CLIENT_LINES, stderr: '' });
    const { stdout } = await runCli([...argv, '-o', 'json']);
    assert.deepEqual(JSON.parse(stdout), { clientVersion: CLIENT });
  });

  it('--version needs neither, too, and has one line', async () => {
    const ran = await runCli(['--version', '--kubeconfig', '/nowhere/config']);
    assert.deepEqual(ran, { code: 0, stdout: 'kubectl palette-audit 0.1.0\n', stderr: '' });
  });

  const FAILURES: readonly { says: string; fault: FaultRule['fault'] }[] = [
    { says: 'drops the connection', fault: { kind: 'drop' } },
    { says: 'is not one', fault: { kind: 'body', body: '{}' } },
    { says: 'refuses', fault: { kind: 'status', status: 403 } },
    { says: 'never answers', fault: { kind: 'hang' } },
  ];
  for (const { says, fault } of FAILURES) {
    it(`of a server that ${says} says that beside the client's, and ends with 4`, async () => {
      const against = { cluster: CLUSTER, faults: [{ path: '/version', fault }], ports: { limits: { headersMs: 50 } } };
      const { code, stdout, stderr } = await runAgainst(against, 'version');
      assert.deepEqual([code, stdout], [4, CLIENT_LINES]);
      assert.match(stderr, /^error: http:\/\/\S+ (?:\(\/version\) )?(?:cannot|may not) be read: [^\n]+\n[^\n]+\n$/);
    });
  }

  it('does not ask a server again that fails', async () => {
    const against = {
      cluster: CLUSTER,
      faults: [{ path: '/version', fault: { kind: 'status', status: 503 } as const }],
    };
    const { stderr } = await runAgainst(against, 'version', '-v', '6');
    assert.equal(stderr.match(/^GET .*$/gm)?.length, 1);
  });

  it('without a kubeconfig says what to do, and ends with 2', async () => {
    const { code, stdout, stderr } = await runCli(['version']);
    assert.deepEqual([code, stdout], [2, CLIENT_LINES]);
    assert.match(stderr, /^error: No kubeconfig was found\n/);
  });

  it('shows nothing of a server that a terminal would obey', async () => {
    const version = { gitVersion: 'v1\u001b[31m' };
    const { stdout } = await runAgainst({ cluster: { ...CLUSTER, version } }, 'version');
    assert.ok(!stdout.includes('\u001b'));
    const json = await runAgainst({ cluster: { ...CLUSTER, version } }, 'version', '-o', 'json');
    assert.ok(!json.stdout.includes('\u001b'));
  });
});
