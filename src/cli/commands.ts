import type { Command } from './invocation.ts';

export type CommandName = Command['name'] | 'completion';

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
  {
    name: 'explain',
    operand: 'TYPE/NAME',
    says: 'Say whose a resource is, why, and what a removal does to it. Of namespace/NAME: who claims it.',
  },
  {
    name: 'removal',
    operand: '[pack/NAME | profile/NAME]...',
    says: 'Say what a removal destroys and breaks, and whether anything of it is not its own. Without a name, a line for each.',
  },
  {
    name: 'verify',
    operand: 'PREDICTION.json',
    says: 'After a removal: hold what "removal -o json" predicted against what is there now, object by object.',
  },
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
  {
    name: 'completion',
    operand: '',
    says: 'Print the file by which kubectl completes what follows "palette-audit", and where to put it.',
  },
  { name: 'version', operand: '', says: 'Print the versions of the program, of what it runs on, and of the server.' },
];
