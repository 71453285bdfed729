import { readFile } from 'node:fs/promises';
import { basename, join, normalize } from 'node:path';
import { UserError } from '../model/errors.ts';
import { findCommand } from './find-command.ts';
import { homeFolder } from './home-folder.ts';
import { at, isRecord, listAt, textAt } from './json.ts';
import type { ClusterPorts } from './options.ts';
import { errorCode, errorText } from './plain-text.ts';
import { yamlDocuments } from './yaml-documents.ts';

const POLICIES: readonly string[] = ['AllowAll', 'DenyAll', 'Allowlist'];

type Env = ClusterPorts['env'];

interface Found {
  readonly path: string;
  readonly preference: unknown;
}

/** `named` says that the file was asked for: then it must be usable. Source: kubectl, pkg/kuberc/kuberc.go. */
function kubercPath(env: Env): { readonly path: string; readonly named: boolean } | undefined {
  const { KUBERC: given = '', KUBECTL_KUBERC: gate = '' } = env;
  if (given === 'off' || gate.toLowerCase() === 'false') return undefined;
  if (given !== '') return { path: given, named: true };
  const home = homeFolder(env);
  return home === '' ? undefined : { path: join(home, '.kube', 'kuberc'), named: false };
}

/** The first usable document, undefined in an empty file. Only v1beta1 knows the policy. */
function preferenceIn(text: string): unknown {
  const documents = yamlDocuments(text).filter((document) => document !== null && document !== '');
  const usable = documents.find(
    (document) =>
      at(document, 'kind') === 'Preference' &&
      /^kubectl\.config\.k8s\.io\/v1(alpha1|beta1)$/.test(textAt(document, 'apiVersion') ?? ''),
  );
  if (usable === undefined && documents.length > 0) throw new Error('it holds no Preference that kubectl knows');
  return textAt(usable, 'apiVersion')?.endsWith('/v1beta1') === true ? usable : undefined;
}

async function findPreference(env: Env, warn: (line: string) => void): Promise<Found | undefined> {
  const where = kubercPath(env);
  if (where === undefined) return undefined;
  try {
    return { path: where.path, preference: preferenceIn(await readFile(where.path, 'utf8')) };
  } catch (error) {
    if (!where.named && errorCode(error) === 'ENOENT') return undefined;
    const reason = errorCode(error) || errorText(error);
    if (where.named) throw new UserError(`${where.path} (KUBERC) cannot be used: ${reason}`, 'Correct it.');
    warn(`${where.path} is ignored, as kubectl ignores it: ${reason}.`);
    return undefined;
  }
}

/** The names of an allow-list; since kubectl 1.36 an entry may call its name `command`. */
function allowlistOf({ path, preference }: Found): readonly string[] {
  const entries = listAt(preference, 'credentialPluginAllowlist');
  const names = entries.map((entry) => textAt(entry, 'name') ?? textAt(entry, 'command') ?? '');
  if (names.length > 0 && names.every((name) => name !== '' && normalize(name) === name)) return names;
  throw new UserError(
    `credentialPluginAllowlist of ${path} is empty, or has an entry without a plain name`,
    'Name each allowed plugin, or set credentialPluginPolicy to DenyAll.',
  );
}

async function isListed(names: readonly string[], plugin: { command: string; path: string }, env: Env) {
  if (names.includes(plugin.command) || names.includes(plugin.path)) return true;
  const alike = names.filter((name) => basename(name) === basename(plugin.path));
  const resolved = await Promise.all(alike.map((name) => findCommand(name, env)));
  return resolved.includes(plugin.path);
}

/** The policy of a preference. Throws UserError for one that kubectl does not know, and for a list it would not use. */
function policyOf({ path, preference }: Found): string {
  const policy = textAt(preference, 'credentialPluginPolicy') ?? 'AllowAll';
  const where = `credentialPluginPolicy of ${path}`;
  if (!POLICIES.includes(policy)) throw new UserError(`${where} is none of ${POLICIES.join(', ')}`, 'Correct it.');
  if (policy === 'Allowlist' || at(preference, 'credentialPluginAllowlist') === undefined) return policy;
  throw new UserError(`${where} is ${policy}, but there is a credentialPluginAllowlist`, 'Leave out one of them.');
}

/**
 * Refuses a credential plugin that the person's kuberc does not allow, as kubectl 1.35 does. `command` is as the
 * kubeconfig names it, `path` what will run. Throws UserError that names the file, its policy and the plugin.
 */
export async function refuseUnlessAllowed(
  plugin: { readonly command: string; readonly path: string },
  { env, warn }: Pick<ClusterPorts, 'env' | 'warn'>,
): Promise<void> {
  const found = await findPreference(env, warn);
  if (found === undefined || !isRecord(found.preference)) return;
  const policy = policyOf(found);
  if (policy === 'AllowAll') return;
  if (policy === 'Allowlist' && (await isListed(allowlistOf(found), plugin, env))) return;
  throw new UserError(
    `credentialPluginPolicy of ${found.path} is ${policy}: credential plugin ${plugin.path} is not run`,
    policy === 'Allowlist' ? 'Add it to credentialPluginAllowlist if you trust it.' : 'Change the policy.',
    4,
  );
}
