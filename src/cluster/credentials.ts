import { authProviderToken } from './auth-provider.ts';
import { bearer, bearerToken } from './bearer-token.ts';
import { entryText } from './check-entries.ts';
import type { Target } from './choose-context.ts';
import { runExecPlugin } from './exec-plugin.ts';
import { isRecord, textAt } from './json.ts';
import type { UserEntry } from './kubeconfig.ts';
import { DEFAULT_LIMITS } from './options.ts';
import type { ClusterPorts } from './options.ts';
import { errorText, plainText } from './plain-text.ts';
import { readClientCertificate } from './tls-files.ts';

/** What a request carries: its Authorization header and the client certificate of the connection. */
export interface Credentials {
  readonly authorization: string | undefined;
  readonly certificate: string | Buffer | undefined;
  readonly key: string | Buffer | undefined;
  /** When they must be had anew, in milliseconds since the epoch; Infinity when they need not. */
  readonly staleAt: number;
}

/** Gives credentials, renews them when they expire and, once in a run, when the server rejected them. */
export interface CredentialSource {
  readonly current: () => Promise<Credentials>;
  /** Resolves with whether other credentials than `rejected` are now there. */
  readonly refresh: (rejected: Credentials) => Promise<boolean>;
  /** Who they make of us, for an error: user, context, and what the plugin hints at. */
  readonly who: string;
}

const NONE: Credentials = { authorization: undefined, certificate: undefined, key: undefined, staleAt: Infinity };

async function ownCredentials(user: UserEntry, ports: ClusterPorts): Promise<Credentials> {
  const token = await bearerToken(user);
  const tokenFileMs = ports.limits?.tokenFileMs ?? DEFAULT_LIMITS.tokenFileMs;
  const login = Buffer.from(`${user.username ?? ''}:${user.password ?? ''}`).toString('base64');
  const basic = user.username === undefined ? undefined : `Basic ${login}`;
  return {
    ...NONE,
    ...(await readClientCertificate(user)),
    authorization: token === undefined ? basic : bearer(token, user),
    staleAt: user.tokenFile === undefined ? Infinity : ports.now() + tokenFileMs,
  };
}

/** What has expired when it comes is used until the server rejects it: run anew for each request, it would not help. */
async function pluginCredentials(target: Target, ports: ClusterPorts): Promise<Credentials> {
  const { token, certificate, key, expiresAt = Infinity } = await runExecPlugin(target, ports);
  return {
    authorization: token === undefined ? undefined : bearer(token, target.user),
    certificate,
    key,
    staleAt: expiresAt > ports.now() ? expiresAt : Infinity,
  };
}

/** A plugin is only asked where the user brings nothing itself. Source: client-go, exec.go, UpdateTransportConfig. */
async function read(target: Target, ports: ClusterPorts): Promise<Credentials> {
  const { user } = target;
  const own = await ownCredentials(user, ports);
  if (own.authorization === undefined && isRecord(user.authProvider)) {
    return { ...own, authorization: bearer(authProviderToken(user, ports.now()), user) };
  }
  const needsPlugin = own.authorization === undefined && own.certificate === undefined && isRecord(user.exec);
  return needsPlugin ? pluginCredentials(target, ports) : own;
}

function hasAny({ certData, certFile, token, tokenFile, username, exec, authProvider }: UserEntry): boolean {
  return [certData, certFile, token, tokenFile, username, exec, authProvider].some((field) => field !== undefined);
}

function sameText(a: string | Buffer | undefined, b: string | Buffer | undefined): boolean {
  return String(a ?? '') === String(b ?? '');
}

function same(a: Credentials, b: Credentials): boolean {
  return a.authorization === b.authorization && sameText(a.certificate, b.certificate);
}

function whoOf({ user, context }: Target): string {
  const hint = textAt(user.exec, 'installHint');
  const said = hint === undefined ? '' : `; its plugin's hint: ${plainText(hint, 200)}`;
  return `${entryText('user', user)} in context ${context === '' ? '(none)' : context}${said}`;
}

/** kubectl sends no credentials over http, and runs no plugin for it (client-go, IsConfigTransportTLS). */
function withoutTls(target: Target, ports: ClusterPorts): CredentialSource {
  if (hasAny(target.user)) ports.warn('The server is http://: no credentials are sent to it, as with kubectl.');
  return { current: () => Promise.resolve(NONE), refresh: () => Promise.resolve(false), who: whoOf(target) };
}

/**
 * Credentials of the target's user, for a server reached by `https:` or `http:`: read or run once, again when they have
 * expired (a tokenFile after 50 s), and once more after the server rejected them. Where none can be had anew, the
 * old ones are used on: the server decides.
 */
export function credentialSource(target: Target, protocol: string, ports: ClusterPorts): CredentialSource {
  if (protocol === 'http:') return withoutTls(target, ports);
  if (target.user.token !== undefined && target.user.tokenFile !== undefined) {
    ports.warn(`${entryText('user', target.user)} has a token and a tokenFile: the file counts, as with kubectl.`);
  }
  let held: Promise<Credentials> | undefined;
  let refreshed = false;
  const renewed = (old: Credentials, why: string): Promise<Credentials> =>
    read(target, ports).catch((error: unknown) => {
      ports.signal.throwIfAborted();
      ports.warn(`The credentials ${why} and could not be renewed: ${errorText(error)}.`);
      return { ...old, staleAt: Infinity };
    });
  const current = async (): Promise<Credentials> => {
    const asked = (held ??= read(target, ports));
    const credentials = await asked;
    if (ports.now() < credentials.staleAt) return credentials;
    if (held === asked) held = renewed(credentials, 'have expired');
    return held;
  };
  const refresh = async (rejected: Credentials): Promise<boolean> => {
    if ((await current()) === rejected && !refreshed) {
      refreshed = true;
      held = renewed(rejected, 'were rejected');
    }
    return !same(await current(), rejected);
  };
  return { current, refresh, who: whoOf(target) };
}
