import { dirname, isAbsolute, normalize, resolve, sep } from 'node:path';
import { UserError } from '../model/errors.ts';
import { at, textAt } from './json.ts';
import type { UserEntry } from './kubeconfig.ts';

/** An exec plugin as a kubeconfig names it. */
export interface ExecConfig {
  /** An absolute path, or a name to be found in PATH. */
  readonly command: string;
  readonly args: readonly string[];
  readonly env: readonly (readonly [string, string])[];
  readonly apiVersion: string;
  readonly installHint: string | undefined;
  readonly provideClusterInfo: boolean;
  readonly interactiveMode: InteractiveMode;
}

const API_VERSIONS = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'] as const;
const MODES = ['Never', 'IfAvailable', 'Always'] as const;
type InteractiveMode = (typeof MODES)[number];

type Refuse = (what: string) => never;

function textField(value: unknown, field: string, refuse: Refuse): string {
  return typeof value === 'string' ? value : refuse(`its exec.${field} is not a text`);
}

function listField({ exec }: UserEntry, field: string, refuse: Refuse): readonly unknown[] {
  const value = at(exec, field) ?? [];
  return Array.isArray(value) ? value : refuse(`its exec.${field} is not a list`);
}

/** A path is resolved against the kubeconfig's folder. Source: client-go, GetAuthInfoFileReferences. */
function commandOf(user: UserEntry, refuse: Refuse): string {
  const command = textAt(user.exec, 'command') ?? refuse('its exec plugin has no command');
  if (!command.includes(sep)) return command;
  return isAbsolute(command) ? normalize(command) : resolve(dirname(user.file), command);
}

/** `v1` has no default. Source: client-go, tools/clientcmd/api/v1/defaults.go. */
function modeOf(user: UserEntry, apiVersion: string, refuse: Refuse): InteractiveMode {
  const given = textAt(user.exec, 'interactiveMode') ?? (apiVersion.endsWith('/v1beta1') ? 'IfAvailable' : undefined);
  const mode = MODES.find((one) => one === given);
  return mode ?? refuse(`its exec.interactiveMode is none of ${MODES.join(', ')}`);
}

/** Reads the user's `exec`. Throws UserError for what kubectl refuses; it names user, file and field. */
export function parseExec(user: UserEntry): ExecConfig {
  const refuse: Refuse = (what) => {
    throw new UserError(`User ${user.name} of ${user.file} cannot be used: ${what}`, 'Correct the kubeconfig.');
  };
  const apiVersion = API_VERSIONS.find((version) => version === at(user.exec, 'apiVersion'));
  if (apiVersion === undefined) return refuse(`its exec.apiVersion is none of ${API_VERSIONS.join(', ')}`);
  const provideClusterInfo = at(user.exec, 'provideClusterInfo') ?? false;
  if (typeof provideClusterInfo !== 'boolean') return refuse('its exec.provideClusterInfo is neither true nor false');
  return {
    command: commandOf(user, refuse),
    args: listField(user, 'args', refuse).map((arg) => textField(arg, 'args', refuse)),
    env: listField(user, 'env', refuse).map((entry) => [
      textAt(entry, 'name') ?? refuse('its exec.env has an entry without a name'),
      textField(at(entry, 'value') ?? '', 'env', refuse),
    ]),
    apiVersion,
    installHint: textAt(user.exec, 'installHint'),
    provideClusterInfo,
    interactiveMode: modeOf(user, apiVersion, refuse),
  };
}
