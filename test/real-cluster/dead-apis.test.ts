import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { ensureAssets } from '../../scripts/assets/ensure-assets.ts';
import { listAt, textAt, textsAt } from '../../src/cluster/json.ts';
import { startControlPlane, type ControlPlane } from './support/control-plane.ts';
import { portOf } from './support/free-ports.ts';
import * as make from './world/objects.ts';
import { must, playPalette } from './world/palette.ts';
import { program } from './world/rights-answers.ts';

const RUNS = 9;

/** An APIService, and the Service that it names: without endpoints, or with an address that never answers. */
function registration(group: string, version: string, silentPort?: number): readonly object[] {
  const metadata = { name: group.split('.')[0] ?? '', namespace: 'backends' };
  const port = silentPort ?? 443;
  const spec = silentPort === undefined ? { ports: [{ port }] } : { type: 'ExternalName', externalName: 'localhost' };
  const api = { group, version, groupPriorityMinimum: 100, versionPriority: 10, insecureSkipTLSVerify: true };
  return [
    { apiVersion: 'v1', kind: 'Service', metadata, spec },
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: `${version}.${group}` },
      spec: { ...api, service: { ...metadata, port } },
    },
  ];
}

describe('with an API that does not answer', () => {
  let plane: ControlPlane;
  let silent: Server;

  before(async () => {
    plane = await startControlPlane({ assets: await ensureAssets() });
    // Takes connections, and never says a word.
    silent = createServer();
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const values = 'pack:\n  namespace: web\ncharts:\n  web: {}\n';
    const packs = [{ name: 'web', version: '1.0.0', values }];
    const profiles = [{ name: 'applications', version: '1.0.0', packs }];
    await playPalette(plane, { uid: '69af4d3e45baa7b0b501055a', name: 'prod', profiles });
    await plane.apply(...['web', 'backends'].map((name) => make.namespace(name)));
  });
  after(async () => {
    silent.close();
    await plane.stop();
  });

  async function audit() {
    const { code, stdout, stderr } = await program(plane.kubeconfig, 'audit', '-o', 'json', '-v=6');
    const report: unknown = JSON.parse(stdout);
    const of = (rule: string) => listAt(report, 'findings').filter((finding) => textAt(finding, 'rule') === rule);
    return {
      code,
      requests: [...stderr.matchAll(/^GET (\S+)/gm)].map(([, path = '']) => path),
      blocked: of('namespace-deletion-blocked').map((finding) => textAt(finding, 'message') ?? ''),
      gaps: listAt(report, 'coverage', 'gaps').flatMap((gap) => textsAt(gap, 'resources')),
    };
  }

  /** The middle of several runs, in milliseconds. */
  async function duration(): Promise<number> {
    const times: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const started = performance.now();
      await program(plane.kubeconfig, 'audit');
      times.push(performance.now() - started);
    }
    return times.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0;
  }

  async function lose(name: string, ...objects: readonly object[]): Promise<void> {
    await plane.apply(...objects);
    await must(plane.kubectl, 'wait', `apiservice/${name}`, '--for=condition=Available=false', '--timeout=60s');
  }

  it('takes hardly longer, misses nothing of metrics, and finds that deletions hang', async () => {
    const before = await audit();
    assert.deepEqual([before.code, before.gaps, before.blocked], [0, [], []]);
    const whole = await duration();
    await lose('v1beta1.metrics.k8s.io', ...registration('metrics.k8s.io', 'v1beta1', portOf(silent)));
    const after = await audit();
    assert.deepEqual([after.code, after.gaps], [0, []]);
    assert.equal(after.blocked.length, 1);
    assert.match(after.blocked[0] ?? '', /v1beta1\.metrics\.k8s\.io \(service backends\/metrics\)/);
    assert.equal(after.requests.filter((path) => path.startsWith('/apis/metrics.k8s.io')).length, 1);
    const more = after.requests.filter((path) => !before.requests.includes(path));
    assert.ok(after.requests.length <= before.requests.length + 2, more.join('\n'));
    const ratio = (await duration()) / whole;
    process.stdout.write(
      `      a dead API makes an audit of ${whole.toFixed(0)} ms take ${ratio.toFixed(2)} times as long\n`,
    );
  });

  it('misses what another API may hold', async () => {
    await lose('v1.ledger.example.com', ...registration('ledger.example.com', 'v1'));
    const { code, gaps, blocked, requests } = await audit();
    assert.deepEqual([code, gaps, blocked.length], [3, ['*.ledger.example.com'], 2]);
    assert.equal(requests.filter((path) => path.startsWith('/apis/ledger.example.com')).length, 1);
  });

  it('is right that deletions hang, until the APIServices are gone', async () => {
    await plane.apply(make.namespace('hanging'));
    await must(plane.kubectl, 'delete', 'namespace', 'hanging', '--wait=false');
    await plane.waitFor('the namespace controller tells why', async () => {
      const { stdout } = await plane.kubectl('get', 'namespace', 'hanging', '--output=yaml');
      return stdout.includes('reason: DiscoveryFailed');
    });
    await must(plane.kubectl, 'delete', 'apiservice', 'v1beta1.metrics.k8s.io', 'v1.ledger.example.com');
    await plane.waitFor(
      'the namespace goes',
      async () => (await plane.kubectl('get', 'namespace', 'hanging')).code !== 0,
    );
    const { code, gaps, blocked } = await audit();
    assert.deepEqual([code, gaps, blocked], [0, [], []]);
  });
});
