import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureAssets } from '../../scripts/assets/ensure-assets.ts';
import { at, listAt, textAt } from '../../src/cluster/json.ts';
import { openCluster } from '../../src/cluster/open.ts';
import { EXEC_V1, answers } from '../support/credentials/kubeconfigs.ts';
import { startHttpProxy, startSocksProxy } from '../support/credentials/recording-proxy.ts';
import { optionsFor, portsFor } from '../support/fake-api/reading.ts';
import { runCli } from '../support/run-cli.ts';
import { startControlPlane, type ControlPlane } from './support/control-plane.ts';
import { must } from './world/palette.ts';

/** As whom the API server takes a request: the user of its audit log, and whom that one impersonates. */
interface Identity {
  readonly user: unknown;
  readonly impersonated: unknown;
  readonly status: unknown;
}

type User = Readonly<Record<string, unknown>>;

/** A user entry, and flags beside it. */
interface Case {
  readonly name: string;
  readonly user: () => User | Promise<User>;
  readonly flags?: readonly string[];
  readonly expected: {
    readonly user: string;
    readonly impersonated?: unknown;
    readonly status?: number;
  };
}

describe('the real API server takes kubectl and the program for the same', () => {
  let plane: ControlPlane;
  let admin: User;
  let token: string;

  before(async () => {
    plane = await startControlPlane({ assets: await ensureAssets() });
    admin = userOf(plane.kubeconfig);
    await must(plane.kubectl, 'create', 'serviceaccount', 'robot', '--namespace=default');
    token = (await must(plane.kubectl, 'create', 'token', 'robot', '--namespace=default')).trim();
  });

  after(() => plane.stop());

  function write(name: string, text: string, mode = 0o600): string {
    const path = join(plane.folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  }

  /** The admin's kubeconfig with another user in it, and these fields in its cluster. */
  function kubeconfig(user: User, cluster: User = {}): string {
    const config: unknown = JSON.parse(readFileSync(plane.kubeconfig, 'utf8'));
    const own = listAt(config, 'clusters').map((entry) => ({
      name: textAt(entry, 'name'),
      cluster: Object.assign({}, at(entry, 'cluster'), cluster),
    }));
    const users = [{ name: 'control-plane', user }];
    return write('case.kubeconfig', JSON.stringify(Object.assign({}, config, { clusters: own, users })));
  }

  /** Who asked for `/api` while `ask` ran, by the name that the client gives itself. */
  async function seen(client: 'kubectl' | 'kubectl-palette-audit', ask: () => Promise<unknown>): Promise<Identity> {
    const log = join(plane.folder, 'audit.log');
    const before = readFileSync(log, 'utf8').length;
    await ask();
    let event: unknown;
    // The server writes a line when it has answered, and may be at it.
    await plane.waitFor(`a line of the audit log about ${client}`, () => {
      const lines = readFileSync(log, 'utf8').slice(before).split('\n').slice(0, -1);
      const events = lines.map((line): unknown => JSON.parse(line));
      event = events.find((one) => textAt(one, 'userAgent')?.split('/')[0] === client);
      return Promise.resolve(event !== undefined);
    });
    assert.ok(event !== undefined, `${client} did not ask for /api`);
    return { user: at(event, 'user'), impersonated: at(event, 'impersonatedUser'), status: statusOf(event) };
  }

  async function compare(path: string, flags: readonly string[]): Promise<Identity> {
    const theirs = await seen('kubectl', () => plane.kubectl('get', '--raw=/api', `--kubeconfig=${path}`, ...flags));
    const env = { PATH: '/usr/bin:/bin', KUBECONFIG: path };
    const ours = await seen('kubectl-palette-audit', () => runCli(['rbac', ...flags], { env }));
    assert.deepEqual(ours, theirs);
    return ours;
  }

  const ROBOT = 'system:serviceaccount:default:robot';

  const cases: readonly Case[] = [
    { name: 'a client certificate', user: () => admin, expected: { user: 'admin' } },
    {
      name: 'a client certificate of a user in groups',
      user: async () => userOf(await plane.clientFor({ user: 'jürgen@example.com', groups: ['dev', 'ops'] })),
      expected: { user: 'jürgen@example.com' },
    },
    { name: "a service account's token", user: () => ({ token }), expected: { user: ROBOT } },
    {
      name: "a service account's token in a file",
      user: () => ({ tokenFile: write('robot/token', `${token}\n`) }),
      expected: { user: ROBOT },
    },
    {
      name: 'a token that the server does not know',
      user: () => ({ token: 'x' }),
      expected: { user: '', status: 401 },
    },
    {
      name: 'a credential plugin that gives a token',
      user: () => plugin(answers({ token })),
      expected: { user: ROBOT },
    },
    {
      name: 'a credential plugin that gives a client certificate',
      user: () => plugin(answers({ clientCertificateData: pem('certificate'), clientKeyData: pem('key') })),
      expected: { user: 'admin' },
    },
    {
      name: 'impersonation of a user with UID, groups and extra fields',
      user: () => ({
        ...admin,
        as: 'jürgen',
        'as-uid': '7',
        'as-groups': ['dev', 'ops'],
        'as-user-extra': { scope: ['view', 'edit'], 'example.com/team': ['a'] },
      }),
      expected: {
        user: 'admin',
        status: 200,
        impersonated: {
          username: 'jürgen',
          uid: '7',
          groups: ['dev', 'ops', 'system:authenticated'],
          extra: { scope: ['view', 'edit'], 'example.com/team': ['a'] },
        },
      },
    },
    {
      name: 'impersonation by flags',
      user: () => admin,
      flags: ['--as=jane', '--as-group=dev', '--as-group=ops', '--as-uid=9'],
      expected: {
        user: 'admin',
        impersonated: { username: 'jane', uid: '9', groups: ['dev', 'ops', 'system:authenticated'] },
      },
    },
    {
      name: 'impersonation by one who may not',
      user: () => ({ token }),
      flags: ['--as=jane'],
      expected: { user: ROBOT, status: 403 },
    },
  ];

  function plugin(script: string): User {
    const command = write('plugin.sh', `#!/bin/sh\n${script}\n`, 0o755);
    return { exec: { apiVersion: EXEC_V1, command, interactiveMode: 'Never' } };
  }

  function pem(part: 'certificate' | 'key'): string {
    return Buffer.from(textAt(admin, `client-${part}-data`) ?? '', 'base64').toString('utf8');
  }

  for (const { name, user, flags = [], expected } of cases) {
    it(name, async () => {
      const found = await compare(kubeconfig(await user()), flags);
      assert.equal(textAt(found.user, 'username') ?? '', expected.user);
      assert.equal(found.status, expected.status ?? 200);
      if (expected.impersonated !== undefined) assert.deepEqual(found.impersonated, expected.impersonated);
    });
  }

  for (const [scheme, startProxy] of [
    ['http', startHttpProxy],
    ['socks5', startSocksProxy],
  ] as const) {
    it(`a token through a proxy of ${scheme}`, async () => {
      const proxy = await startProxy({ to: Number(new URL(plane.url).port) });
      try {
        const found = await compare(kubeconfig({ token }, { 'proxy-url': proxy.url }), []);
        assert.equal(textAt(found.user, 'username'), ROBOT);
        assert.ok(proxy.asked.length > 0);
      } finally {
        await proxy.stop();
      }
    });
  }

  it('a pod, as kubectl with its token', async () => {
    const theirs = await seen('kubectl', () =>
      plane.kubectl('get', '--raw=/api', `--kubeconfig=${kubeconfig({ token })}`),
    );
    write('pod/token', `${token}\n`);
    write('pod/ca.crt', readFileSync(join(plane.folder, 'ca.crt'), 'utf8'));
    const { hostname, port } = new URL(plane.url);
    const { ports } = portsFor({ KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port });
    const pod = { ...ports, limits: {}, serviceAccount: join(plane.folder, 'pod') };
    const ours = await seen('kubectl-palette-audit', () => openCluster(optionsFor(undefined), pod));
    assert.deepEqual(ours, theirs);
  });
});

function statusOf(event: unknown): unknown {
  return at(event, 'responseStatus', 'code');
}

/** The only user of a kubeconfig. */
function userOf(path: string): User {
  const config: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return Object.assign({}, at(listAt(config, 'users')[0], 'user'));
}
