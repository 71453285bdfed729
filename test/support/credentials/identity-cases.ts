import { anonymous, withToken } from './case.ts';
import type { CredentialCase } from './case.ts';
import { base64, trusted, using } from './kubeconfigs.ts';

const JANE = 'CN=jane,O=dev,O=ops';

/** As whom one comes: tokens, certificates, passwords, impersonation. */
export const IDENTITY_CASES: readonly CredentialCase[] = [
  {
    name: 'a token',
    setting: (world) => ({ env: using(world, { user: { token: 't' } }) }),
    outcome: { kind: 'same', caller: withToken('t') },
  },
  {
    name: 'a tokenFile beside the kubeconfig, trimmed',
    setting: (world) => {
      world.write('kubeconfigs/secret/token', 'from-file\n');
      return { env: using(world, { user: { tokenFile: 'secret/token' } }) };
    },
    outcome: { kind: 'same', caller: withToken('from-file') },
  },
  {
    name: 'a tokenFile before a token',
    setting: (world) => ({
      env: using(world, { user: { token: 'inline', tokenFile: world.write('token', 'from-file') } }),
    }),
    outcome: { kind: 'same', caller: withToken('from-file'), warns: /has a token and a tokenFile: the file counts/ },
  },
  {
    name: 'a token where the tokenFile is missing',
    setting: (world) => ({ env: using(world, { user: { token: 'inline', tokenFile: 'nowhere' } }) }),
    outcome: { kind: 'same', caller: withToken('inline') },
  },
  {
    name: 'a tokenFile that is missing',
    setting: (world) => ({ env: using(world, { user: { tokenFile: 'nowhere' } }) }),
    outcome: {
      kind: 'refused',
      says: /User u of .*config: its tokenFile .*nowhere cannot be read: there is no such file/,
    },
  },
  {
    name: 'an empty tokenFile',
    setting: (world) => ({ env: using(world, { user: { tokenFile: world.write('token', '\n') } }) }),
    outcome: { kind: 'refused', says: /its tokenFile .* is empty/ },
  },
  {
    name: '--token before a token',
    setting: (world) => ({ env: using(world, { user: { token: 'old' } }), flags: ['--token=new'] }),
    outcome: { kind: 'same', caller: withToken('new') },
  },
  {
    name: 'a tokenFile even before --token',
    setting: (world) => ({
      env: using(world, { user: { tokenFile: world.write('token', 'from-file') } }),
      flags: ['--token=new'],
    }),
    outcome: { kind: 'same', caller: withToken('from-file'), warns: /the file counts/ },
  },
  {
    name: 'a token with a line break',
    setting: (world) => ({ env: using(world, { user: { token: 'CANARY\nCANARY' } }) }),
    outcome: { kind: 'refused', says: /The token of User u of .* has a line break or control character/ },
  },
  {
    name: 'a token that is a number',
    setting: (world) => ({ env: using(world, { user: { token: 12_345 } }) }),
    outcome: { kind: 'refused', says: /cannot be read as a kubeconfig: its token is not a text/ },
  },
  {
    name: 'a client certificate as data',
    setting: (world) => ({
      env: using(world, {
        user: {
          'client-certificate-data': base64(world.jane.certificate),
          'client-key-data': base64(world.jane.key),
        },
      }),
    }),
    outcome: { kind: 'same', caller: { certificate: JANE } },
  },
  {
    name: 'a client certificate in files beside the kubeconfig',
    setting: (world) => {
      world.write('kubeconfigs/jane.crt', world.jane.certificate);
      world.write('kubeconfigs/jane.key', world.jane.key);
      return { env: using(world, { user: { 'client-certificate': 'jane.crt', 'client-key': './jane.key' } }) };
    },
    outcome: { kind: 'same', caller: { certificate: JANE } },
  },
  {
    name: 'a client certificate of flags before that of the kubeconfig',
    setting: (world) => ({
      env: using(world, {
        user: { 'client-certificate-data': base64(world.joe.certificate), 'client-key-data': base64(world.joe.key) },
      }),
      flags: [
        `--client-certificate=${world.write('jane.crt', world.jane.certificate)}`,
        `--client-key=${world.write('jane.key', world.jane.key)}`,
      ],
    }),
    outcome: { kind: 'same', caller: { certificate: JANE } },
  },
  {
    name: 'a client certificate and a token together',
    setting: (world) => ({
      env: using(world, {
        user: {
          token: 't',
          'client-certificate-data': base64(world.joe.certificate),
          'client-key-data': base64(world.joe.key),
        },
      }),
    }),
    outcome: { kind: 'same', caller: { certificate: 'CN=joe', ...withToken('t') } },
  },
  {
    name: 'a client certificate without a key',
    setting: (world) => ({
      env: using(world, { user: { 'client-certificate-data': base64(world.jane.certificate) } }),
    }),
    outcome: { kind: 'refused', says: /User u of .*config has a client certificate and no client key/ },
  },
  {
    name: 'a client key that is not its own',
    setting: (world) => ({
      env: using(world, {
        user: { 'client-certificate-data': base64(world.jane.certificate), 'client-key-data': base64(world.joe.key) },
      }),
    }),
    outcome: { kind: 'refused', says: /its client-certificate and client-key cannot be used together/ },
  },
  {
    name: 'a client certificate both as data and as a file',
    setting: (world) => ({
      env: using(world, {
        user: {
          'client-certificate': world.write('jane.crt', world.jane.certificate),
          'client-certificate-data': base64(world.jane.certificate),
          'client-key-data': base64(world.jane.key),
        },
      }),
    }),
    outcome: { kind: 'refused', says: /has both client-certificate and client-certificate-data/ },
  },
  {
    name: 'a client certificate whose file is missing',
    setting: (world) => ({
      env: using(world, { user: { 'client-certificate': 'no.crt', 'client-key-data': base64(world.jane.key) } }),
    }),
    outcome: { kind: 'refused', says: /its client-certificate .*no\.crt cannot be read: there is no such file/ },
  },
  {
    name: 'a user name and password',
    setting: (world) => ({ env: using(world, { user: { username: 'ann', password: 'pä:ss' } }) }),
    outcome: { kind: 'same', caller: { authorization: [`Basic ${base64('ann:pä:ss')}`] } },
  },
  {
    name: 'a password and a token',
    setting: (world) => ({ env: using(world, { user: { username: 'ann', password: 'CANARY', token: 'CANARY' } }) }),
    outcome: { kind: 'refused', says: /has both token and username or password/ },
  },
  {
    name: 'a context without a user',
    setting: (world) => ({ env: using(world, { userName: null }) }),
    outcome: { kind: 'further', caller: anonymous },
  },
  {
    name: 'a context whose user is not there',
    setting: (world) => ({ env: using(world, { userName: 'v' }) }),
    outcome: { kind: 'refused', says: /There is no user v in .*config\n/ },
  },
  {
    name: 'impersonation in the kubeconfig: user, UID, repeated groups, extra fields',
    setting: (world) => ({
      env: using(world, {
        user: {
          token: 't',
          as: 'jürgen',
          'as-uid': '7',
          'as-groups': ['dev', 'ops', 'tëam'],
          'as-user-extra': { scope: ['view', 'edit'], 'example.com/%(a)': ['x'] },
        },
      }),
    }),
    outcome: {
      kind: 'same',
      caller: {
        ...withToken('t'),
        impersonation: {
          'impersonate-extra-example.com%2f%25%28a%29': ['x'],
          'impersonate-extra-scope': ['view', 'edit'],
          'impersonate-group': ['dev', 'ops', Buffer.from('tëam').toString('latin1')],
          'impersonate-uid': ['7'],
          'impersonate-user': [Buffer.from('jürgen').toString('latin1')],
        },
      },
    },
  },
  {
    name: 'impersonation by flags before that of the kubeconfig',
    setting: (world) => ({
      env: using(world, {
        user: { token: 't', as: 'old', 'as-groups': ['old'], 'as-user-extra': { scope: ['kept'] } },
      }),
      flags: ['--as=jane', '--as-group=dev', '--as-group=ops', '--as-uid=9'],
    }),
    outcome: {
      kind: 'same',
      caller: {
        ...withToken('t'),
        impersonation: {
          'impersonate-extra-scope': ['kept'],
          'impersonate-group': ['dev', 'ops'],
          'impersonate-uid': ['9'],
          'impersonate-user': ['jane'],
        },
      },
    },
  },
  {
    name: 'impersonation of a group without a user',
    setting: (world) => ({ env: using(world), flags: ['--as-group=dev'] }),
    outcome: { kind: 'refused', says: /is to impersonate groups, a UID or extra fields, but no user/ },
  },
  {
    name: 'an OIDC token that is still good',
    setting: (world) => ({ env: using(world, { user: oidc(4_000_000_000) }) }),
    outcome: { kind: 'same', caller: withToken(idToken(4_000_000_000)) },
  },
  {
    name: 'an OIDC token that has expired',
    setting: (world) => ({ env: using(world, { user: oidc(1000) }) }),
    outcome: { kind: 'refused', says: /the id-token of its auth-provider is missing or has expired/ },
  },
  {
    name: 'an auth-provider that kubectl has given up',
    setting: (world) => ({ env: using(world, { user: { 'auth-provider': { name: 'gcp', config: {} } } }) }),
    outcome: { kind: 'refused', says: /its auth-provider is not supported, only oidc is/ },
  },
  {
    name: 'a login over http: none is sent, but impersonation is',
    setting: (world) => ({
      env: using(world, { cluster: { server: world.http.url }, user: { token: 'CANARY', as: 'jane' } }),
    }),
    outcome: {
      kind: 'same',
      caller: { impersonation: { 'impersonate-user': ['jane'] } },
      sight: { server: 'http' },
      warns: /The server is http:\/\/: no credentials are sent/,
    },
  },
  {
    name: 'a password over http: none is sent',
    setting: (world) => ({
      env: using(world, { cluster: { server: world.http.url }, user: { username: 'ann', password: 'CANARY' } }),
    }),
    outcome: { kind: 'same', caller: anonymous, sight: { server: 'http' } },
  },
  {
    name: '--user that names another entry',
    setting: (world) => ({
      env: using(world, { user: { token: 't' }, userName: null, cluster: trusted(world) }),
      flags: ['--user=u'],
    }),
    outcome: { kind: 'same', caller: withToken('t') },
  },
];

function jwtPart(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** A JWT without a true signature, good until `expires` (seconds since the epoch). */
function idToken(expires: number): string {
  return `${jwtPart({ alg: 'none' })}.${jwtPart({ exp: expires })}.c2ln`;
}

function oidc(expires: number): { readonly 'auth-provider': unknown } {
  const config = {
    'idp-issuer-url': 'https://issuer.invalid',
    'client-id': 'kubernetes',
    'id-token': idToken(expires),
  };
  return { 'auth-provider': { name: 'oidc', config } };
}
