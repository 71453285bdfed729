import { ACCEPTABLE } from '../model/removal.ts';
import type { CommandName } from './commands.ts';

/** An option as help, docs and the parser know it. */
interface OptionSpec {
  readonly name: string;
  /** One letter, as in `-n`. */
  readonly short?: string;
  /** What the value is called in help; none makes the option a flag. */
  readonly value?: string;
  readonly default?: string;
  /** Given again, it adds; without this, the last one counts, as in kubectl. */
  readonly repeatable?: true;
  /** The commands that take it; none is all of them. */
  readonly commands?: readonly CommandName[];
  readonly says: string;
}

export const FORMATS = ['table', 'wide', 'json', 'yaml', 'name', 'markdown'] as const;
/** `table` is lines of words. */
export const VERSION_FORMATS = ['table', 'json', 'yaml'] as const;
export const FAIL_ON = ['error', 'warning', 'never'] as const;
/** `data`: as `error`, and also where a volume's data goes. */
export const REMOVAL_FAIL_ON = ['error', 'warning', 'data', 'never'] as const;
export const COLORS = ['auto', 'always', 'never'] as const;

/** Commands that judge packs by their definitions. */
const JUDGING = ['audit', 'namespaces', 'explain', 'removal'] as const;
const REPORTS = [...JUDGING, 'verify'] as const;
/** A snapshot keeps the definitions that it was given, beside the cluster's. */
const DEFINED = [...JUDGING, 'snapshot'] as const;
const FILTERED = ['audit', 'namespaces'] as const;
const REMOVALS = ['removal'] as const;
const RIGHTS = ['rbac'] as const;

const DEFINITIONS = [
  {
    name: 'filename',
    short: 'f',
    value: 'PATH',
    repeatable: true,
    commands: DEFINED,
    says: 'Profile or pack definition: a file, a directory, or - for standard input. Joined with what the cluster says.',
  },
  {
    name: 'to',
    value: 'FILE',
    commands: REMOVALS,
    says: 'New version of a profile: says what its use in place of the present one would remove.',
  },
  { name: 'pack-name', value: 'NAME', commands: DEFINED, says: 'Name of the pack whose bare values file -f gives.' },
  {
    name: 'var',
    value: 'NAME=VALUE',
    repeatable: true,
    commands: DEFINED,
    says: 'Value of a profile variable, instead of its default; of any other macro by its path, as in spectro.macro.team=payments.',
  },
  {
    name: 'cluster-uid',
    value: 'UID',
    commands: DEFINED,
    says: "Palette's identifier of this cluster, where it cannot be told which of several is meant.",
  },
  {
    name: 'snapshot',
    value: 'FILE',
    commands: REPORTS,
    says: 'Read a file that "snapshot FILE" wrote, instead of a cluster.',
  },
] as const satisfies readonly OptionSpec[];

const SCOPE = [
  {
    name: 'namespace',
    short: 'n',
    value: 'NAME',
    repeatable: true,
    commands: [...FILTERED, ...RIGHTS, ...REMOVALS, 'explain'],
    says: 'Only these namespaces; comma-separated or repeated. Without it, all in which a pack has a stake. Of a removal, only what is printed. Of explain, where the resource is; without it, in the namespace of the context.',
  },
  {
    name: 'all-namespaces',
    short: 'A',
    commands: FILTERED,
    says: 'Add the namespaces in which no pack has a stake.',
  },
  {
    name: 'selector',
    short: 'l',
    value: 'SELECTOR',
    commands: ['audit'],
    says: 'Only resources whose labels match, in the form of kubectl get.',
  },
  {
    name: 'without-releases',
    commands: DEFINED,
    says: "Do not read Helm's release records. Ownership by a chart is then only claimed, never verified.",
  },
] as const satisfies readonly OptionSpec[];

const ANSWER = [
  {
    name: 'output',
    short: 'o',
    value: FORMATS.join('|'),
    default: 'table',
    commands: [...REPORTS, 'version'],
    says: 'Form of the answer; of version, table, json or yaml.',
  },
  { name: 'no-headers', commands: REPORTS, says: 'Tables without their head lines.' },
  {
    name: 'label-columns',
    short: 'L',
    value: 'KEY',
    repeatable: true,
    commands: ['audit', 'snapshot'],
    says: 'Labels to show as columns of listed resources, or to keep in a snapshot; comma-separated or repeated.',
  },
  {
    name: 'fail-on',
    value: REMOVAL_FAIL_ON.join('|'),
    default: 'error',
    commands: ['audit', ...REMOVALS],
    says: 'Least severity that makes the exit code 1. Of a removal, data is error and any volume that goes. Does not hide what could not be seen.',
  },
  {
    name: 'accept',
    value: 'DOUBT',
    repeatable: true,
    commands: REMOVALS,
    says: `Doubts that do not make a removal unknown, comma-separated or repeated; the verdict repeats them. They are ${ACCEPTABLE.join(', ')}.`,
  },
  {
    name: 'color',
    value: COLORS.join('|'),
    default: 'auto',
    says: 'Colours; auto is on a terminal, unless NO_COLOR is set.',
  },
  { name: 'client', commands: ['version'], says: 'Only the program itself: the server is not asked.' },
  { name: 'force', commands: ['snapshot'], says: 'Overwrite FILE if it is there.' },
] as const satisfies readonly OptionSpec[];

const ROLES = [
  {
    name: 'without-secrets',
    commands: RIGHTS,
    says: 'Leave out Secrets. Ownership by a chart is then only claimed, and no audit is complete.',
  },
  {
    name: 'wildcard',
    commands: RIGHTS,
    says: 'The short form: every type there is, and every one that is ever added, all Secrets included.',
  },
  {
    name: 'removal',
    commands: RIGHTS,
    says: 'Add what is read for removals and snapshots beside: every type without a namespace.',
  },
] as const satisfies readonly OptionSpec[];

/** kubectl's own, in kubectl's order and meaning. */
const CONNECTION = [
  { name: 'kubeconfig', value: 'FILE', says: 'Kubeconfig file to use, instead of KUBECONFIG or ~/.kube/config.' },
  { name: 'context', value: 'NAME', says: 'Context of the kubeconfig.' },
  { name: 'cluster', value: 'NAME', says: 'Cluster entry of the kubeconfig.' },
  { name: 'user', value: 'NAME', says: 'User entry of the kubeconfig.' },
  { name: 'as', value: 'USER', says: 'User to impersonate.' },
  { name: 'as-group', value: 'GROUP', repeatable: true, says: 'Group to impersonate; repeatable.' },
  { name: 'as-uid', value: 'UID', says: 'User identifier to impersonate.' },
  { name: 'server', short: 's', value: 'URL', says: 'Address of the API server.' },
  { name: 'token', value: 'TOKEN', says: 'Bearer token for the API server.' },
  { name: 'tls-server-name', value: 'NAME', says: "Name to expect in the server's certificate." },
  { name: 'certificate-authority', value: 'FILE', says: 'Certificate of the authority that signed the server.' },
  { name: 'client-certificate', value: 'FILE', says: 'Client certificate for TLS.' },
  { name: 'client-key', value: 'FILE', says: 'Client key for TLS.' },
  { name: 'insecure-skip-tls-verify', says: "Do not check the server's certificate." },
  {
    name: 'request-timeout',
    value: 'DURATION',
    default: '0',
    says: 'Time that one request may take: 5s, 2m, 1h, or seconds. 0 sets no limit of its own.',
  },
] as const satisfies readonly OptionSpec[];

const GENERAL = [
  {
    name: 'chunk-size',
    value: 'N',
    default: '500',
    says: 'Objects to ask for at a time in long lists. 0 asks for all at once.',
  },
  { name: 'v', short: 'v', value: 'N', default: '0', says: 'Verbosity of diagnostics on standard error.' },
  { name: 'help', short: 'h', says: 'Print help, of a command if one is named.' },
  { name: 'version', says: 'Print the version of the program, in one line.' },
] as const satisfies readonly OptionSpec[];

export type OptionName = (
  | typeof DEFINITIONS
  | typeof SCOPE
  | typeof ANSWER
  | typeof ROLES
  | typeof CONNECTION
  | typeof GENERAL
)[number]['name'];

export interface Option extends OptionSpec {
  readonly name: OptionName;
}

/** Options that help shows under one head. */
export interface OptionGroup {
  readonly title: string;
  readonly options: readonly Option[];
}

/** Every option, declared here and nowhere else: the parser, the help and docs/options.md come from it. */
export const OPTION_GROUPS: readonly OptionGroup[] = [
  { title: 'Definitions', options: DEFINITIONS },
  { title: 'Scope', options: SCOPE },
  { title: 'Answer', options: ANSWER },
  { title: 'Rights', options: ROLES },
  { title: 'Connection, as in kubectl', options: CONNECTION },
  { title: 'General', options: GENERAL },
];

export const OPTIONS: readonly Option[] = OPTION_GROUPS.flatMap((group) => group.options);

/** The options that say how to read a cluster; nothing of it is read anew when a snapshot is given. */
export const LIVE_OPTIONS: readonly OptionName[] = [
  ...CONNECTION.map((option) => option.name),
  'cluster-uid',
  'without-releases',
  'chunk-size',
];

/** @returns whether a command takes an option. */
export function takes(command: CommandName, option: Option): boolean {
  return option.commands === undefined || option.commands.includes(command);
}
