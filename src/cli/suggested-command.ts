import type { ConnectionFlags } from './invocation.ts';

/** How the program is called, in every text that names a command. */
const COMMAND = 'kubectl palette-audit';

/** Flags by which a kubeconfig tells which cluster is meant, and as whom. */
const CHOOSING = ['kubeconfig', 'context', 'cluster', 'user'] as const satisfies readonly (keyof ConnectionFlags)[];

/** Words that mean themselves in any shell. */
const PLAIN = /^[\w@%+=:,./][\w@%+=:,./-]*$/u;

/**
 * What suggested commands begin with: the program, and the flags that chose the cluster, for another cluster would give
 * another answer. Nothing secret is among these.
 */
export function suggestedCommand(connection: ConnectionFlags): string {
  const flags = CHOOSING.flatMap((name) => {
    const value = connection[name];
    return value === undefined ? [] : [`--${name}=${word(value)}`];
  });
  return [COMMAND, ...flags].join(' ');
}

/** One word of a shell's command line. */
function word(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
