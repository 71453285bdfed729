import { join } from 'node:path';
import { withToken } from './case.ts';
import type { CredentialCase } from './case.ts';
import { EXEC_V1, EXEC_V1BETA1, answers, base64, plugin, trusted, using } from './kubeconfigs.ts';
import type { CredentialWorld, Setting } from './world.ts';

const GIVEN = answers({ token: 'given' });
const ONCE = { pluginRuns: 1 };

/** What the plugin is told, kept for the test. */
function keepInfo(world: CredentialWorld): string {
  return `printf '%s' "$KUBERNETES_EXEC_INFO" > "${world.folder}/info.json"`;
}

/** A user whose plugin gives a token, with the kuberc of this text in a home of its own. */
function withKuberc(world: CredentialWorld, kuberc: string, command = './plugin.sh'): Setting {
  world.write('ruled/.kube/kuberc', kuberc);
  const env = using(world, { user: plugin(world, GIVEN, { command }) });
  return {
    env: { ...env, HOME: join(world.folder, 'ruled'), PATH: `${join(world.folder, 'kubeconfigs')}:/usr/bin:/bin` },
  };
}

function preference(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ apiVersion: 'kubectl.config.k8s.io/v1beta1', kind: 'Preference', ...fields });
}

function allowing(...names: readonly string[]): string {
  return preference({
    credentialPluginPolicy: 'Allowlist',
    credentialPluginAllowlist: names.map((name) => ({ name })),
  });
}

const REFUSED_BY_RULE = /credentialPluginPolicy of .*kuberc is Allowlist: credential plugin .*plugin\.sh is not run/;

/** Credentials by plugins, and which plugins may run. */
export const PLUGIN_CASES: readonly CredentialCase[] = [
  {
    name: 'a plugin beside the kubeconfig, told who asks',
    setting: (world) => ({ env: using(world, { user: plugin(world, `${keepInfo(world)}\n${GIVEN}`) }) }),
    outcome: {
      kind: 'same',
      caller: withToken('given'),
      sight: {
        ...ONCE,
        pluginInfo: { kind: 'ExecCredential', apiVersion: EXEC_V1, spec: { interactive: false } },
      },
    },
  },
  {
    name: 'a plugin of v1beta1, without interactiveMode',
    setting: (world) => ({
      env: using(world, {
        user: plugin(world, `${keepInfo(world)}\n${answers({ token: 'beta' }, EXEC_V1BETA1)}`, {
          apiVersion: EXEC_V1BETA1,
          interactiveMode: undefined,
        }),
      }),
    }),
    outcome: { kind: 'same', caller: withToken('beta'), sight: ONCE },
  },
  {
    name: 'a plugin that is told of the cluster',
    setting: (world) => ({
      env: using(world, {
        cluster: {
          server: world.https.url,
          'certificate-authority': world.write('ca.crt', world.authority),
          'proxy-url': world.httpProxy.url,
          'tls-server-name': 'localhost',
          extensions: [
            {
              name: 'client.authentication.k8s.io/exec',
              extension: { audience: 'x', port: 7, deep: { list: [true] } },
            },
          ],
        },
        user: plugin(world, `${keepInfo(world)}\n${GIVEN}`, { provideClusterInfo: true }),
      }),
    }),
    outcome: { kind: 'same', caller: { ...withToken('given'), serverName: 'localhost' }, sight: ONCE },
  },
  {
    name: 'a plugin with arguments and variables',
    setting: (world) => ({
      env: {
        ...using(world, {
          user: plugin(
            world,
            `printf '{"status":{"token":"%s"},"kind":"ExecCredential","apiVersion":"${EXEC_V1}"}' "$1-$A-$B"`,
            {
              args: ['one'],
              env: [{ name: 'A', value: 'two' }],
            },
          ),
        }),
        A: 'outer',
        B: 'outer',
      },
    }),
    outcome: { kind: 'same', caller: withToken('one-two-outer'), sight: ONCE },
  },
  {
    name: 'a plugin in PATH, which its own variables do not change',
    setting: (world) => ({
      env: {
        ...using(world, {
          user: plugin(world, GIVEN, { command: 'plugin.sh', env: [{ name: 'PATH', value: '/usr/bin:/bin' }] }),
        }),
        PATH: `${join(world.folder, 'kubeconfigs')}:/usr/bin:/bin`,
      },
    }),
    outcome: { kind: 'same', caller: withToken('given'), sight: ONCE },
  },
  {
    name: 'a plugin that gives a client certificate',
    setting: (world) => ({
      env: using(world, {
        user: plugin(world, answers({ clientCertificateData: world.joe.certificate, clientKeyData: world.joe.key })),
      }),
    }),
    outcome: { kind: 'same', caller: { certificate: 'CN=joe' }, sight: ONCE },
  },
  {
    name: 'a plugin that gives a token which expires later',
    setting: (world) => ({
      env: using(world, {
        user: plugin(world, answers({ token: 'short', expirationTimestamp: '2099-01-01T00:00:00Z' })),
      }),
    }),
    outcome: { kind: 'same', caller: withToken('short'), sight: ONCE },
  },
  {
    name: 'a plugin beside a token: it is not run',
    setting: (world) => ({ env: using(world, { user: { ...plugin(world, GIVEN), token: 'own' } }) }),
    outcome: { kind: 'same', caller: withToken('own'), sight: { pluginRuns: 0 } },
  },
  {
    name: 'a plugin beside a client certificate: it is not run',
    setting: (world) => ({
      env: using(world, {
        user: {
          ...plugin(world, GIVEN),
          'client-certificate-data': base64(world.joe.certificate),
          'client-key-data': base64(world.joe.key),
        },
      }),
    }),
    outcome: { kind: 'same', caller: { certificate: 'CN=joe' }, sight: { pluginRuns: 0 } },
  },
  {
    name: 'a plugin for an http server: it is not run',
    setting: (world) => ({ env: using(world, { cluster: { server: world.http.url }, user: plugin(world, GIVEN) }) }),
    outcome: { kind: 'same', caller: {}, sight: { server: 'http', pluginRuns: 0 } },
  },
  {
    name: 'a plugin whose token is rejected once: it is run again, and the request, too',
    setting: (world) => ({
      env: using(world, {
        user: plugin(
          world,
          `printf '{"status":{"token":"t%s"},"kind":"ExecCredential","apiVersion":"${EXEC_V1}"}' "$(wc -c < "${world.folder}/runs" | tr -d ' ')"`,
        ),
      }),
      answer: () => (caller) => ({ status: caller.authorization[0] === 'Bearer t1' ? 401 : 200 }),
    }),
    outcome: { kind: 'further', caller: withToken('t1'), sight: { pluginRuns: 2 } },
  },
  {
    name: 'a plugin whose tokens are rejected: it is run twice, and its hint is told',
    setting: (world) => ({
      env: using(world, {
        user: plugin(world, answers({ token: 'CANARY' }), { installHint: 'ask the platform team' }),
      }),
      answer: () => () => ({ status: 401 }),
    }),
    outcome: {
      kind: 'refused',
      says: /does not accept the credentials: no, for User u of .*config in context one; its plugin's hint: ask the/,
    },
  },
  {
    name: 'a plugin that fails',
    setting: (world) => ({ env: using(world, { user: plugin(world, 'echo CANARY; exit 3') }) }),
    outcome: { kind: 'refused', says: /Credential plugin .*plugin\.sh of User u of .*config failed: it exited with 3/ },
  },
  {
    name: 'a plugin that talks',
    setting: (world) => ({ env: using(world, { user: plugin(world, 'echo CANARY {') }) }),
    outcome: { kind: 'refused', says: /failed: its output is not JSON/ },
  },
  {
    name: 'a plugin that answers in another version',
    setting: (world) => ({ env: using(world, { user: plugin(world, answers({ token: 'CANARY' }, EXEC_V1BETA1)) }) }),
    outcome: {
      kind: 'refused',
      says: /failed: it does not answer with apiVersion client\.authentication\.k8s\.io\/v1/,
    },
  },
  {
    name: 'a plugin that gives nothing',
    setting: (world) => ({ env: using(world, { user: plugin(world, answers({})) }) }),
    outcome: { kind: 'refused', says: /failed: it gave no credential/ },
  },
  {
    name: 'a plugin that gives half a certificate',
    setting: (world) => ({
      env: using(world, { user: plugin(world, answers({ clientCertificateData: 'CANARY' })) }),
    }),
    outcome: { kind: 'refused', says: /failed: it gave a certificate or a key, not both/ },
  },
  {
    name: 'a plugin that is not installed',
    setting: (world) => ({
      env: using(world, {
        user: plugin(world, '', { command: 'no-such-plugin', installHint: 'Run brew install it.' }),
      }),
    }),
    outcome: {
      kind: 'refused',
      says: /Credential plugin no-such-plugin of .* failed: there is no such program\nRun brew install it\./,
    },
  },
  {
    name: 'a plugin that needs a terminal',
    setting: (world) => ({ env: using(world, { user: plugin(world, GIVEN, { interactiveMode: 'Always' }) }) }),
    outcome: { kind: 'refused', says: /failed: it needs a terminal to ask on/ },
  },
  {
    name: 'a plugin of v1 without interactiveMode',
    setting: (world) => ({ env: using(world, { user: plugin(world, GIVEN, { interactiveMode: undefined }) }) }),
    outcome: { kind: 'refused', says: /User u of .*config .*its exec\.interactiveMode is none of Never/ },
  },
  {
    name: 'a plugin of v1alpha1',
    setting: (world) => ({
      env: using(world, { user: plugin(world, GIVEN, { apiVersion: 'client.authentication.k8s.io/v1alpha1' }) }),
    }),
    outcome: { kind: 'refused', says: /its exec\.apiVersion is none of client\.authentication\.k8s\.io\/v1, / },
  },
  {
    name: 'a plugin without a command',
    setting: (world) => ({ env: using(world, { user: plugin(world, GIVEN, { command: '' }) }) }),
    outcome: { kind: 'refused', says: /its exec plugin has no command/ },
  },
  {
    name: 'a plugin with an argument that is a number',
    setting: (world) => ({ env: using(world, { user: plugin(world, GIVEN, { args: ['-p', 1] }) }) }),
    outcome: { kind: 'refused', says: /its exec\.args is not a text/ },
  },
  {
    name: 'a plugin with arguments that are a text',
    setting: (world) => ({ env: using(world, { user: plugin(world, GIVEN, { args: 'get-token' }) }) }),
    outcome: { kind: 'refused', says: /its exec\.args is not a list/ },
  },
  {
    name: 'a plugin and an auth-provider',
    setting: (world) => ({
      env: using(world, { user: { ...plugin(world, GIVEN), 'auth-provider': { name: 'oidc' } } }),
    }),
    outcome: { kind: 'refused', says: /has both exec and auth-provider/ },
  },
  {
    name: 'a kuberc that allows all plugins',
    setting: (world) => withKuberc(world, preference({ credentialPluginPolicy: 'AllowAll' })),
    outcome: { kind: 'same', caller: withToken('given'), sight: ONCE },
  },
  {
    name: 'a kuberc that allows none',
    setting: (world) => withKuberc(world, preference({ credentialPluginPolicy: 'DenyAll' })),
    outcome: {
      kind: 'refused',
      says: /credentialPluginPolicy of .*kuberc is DenyAll: credential plugin .* is not run/,
    },
  },
  {
    name: 'a kuberc that allows none, for one with a token of its own',
    setting: (world) => ({
      ...withKuberc(world, preference({ credentialPluginPolicy: 'DenyAll' })),
      flags: ['--token=own'],
    }),
    outcome: { kind: 'same', caller: withToken('own'), sight: { pluginRuns: 0 } },
  },
  {
    name: 'a kuberc that lists the plugin by its name',
    setting: (world) => withKuberc(world, allowing('other', 'plugin.sh')),
    outcome: { kind: 'same', caller: withToken('given'), sight: ONCE },
  },
  {
    name: 'a kuberc that lists by its path a plugin found in PATH',
    setting: (world) => withKuberc(world, allowing(join(world.folder, 'kubeconfigs/plugin.sh')), 'plugin.sh'),
    outcome: { kind: 'same', caller: withToken('given'), sight: ONCE },
  },
  {
    name: 'a kuberc that lists others',
    setting: (world) => withKuberc(world, allowing('other', '/usr/bin/plugin.sh')),
    outcome: { kind: 'refused', says: REFUSED_BY_RULE },
  },
  {
    name: 'a kuberc that lists a path which is not plain',
    setting: (world) => withKuberc(world, allowing('./plugin.sh')),
    outcome: {
      kind: 'refused',
      says: /credentialPluginAllowlist of .*kuberc is empty, or has an entry without a plain name/,
    },
  },
  {
    name: 'a kuberc that lists nothing',
    setting: (world) => withKuberc(world, allowing()),
    outcome: { kind: 'refused', says: /credentialPluginAllowlist of .*kuberc is empty/ },
  },
  {
    name: 'a kuberc with a policy that nobody knows',
    setting: (world) => withKuberc(world, preference({ credentialPluginPolicy: 'DenyALL' })),
    outcome: { kind: 'refused', says: /credentialPluginPolicy of .*kuberc is none of AllowAll, DenyAll, Allowlist/ },
  },
  {
    name: 'a kuberc with a list that its policy does not use',
    setting: (world) => withKuberc(world, preference({ credentialPluginAllowlist: [{ name: 'plugin.sh' }] })),
    outcome: { kind: 'refused', says: /kuberc is AllowAll, but there is a credentialPluginAllowlist/ },
  },
  {
    name: 'a kuberc that is switched off',
    setting: (world) => {
      const setting = withKuberc(world, preference({ credentialPluginPolicy: 'DenyAll' }));
      return { env: { ...setting.env, KUBERC: 'off' } };
    },
    outcome: { kind: 'same', caller: withToken('given'), sight: ONCE },
  },
  {
    name: 'a kuberc that KUBERC names, whose first usable document counts',
    setting: (world) => {
      const setting = withKuberc(world, '');
      const text = `kind: Other\napiVersion: v1\n---\n${preference({ credentialPluginPolicy: 'DenyAll' })}\n`;
      return { env: { ...setting.env, KUBERC: world.write('kuberc', text) } };
    },
    outcome: { kind: 'refused', says: /credentialPluginPolicy of .*kuberc is DenyAll/ },
  },
  {
    name: 'a kuberc that KUBERC names and that is missing',
    setting: (world) => {
      const setting = withKuberc(world, '');
      return { env: { ...setting.env, KUBERC: join(world.folder, 'missing') } };
    },
    outcome: { kind: 'refused', says: /missing \(KUBERC\) cannot be used: ENOENT/ },
  },
  {
    name: 'a kuberc in the home folder that is no YAML: it is ignored',
    setting: (world) => withKuberc(world, 'kind: [CANARY'),
    outcome: {
      kind: 'same',
      caller: withToken('given'),
      sight: ONCE,
      warns: /kuberc is ignored, as kubectl ignores it/,
    },
  },
  {
    name: 'a kuberc of v1alpha1, which knows no policy',
    setting: (world) =>
      withKuberc(
        world,
        preference({ apiVersion: 'kubectl.config.k8s.io/v1alpha1', credentialPluginPolicy: 'DenyAll' }),
      ),
    outcome: { kind: 'same', caller: withToken('given'), sight: ONCE },
  },
  {
    name: 'tls-server-name beside a plugin',
    setting: (world) => ({
      env: using(world, {
        cluster: trusted(world, { 'tls-server-name': 'localhost' }),
        user: plugin(world, GIVEN),
      }),
    }),
    outcome: { kind: 'same', caller: { ...withToken('given'), serverName: 'localhost' }, sight: ONCE },
  },
];
