import { symlinkSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { withToken } from './case.ts';
import type { CredentialCase } from './case.ts';
import { kubeconfigText, trusted, using } from './kubeconfigs.ts';
import type { CredentialWorld } from './world.ts';

function several(...paths: readonly string[]): { readonly KUBECONFIG: string } {
  return { KUBECONFIG: paths.join(delimiter) };
}

/** A kubeconfig whose user has this token. */
function tokenFile(world: CredentialWorld, name: string, token: string, context = 'one'): string {
  return world.write(name, kubeconfigText(world, { user: { token }, context }));
}

/** A link to itself in the world's folder. */
function loop(world: CredentialWorld): string {
  const path = join(world.folder, 'loop');
  try {
    symlinkSync(path, path);
  } catch {
    // It is there from the run before.
  }
  return path;
}

/** A kubeconfig whose context names a cluster that it has not. */
const orphan = JSON.stringify({
  'current-context': 'one',
  contexts: [{ name: 'one', context: { cluster: 'gone' } }],
});

/** Which kubeconfig counts, and which entries of it. */
export const FILE_CASES: readonly CredentialCase[] = [
  {
    name: 'several files: a missing one is skipped, the first with a name wins',
    setting: (world) => ({
      env: several(join(world.folder, 'missing'), tokenFile(world, 'a', 'first'), tokenFile(world, 'b', 'second')),
    }),
    outcome: { kind: 'same', caller: withToken('first') },
  },
  {
    name: 'several files: the first current context wins, entries of all count',
    setting: (world) => ({
      env: several(
        world.write('a', 'apiVersion: v1\nkind: Config\ncurrent-context: two\n'),
        tokenFile(world, 'b', 'second', 'two'),
      ),
    }),
    outcome: { kind: 'same', caller: withToken('second') },
  },
  {
    name: 'several files: --context takes one of any',
    setting: (world) => ({
      env: several(
        tokenFile(world, 'a', 'first'),
        world.write(
          'b',
          JSON.stringify({
            contexts: [{ name: 'two', context: { cluster: 'c', user: 'v' } }],
            users: [{ name: 'v', user: { token: 'other' } }],
          }),
        ),
      ),
      flags: ['--context=two'],
    }),
    outcome: { kind: 'same', caller: withToken('other') },
  },
  {
    name: 'several files: one that is no YAML spoils all',
    setting: (world) => ({ env: several(tokenFile(world, 'a', 'first'), world.write('b', 'token: [CANARY')) }),
    outcome: { kind: 'refused', says: /\/b cannot be read as a kubeconfig: not YAML/ },
  },
  {
    name: 'an empty file beside a good one',
    setting: (world) => ({ env: several(world.write('a', ''), tokenFile(world, 'b', 'second')) }),
    outcome: { kind: 'same', caller: withToken('second') },
  },
  {
    name: 'two entries of one name in one file',
    setting: (world) => {
      const config: unknown = JSON.parse(kubeconfigText(world));
      const users = [1, 2].map((token) => ({ name: 'u', user: { token: `t${token}` } }));
      return { env: { KUBECONFIG: world.write('a', JSON.stringify(Object.assign({}, config, { users }))) } };
    },
    outcome: { kind: 'refused', says: /\/a cannot be read as a kubeconfig: its users have two entries named u/ },
  },
  {
    name: 'a relative path',
    setting: (world) => ({ env: several(relative(process.cwd(), tokenFile(world, 'a', 'near'))) }),
    outcome: { kind: 'same', caller: withToken('near') },
  },
  {
    name: '--kubeconfig before KUBECONFIG',
    setting: (world) => ({
      env: several(tokenFile(world, 'a', 'first')),
      flags: [`--kubeconfig=${tokenFile(world, 'b', 'second')}`],
    }),
    outcome: { kind: 'same', caller: withToken('second') },
  },
  {
    name: '--kubeconfig that is missing',
    setting: (world) => ({ env: using(world), flags: [`--kubeconfig=${join(world.folder, 'missing')}`] }),
    outcome: { kind: 'refused', says: /The kubeconfig .*missing cannot be read: there is no such file/ },
  },
  {
    name: 'the one in the home folder',
    setting: (world) => {
      tokenFile(world, 'elsewhere/.kube/config', 'home');
      return { env: { HOME: join(world.folder, 'elsewhere') } };
    },
    outcome: { kind: 'same', caller: withToken('home') },
  },
  {
    name: 'none at all',
    setting: () => ({}),
    outcome: { kind: 'refused', says: /No kubeconfig was found/ },
  },
  {
    name: 'none at all, but --server and what it needs',
    setting: (world) => ({
      flags: [
        `--server=${world.https.url}`,
        `--certificate-authority=${world.write('ca.crt', world.authority)}`,
        '--token=t',
      ],
    }),
    outcome: { kind: 'same', caller: withToken('t') },
  },
  {
    name: 'a file that links to itself',
    setting: (world) => ({ env: { KUBECONFIG: loop(world) } }),
    outcome: { kind: 'refused', says: /The kubeconfig .*loop cannot be read: ELOOP/ },
  },
  {
    name: 'a folder',
    setting: (world) => ({ env: { KUBECONFIG: world.folder } }),
    outcome: { kind: 'refused', says: /The kubeconfig .* cannot be read: EISDIR/ },
  },
  {
    name: 'a binary file',
    setting: (world) => ({ env: { KUBECONFIG: world.write('a', '\0\u0001CANARY') } }),
    outcome: { kind: 'refused', says: /\/a cannot be read as a kubeconfig: not YAML: it is binary/ },
  },
  {
    name: 'a user into whom a map is merged',
    setting: (world) => {
      const text = kubeconfigText(world, { user: { token: 'merged' } });
      const merged = text
        .replace('{', '{"more": &more {"token": "merged"},')
        .replace('"token":"merged"}', '<<: *more }');
      return { env: { KUBECONFIG: world.write('a', merged) } };
    },
    outcome: { kind: 'same', caller: withToken('merged') },
  },
  {
    name: 'a list',
    setting: (world) => ({ env: { KUBECONFIG: world.write('a', '- CANARY\n') } }),
    outcome: { kind: 'refused', says: /\/a cannot be read as a kubeconfig: it holds no fields/ },
  },
  {
    name: 'no current context',
    setting: (world) => ({ env: using(world, { current: '' }) }),
    outcome: { kind: 'refused', says: /There is no current-context in .*config[^]*one/ },
  },
  {
    name: 'a current context that is not there',
    setting: (world) => ({ env: using(world, { current: 'onr' }) }),
    outcome: { kind: 'refused', says: /There is no context onr in .*config[^]*one/ },
  },
  {
    name: '--context that is not there',
    setting: (world) => ({ env: using(world), flags: ['--context=onr'] }),
    outcome: { kind: 'refused', says: /There is no context onr in .*config[^]*one/ },
  },
  {
    name: '--cluster that is not there',
    setting: (world) => ({ env: using(world), flags: ['--cluster=d'] }),
    outcome: { kind: 'refused', says: /There is no cluster d in .*config\n/ },
  },
  {
    name: '--user that is not there',
    setting: (world) => ({ env: using(world), flags: ['--user=v'] }),
    outcome: { kind: 'refused', says: /There is no user v in .*config\n/ },
  },
  {
    name: 'an empty file alone',
    setting: (world) => ({ env: { KUBECONFIG: world.write('a', '') } }),
    outcome: { kind: 'refused', says: /There is no context in .*\/a\n/ },
  },
  {
    name: 'a context whose cluster is not there',
    setting: (world) => ({ env: { KUBECONFIG: world.write('a', orphan) } }),
    outcome: { kind: 'refused', says: /There is no cluster gone in .*\/a\n/ },
  },
  {
    name: 'a context whose cluster is not there, and --server',
    setting: (world) => ({
      env: { KUBECONFIG: world.write('a', orphan) },
      flags: [
        `--server=${world.https.url}`,
        `--certificate-authority=${world.write('ca.crt', world.authority)}`,
        '--token=t',
      ],
    }),
    outcome: { kind: 'same', caller: withToken('t') },
  },
  ...['user', 'exec', 'auth-provider', 'as-user-extra'].map((field): CredentialCase => ({
    name: `${field} that is a text`,
    setting: (world) => {
      const config: unknown = JSON.parse(kubeconfigText(world));
      const user = field === 'user' ? 'CANARY' : { [field]: 'CANARY' };
      const users = [{ name: 'u', user }];
      return { env: { KUBECONFIG: world.write('a', JSON.stringify(Object.assign({}, config, { users }))) } };
    },
    outcome: { kind: 'refused', says: /\/a cannot be read as a kubeconfig: its .* holds no fields/ },
  })),
  {
    name: 'a cluster without a server',
    setting: (world) => ({ env: using(world, { cluster: { 'insecure-skip-tls-verify': true } }) }),
    outcome: { kind: 'refused', says: /Cluster c of .*config has no server/ },
  },
  {
    name: 'a cluster without a server, and --server',
    setting: (world) => ({
      env: using(world, { cluster: { 'insecure-skip-tls-verify': true } }),
      flags: [`--server=${world.https.url}`, `--certificate-authority=${world.write('ca.crt', world.authority)}`],
    }),
    outcome: { kind: 'same', caller: withToken('t') },
  },
  {
    name: 'insecure-skip-tls-verify that is a text',
    setting: (world) => ({ env: using(world, { cluster: trusted(world, { 'insecure-skip-tls-verify': 'true' }) }) }),
    outcome: { kind: 'refused', says: /its insecure-skip-tls-verify is neither true nor false/ },
  },
  {
    name: 'groups that are a text',
    setting: (world) => ({ env: using(world, { user: { as: 'jane', 'as-groups': 'dev' } }) }),
    outcome: { kind: 'refused', says: /its as-groups is not a list/ },
  },
  {
    name: '--request-timeout that is none',
    setting: (world) => ({ env: using(world), flags: ['--request-timeout=5x'] }),
    outcome: { kind: 'refused', says: /--request-timeout "5x" is no duration/ },
  },
  {
    name: '--request-timeout in seconds',
    setting: (world) => ({ env: using(world), flags: ['--request-timeout=7'] }),
    outcome: { kind: 'same', caller: withToken('t') },
  },
];
