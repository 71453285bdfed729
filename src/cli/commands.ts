import type { Command } from './invocation.ts';

export type CommandName = Command['name'] | 'version';

/** A command as help, docs and the parser know it. */
export interface CommandSpec {
  readonly name: CommandName;
  /** What follows the name, in help's spelling; '' for nothing. */
  readonly operand: string;
  readonly says: string;
}

/** In help order; the first is meant when none is named. */
export const COMMANDS: readonly CommandSpec[] = [
  { name: 'audit', operand: '', says: 'Report what shares a namespace with a pack and is not its own. The default.' },
  { name: 'namespaces', operand: '', says: 'List all namespaces: who claims them, and where a team may deploy.' },
  { name: 'explain', operand: 'namespace/NAME', says: 'Say which packs have a stake in a namespace, and why.' },
  {
    name: 'snapshot',
    operand: 'FILE',
    says: 'Write what an audit needs to know of the cluster to FILE, identities only.',
  },
  {
    name: 'rbac',
    operand: '',
    says: 'Print the least roles that an audit of this cluster needs, for kubectl apply. It applies nothing itself.',
  },
  { name: 'version', operand: '', says: 'Print the version.' },
];
