import assert from 'node:assert/strict';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureAssets, type Assets } from '../../scripts/assets/ensure-assets.ts';
import { startAggregatedApi } from './support/aggregated-api.ts';
import { startControlPlane, type ControlPlane } from './support/control-plane.ts';
import type { Runner } from './support/runner.ts';

describe('the control plane of the cluster tests', () => {
  let assets: Assets;
  let plane: ControlPlane;

  before(async () => {
    assets = await ensureAssets();
    plane = await startControlPlane({ assets });
    await must(plane.kubectl, 'create', 'namespace', 'smoke');
  });

  after(async () => {
    await plane.stop();
    assert.equal(existsSync(plane.folder), false);
  });

  it('is of the pinned version', async () => {
    const version = assets.tool('kube-apiserver').version;
    assert.equal(plane.version, version);
    const { stdout } = await plane.kubectl('version', '--output=json');
    assert.match(stdout, new RegExp(`"serverVersion": {[^}]*"gitVersion": "${version}"`));
  });

  it('has a node that is ready', async () => {
    const nodes = await must(plane.kubectl, 'get', 'nodes', '--no-headers');
    assert.match(nodes, /^node-1 +Ready /);
  });

  it('runs the pods of a Deployment', async () => {
    await must(plane.kubectl, 'create', 'deployment', 'web', '--image=web:1', '--replicas=2', '--namespace=smoke');
    await must(plane.kubectl, 'rollout', 'status', 'deployment/web', '--namespace=smoke', '--timeout=60s');
    const phases = await must(
      plane.kubectl,
      'get',
      'pods',
      '--namespace=smoke',
      '--selector=app=web',
      '--output=jsonpath={.items[*].status.phase}',
    );
    assert.equal(phases, 'Running Running');
  });

  it('lets a Job complete', async () => {
    await must(plane.kubectl, 'create', 'job', 'once', '--image=once:1', '--namespace=smoke');
    await must(plane.kubectl, 'wait', 'job/once', '--for=condition=Complete', '--namespace=smoke', '--timeout=60s');
  });

  it('binds a claim to a volume on the host and lets both go', async () => {
    await plane.apply(volume('smoke'), claim('smoke'));
    const phase = '--output=jsonpath={.status.phase}';
    await plane.waitFor(
      'the claim is bound',
      async () => (await must(plane.kubectl, 'get', 'pvc', 'data', '--namespace=smoke', phase)) === 'Bound',
    );
    await must(plane.kubectl, 'delete', 'pvc', 'data', '--namespace=smoke');
    await must(plane.kubectl, 'wait', 'pv/data', '--for=delete', '--timeout=60s');
  });

  it('finishes the deletion of a namespace', async () => {
    await must(plane.kubectl, 'create', 'namespace', 'going');
    await must(plane.kubectl, 'create', 'deployment', 'web', '--image=web:1', '--namespace=going');
    await must(plane.kubectl, 'rollout', 'status', 'deployment/web', '--namespace=going', '--timeout=60s');
    await must(plane.kubectl, 'delete', 'namespace', 'going', '--timeout=60s');
    const { code, stderr } = await plane.kubectl('get', 'namespace', 'going');
    assert.equal(code, 1);
    assert.match(stderr, /NotFound/);
  });

  it('lets a client do what its roles allow and nothing else', async () => {
    const kubeconfig = await plane.clientFor({ user: 'jane@example.com', groups: ['auditors'] });
    assert.equal(statSync(kubeconfig).mode & 0o777, 0o600);
    const list = ['get', 'configmaps', '--namespace=smoke', `--kubeconfig=${kubeconfig}`];
    const before = await plane.kubectl(...list);
    assert.match(before.stderr, /Forbidden.*"jane@example.com" cannot list resource "configmaps"/);
    await must(
      plane.kubectl,
      'create',
      'rolebinding',
      'auditors',
      '--clusterrole=view',
      '--group=auditors',
      '--namespace=smoke',
    );
    await plane.waitFor('the role counts', async () => (await plane.kubectl(...list)).code === 0);
  });

  it('reaches an aggregated API on loopback', async () => {
    const api = await startAggregatedApi(plane, 'smoke');
    try {
      assert.match(await must(plane.kubectl, 'get', '--raw', api.path), /APIResourceList/);
    } finally {
      await must(plane.kubectl, 'delete', 'apiservice', api.name);
      await api.stop();
    }
  });

  for (const helm of ['helm3', 'helm4'] as const) {
    it(`lets ${helm} of the pinned version install a chart with a hook`, async () => {
      const run = plane[helm];
      const version = await must(run, 'version', '--template={{.Version}}');
      assert.equal(version, assets.tool(helm).version);
      const chart = writeChart(join(plane.folder, `chart-${helm}`));
      await must(
        run,
        'install',
        'release',
        chart,
        `--namespace=${helm}`,
        '--create-namespace',
        '--wait',
        '--timeout=60s',
      );
      assert.match(await must(run, 'list', `--namespace=${helm}`, '--no-headers'), /^release\s+\S+\s+1\s.*deployed/);
      await must(run, 'uninstall', 'release', `--namespace=${helm}`, '--wait', '--timeout=60s');
    });
  }
});

/** The standard output of a command that must succeed. */
async function must(run: Runner, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(...args);
  assert.equal(code, 0, `${args.join(' ')}: ${stderr}`);
  return stdout;
}

function writeChart(folder: string): string {
  mkdirSync(join(folder, 'templates'), { recursive: true });
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write('Chart.yaml', 'apiVersion: v2\nname: smoke\nversion: 1.0.0\nkubeVersion: ">=1.33.0-0"\n');
  write('templates/settings.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n');
  write(
    'templates/hook.yaml',
    JSON.stringify({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'prepare', annotations: { 'helm.sh/hook': 'pre-install' } },
      spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'prepare', image: 'prepare:1' }] } } },
    }),
  );
  return folder;
}

function volume(namespace: string): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'data' },
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      storageClassName: '',
      persistentVolumeReclaimPolicy: 'Delete',
      // The volume controller deletes nothing outside /tmp.
      hostPath: { path: `/tmp/${namespace}-data-that-nobody-made` },
      claimRef: { namespace, name: 'data' },
    },
  };
}

function claim(namespace: string): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data', namespace },
    spec: { accessModes: ['ReadWriteOnce'], storageClassName: '', resources: { requests: { storage: '1Gi' } } },
  };
}
