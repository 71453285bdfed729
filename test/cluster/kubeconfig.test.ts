import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { openCluster } from '../../src/cluster/open.ts';
import type { ClusterOptions } from '../../src/cluster/options.ts';
import { UserError } from '../../src/model/errors.ts';
import { CORE_TYPES, fakeNamespaces } from '../support/fake-api/description.ts';
import { startFakeApi } from '../support/fake-api/fake-api.ts';
import type { FakeApi, SeenRequest } from '../support/fake-api/fake-api.ts';
import type { FaultRule } from '../support/fake-api/fault.ts';
import { optionsFor, portsFor } from '../support/fake-api/reading.ts';

interface Parts {
  readonly server?: string;
  readonly user?: string;
  readonly context?: string;
  readonly current?: string;
  readonly users?: boolean;
}

function config({ server = '', user = '{}', context = 'one', current = context, users = true }: Parts): string {
  const withUser = users ? ', user: u' : '';
  return [
    'apiVersion: v1',
    'kind: Config',
    `current-context: ${current}`,
    `clusters: [{name: c-${context}, cluster: {server: "${server}"}}]`,
    `contexts: [{name: ${context}, context: {cluster: c-${context}${withUser}}}]`,
    ...(users ? [`users: [{name: u, user: ${user}}]`] : []),
  ].join('\n');
}

function headerOf(requests: readonly SeenRequest[], name: string): readonly string[] {
  const { rawHeaders = [] } = requests[0] ?? {};
  return rawHeaders.filter((_, index) => (rawHeaders[index - 1] ?? '').toLowerCase() === name.toLowerCase());
}

async function refused(work: Promise<unknown>, exitCode: 2 | 4, text: RegExp): Promise<void> {
  await assert.rejects(work, (error: unknown) => {
    assert.ok(error instanceof UserError, String(error));
    assert.equal(error.exitCode, exitCode);
    assert.match(`${error.message}. ${error.remedy}`, text);
    assert.doesNotMatch(`${error.message} ${error.remedy}`, /CANARY/);
    return true;
  });
}

describe('the kubeconfig is used as kubectl uses it', () => {
  let folder: string;
  let api: FakeApi;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
    api = await startFakeApi(() => ({
      discovery: 'aggregated',
      types: CORE_TYPES,
      objects: new Map([['namespaces', fakeNamespaces()]]),
    }));
  });

  afterEach(async () => {
    await api.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function write(name: string, text: string): string {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  async function open(options: Partial<ClusterOptions>, env: Readonly<Record<string, string>> = {}) {
    const { ports } = portsFor({ PATH: process.env['PATH'], ...env });
    const reader = await openCluster({ ...optionsFor(undefined), ...options }, ports);
    return { identity: await reader.identity(), requests: api.requests };
  }

  it('reads several files: the first wins, a missing one is skipped, names may repeat', async () => {
    const first = write('a', config({ server: api.url, user: '{token: first}', context: 'one' }));
    const second = write('b', config({ server: 'https://wrong.invalid', user: '{token: second}', context: 'two' }));
    const KUBECONFIG = [first, join(folder, 'missing'), second].join(delimiter);
    const { identity, requests } = await open({}, { KUBECONFIG });
    assert.equal(identity.context, 'one');
    assert.deepEqual(headerOf(requests, 'Authorization'), ['Bearer first']);
  });

  it('finds the one in the home folder', async () => {
    write('.kube/config', config({ server: api.url }));
    assert.equal((await open({}, { HOME: folder })).identity.server, api.url);
  });

  it('sends impersonation in full', async () => {
    const user = '{as: jane, as-uid: "7", as-groups: [dev, ops], as-user-extra: {scope: [view, edit]}}';
    const { requests } = await open({ kubeconfig: write('a', config({ server: api.url, user })) });
    assert.deepEqual(headerOf(requests, 'Impersonate-User'), ['jane']);
    assert.deepEqual(headerOf(requests, 'Impersonate-Group'), ['dev', 'ops']);
    assert.deepEqual(headerOf(requests, 'Impersonate-Uid'), ['7']);
    assert.deepEqual(headerOf(requests, 'Impersonate-Extra-scope'), ['view', 'edit']);
  });

  it('lets flags win', async () => {
    const path = write('a', config({ server: 'https://wrong.invalid', user: '{token: old, as: x, as-groups: [y]}' }));
    const { requests } = await open({ kubeconfig: path, server: api.url, token: 'new', as: 'jane', asGroup: ['ops'] });
    assert.deepEqual(headerOf(requests, 'Authorization'), ['Bearer new']);
    assert.deepEqual(headerOf(requests, 'Impersonate-User'), ['jane']);
    assert.deepEqual(headerOf(requests, 'Impersonate-Group'), ['ops']);
  });

  it('reads a token file beside the kubeconfig', async () => {
    write('token', 'from-file\n');
    const { requests } = await open({
      kubeconfig: write('a', config({ server: api.url, user: '{tokenFile: token}' })),
    });
    assert.deepEqual(headerOf(requests, 'Authorization'), ['Bearer from-file']);
  });

  it('does without a user', async () => {
    const { requests } = await open({ kubeconfig: write('a', config({ server: api.url, users: false })) });
    assert.deepEqual(headerOf(requests, 'Authorization'), []);
  });

  function plugin(script: string): string {
    const path = write('plugin.sh', `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    const exec = '{apiVersion: client.authentication.k8s.io/v1, command: ./plugin.sh, interactiveMode: Never}';
    return write('a', config({ server: api.url, user: `{exec: ${exec}}` }));
  }

  const ANSWER = '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"%s"}}';

  it('runs a credential plugin beside the kubeconfig once, told who asks', async () => {
    const kubeconfig = plugin(
      `echo x >> "${folder}/runs"; echo "$KUBERNETES_EXEC_INFO" > "${folder}/info"; printf '${ANSWER}' given`,
    );
    const { requests } = await open({ kubeconfig });
    assert.deepEqual(headerOf(requests, 'Authorization'), ['Bearer given']);
    assert.equal(readFileSync(join(folder, 'runs'), 'utf8'), 'x\n');
    assert.match(readFileSync(join(folder, 'info'), 'utf8'), /"kind":"ExecCredential".*"interactive":false/);
  });

  it('runs the plugin once more after a 401, and never a third time', async () => {
    await api.stop();
    const rules: FaultRule[] = [{ path: '/api', fault: { kind: 'status', status: 401 }, times: 2 }];
    api = await startFakeApi(() => ({ discovery: 'aggregated', types: CORE_TYPES, objects: new Map() }), rules);
    const kubeconfig = plugin(
      `echo x >> "${folder}/runs"; printf '${ANSWER}' "t$(wc -l < "${folder}/runs" | tr -d ' ')"`,
    );
    await open({ kubeconfig });
    assert.equal(readFileSync(join(folder, 'runs'), 'utf8'), 'x\nx\n');
  });

  it('stops with 4 when credentials stay rejected', async () => {
    await api.stop();
    const rules: FaultRule[] = [{ path: '/api', fault: { kind: 'status', status: 401 } }];
    api = await startFakeApi(() => ({ discovery: 'aggregated', types: CORE_TYPES, objects: new Map() }), rules);
    await refused(open({ server: api.url, token: 'CANARY' }), 4, /does not accept the credentials/);
  });

  it('tells why a plugin failed, and never what it wrote', async () => {
    await refused(open({ kubeconfig: plugin('echo CANARY; exit 3') }), 4, /plugin\.sh.* it exited with 3/);
    await refused(open({ kubeconfig: plugin('echo CANARY') }), 4, /not JSON/);
  });

  it('names the contexts there are when one is wrong', async () => {
    const kubeconfig = write('a', config({ server: api.url }));
    await refused(open({ kubeconfig, context: 'onr' }), 2, /no context onr.*one/);
  });

  it('refuses a kubeconfig that cannot be used, quoting nothing', async () => {
    await refused(open({ kubeconfig: join(folder, 'nothing') }), 2, /no such file/);
    await refused(open({ kubeconfig: write('a', 'token: [CANARY') }), 2, /cannot be read as a kubeconfig: not YAML/);
    await refused(open({ kubeconfig: write('c', '\0\u0001CANARY') }), 2, /cannot be read as a kubeconfig: .*binary/);
    await refused(
      open({ kubeconfig: write('b', config({ server: api.url, current: '""' })) }),
      2,
      /no current context/,
    );
    await refused(open({}, { HOME: folder }), 2, /No kubeconfig was found/);
  });

  it('stops with 4 when nothing listens', async () => {
    await refused(open({ server: 'http://127.0.0.1:9' }), 4, /cannot be read: ECONNREFUSED/);
  });
});
