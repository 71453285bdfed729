import { dirname, isAbsolute, join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { UserError } from '../model/errors.ts';
import { at, isRecord, listAt, textAt, textsAt } from './json.ts';
import { errorText } from './plain-text.ts';
import { yamlDocuments } from './yaml-documents.ts';

/** A cluster entry of a kubeconfig; file paths are absolute or relative to the working directory. */
export interface ClusterEntry {
  readonly name: string;
  readonly server: string;
  readonly caData?: string | undefined;
  readonly caFile?: string | undefined;
  readonly tlsServerName?: string | undefined;
  readonly skipTLSVerify: boolean;
  readonly proxyUrl?: string | undefined;
}

/** A user entry; `folder` is where its kubeconfig lies, against which an exec plugin's command is resolved. */
export interface UserEntry {
  readonly name: string;
  readonly folder: string;
  readonly certData?: string | undefined;
  readonly certFile?: string | undefined;
  readonly keyData?: string | undefined;
  readonly keyFile?: string | undefined;
  readonly token?: string | undefined;
  readonly tokenFile?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly exec?: unknown;
  readonly authProvider?: unknown;
  readonly as?: string | undefined;
  readonly asUid?: string | undefined;
  readonly asGroups: readonly string[];
  readonly asExtra: ReadonlyMap<string, readonly string[]>;
}

/** A context entry; `user` is '' when it names none. */
interface ContextEntry {
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
}

/** One kubeconfig, or several merged. */
export interface KubeconfigContent {
  readonly currentContext: string;
  readonly clusters: ReadonlyMap<string, ClusterEntry>;
  readonly users: ReadonlyMap<string, UserEntry>;
  readonly contexts: ReadonlyMap<string, ContextEntry>;
}

/** The fields of a user that the library drops: without them the identity would differ from kubectl's. */
function droppedFields(document: unknown, name: string, folder: string) {
  const entry = listAt(document, 'users').find((candidate) => textAt(candidate, 'name') === name);
  const tokenFile = textAt(entry, 'user', 'tokenFile');
  const extra = at(entry, 'user', 'as-user-extra');
  const keys = isRecord(extra) ? Object.keys(extra) : [];
  return {
    tokenFile: tokenFile === undefined || isAbsolute(tokenFile) ? tokenFile : join(folder, tokenFile),
    asUid: textAt(entry, 'user', 'as-uid'),
    asGroups: textsAt(entry, 'user', 'as-groups'),
    asExtra: new Map(keys.map((key) => [key, textsAt(extra, key)])),
  };
}

function firstByName<Entry extends { readonly name: string }>(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  const found = new Map<string, Entry>();
  for (const entry of entries) if (!found.has(entry.name)) found.set(entry.name, entry);
  return found;
}

function contentOf(text: string, path: string): KubeconfigContent {
  const [document] = yamlDocuments(text);
  const folder = dirname(path);
  const config = new KubeConfig();
  config.loadFromString(isRecord(document) ? text : '{}', { onInvalidEntry: 'filter' });
  config.makePathsAbsolute(folder);
  const users = config.users.map(({ impersonateUser, ...user }): UserEntry => ({
    ...user,
    ...droppedFields(document, user.name, folder),
    folder,
    as: impersonateUser,
  }));
  const contexts = config.contexts.map(({ name, cluster, user }) => ({ name, cluster, user: user ?? '' }));
  return {
    currentContext: textAt(document, 'current-context') ?? '',
    clusters: firstByName(config.clusters),
    users: firstByName(users),
    contexts: firstByName(contexts),
  };
}

/**
 * Reads the text of the kubeconfig at `path`. An unusable entry is left out, as it only matters when it is used.
 * Throws UserError when the text is no kubeconfig; the message never quotes it.
 */
export function parseKubeconfig(text: string, path: string): KubeconfigContent {
  try {
    if (text.includes('\0')) throw new Error('not YAML: it is binary');
    return contentOf(text, path);
  } catch (error) {
    const reason = errorText(error).startsWith('not YAML') ? errorText(error) : 'it has not the form of one';
    throw new UserError(`${path} cannot be read as a kubeconfig: ${reason}`, 'Correct the file, or name another one.');
  }
}

/** Merges as kubectl does: of entries with one name, and of current contexts, the first wins. */
export function mergeKubeconfigs(contents: readonly KubeconfigContent[]): KubeconfigContent {
  return {
    currentContext: contents.map(({ currentContext }) => currentContext).find((name) => name !== '') ?? '',
    clusters: firstByName(contents.flatMap(({ clusters }) => [...clusters.values()])),
    users: firstByName(contents.flatMap(({ users }) => [...users.values()])),
    contexts: firstByName(contents.flatMap(({ contexts }) => [...contexts.values()])),
  };
}

/**
 * The Authorization header that a user's `auth-provider` (OIDC and the like) yields, refreshed where it has expired;
 * undefined when it yields none. Rejects with the provider's own error.
 */
export async function authProviderHeader(user: UserEntry): Promise<string | undefined> {
  const config = new KubeConfig();
  const cluster = { name: 'cluster', server: 'https://localhost', skipTLSVerify: false };
  config.loadFromClusterAndUser(cluster, { name: user.name, authProvider: user.authProvider });
  const options: Parameters<KubeConfig['applyToHTTPSOptions']>[0] = {};
  await config.applyToHTTPSOptions(options);
  return textAt(options, 'headers', 'Authorization');
}
