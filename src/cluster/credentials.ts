import { readFile } from 'node:fs/promises';
import { UserError } from '../model/errors.ts';
import type { Target } from './choose-context.ts';
import { runExecPlugin } from './exec-plugin.ts';
import { isRecord } from './json.ts';
import { authProviderHeader } from './kubeconfig.ts';
import type { UserEntry } from './kubeconfig.ts';
import type { ClusterPorts } from './options.ts';
import { errorCode } from './plain-text.ts';

/** What a request carries: its Authorization header and the client certificate of the connection. */
export interface Credentials {
  readonly authorization: string | undefined;
  readonly certificate: string | Buffer | undefined;
  readonly key: string | Buffer | undefined;
}

/** Gives credentials and, once in a run, fresh ones in place of rejected ones. */
export interface CredentialSource {
  readonly current: () => Promise<Credentials>;
  /** Resolves with whether other credentials than `rejected` are now there. */
  readonly refresh: (rejected: Credentials) => Promise<boolean>;
}

/** The content of a file a kubeconfig names, or its inline base64; undefined when it has neither. */
export async function dataOrFile(
  data: string | undefined,
  path: string | undefined,
  what: string,
): Promise<Buffer | undefined> {
  if (data !== undefined && data !== null && data !== '') return Buffer.from(data, 'base64');
  if (path === undefined || path === null || path === '') return undefined;
  try {
    return await readFile(path);
  } catch (error) {
    throw new UserError(`The ${what} ${path} cannot be read: ${errorCode(error)}`, 'Correct the kubeconfig or flag.');
  }
}

async function ownAuthorization(user: UserEntry): Promise<string | undefined> {
  if (typeof user.token === 'string' && user.token !== '') return `Bearer ${user.token}`;
  const token = await dataOrFile(undefined, user.tokenFile, 'token file');
  if (token !== undefined) return `Bearer ${token.toString('utf8').trim()}`;
  if (typeof user.username !== 'string' || user.username === '') return undefined;
  return `Basic ${Buffer.from(`${user.username}:${user.password ?? ''}`).toString('base64')}`;
}

async function providerAuthorization(user: UserEntry): Promise<string | undefined> {
  try {
    return await authProviderHeader(user);
  } catch (error) {
    const reason = errorCode(error) || 'it gave no token';
    throw new UserError(`The auth-provider of user ${user.name} failed: ${reason}`, 'Log in again with kubectl.', 4);
  }
}

async function givenByPlugin(target: Target, files: Credentials, ports: ClusterPorts): Promise<Credentials> {
  const given = await runExecPlugin(target.user, target.cluster, ports);
  return {
    authorization: given.token === undefined ? undefined : `Bearer ${given.token}`,
    certificate: given.certificate ?? files.certificate,
    key: given.key ?? files.key,
  };
}

async function read(target: Target, ports: ClusterPorts): Promise<Credentials> {
  const { user } = target;
  const files: Credentials = {
    authorization: await ownAuthorization(user),
    certificate: await dataOrFile(user.certData, user.certFile, 'client certificate'),
    key: await dataOrFile(user.keyData, user.keyFile, 'client key'),
  };
  if (files.authorization !== undefined) return files;
  if (isRecord(user.exec)) return givenByPlugin(target, files, ports);
  return isRecord(user.authProvider) ? { ...files, authorization: await providerAuthorization(user) } : files;
}

function same(a: Credentials, b: Credentials): boolean {
  return a.authorization === b.authorization && String(a.certificate ?? '') === String(b.certificate ?? '');
}

/** Credentials of the target's user: read or run once, and once more after the server rejected them. */
export function credentialSource(target: Target, ports: ClusterPorts): CredentialSource {
  let held: Promise<Credentials> | undefined;
  let refreshed = false;
  const current = (): Promise<Credentials> => {
    held ??= read(target, ports);
    return held;
  };
  const refresh = async (rejected: Credentials): Promise<boolean> => {
    if ((await current()) === rejected && !refreshed) {
      refreshed = true;
      held = read(target, ports);
    }
    return !same(await current(), rejected);
  };
  return { current, refresh };
}
