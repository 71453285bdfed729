import type { Run } from './invocation.ts';

/** How the program is called, in every text that names a command. */
const COMMAND = 'kubectl palette-audit';

/** Words that mean themselves in any shell. */
const PLAIN = /^[\w@%+=:,./][\w@%+=:,./-]*$/u;

/**
 * What suggested commands begin with: the program, and the flags that chose the cluster, the snapshot and the
 * definitions, for another choice would give another answer. Nothing secret is among these, nor the value of a variable.
 * Who names a server gives its credentials as well, and has to do so again.
 */
export function suggestedCommand({ connection, subject }: Pick<Run, 'connection' | 'subject'>): string {
  const { kubeconfig, context, cluster, user, as, asGroup, asUid } = connection;
  const { snapshot, filenames, packName, clusterUid } = subject;
  const flags = [
    ...flag('kubeconfig', kubeconfig),
    ...flag('context', context),
    ...flag('cluster', cluster),
    ...flag('user', user),
    ...flag('as', as),
    ...asGroup.flatMap((group) => flag('as-group', group)),
    ...flag('as-uid', asUid),
    ...flag('snapshot', snapshot),
    ...filenames.flatMap((filename) => flag('filename', filename)),
    ...flag('pack-name', packName),
    ...flag('cluster-uid', clusterUid),
  ];
  return [COMMAND, ...flags].join(' ');
}

/** How Helm is called for the same cluster, as the same user; '' where no flag of Helm says that. */
export function suggestedHelm({ connection }: Pick<Run, 'connection'>): string {
  const { kubeconfig, context, cluster, user, as, asGroup, asUid } = connection;
  if (cluster !== undefined || user !== undefined || asUid !== undefined) return '';
  const flags = [
    ...flag('kubeconfig', kubeconfig),
    ...flag('kube-context', context),
    ...flag('kube-as-user', as),
    ...asGroup.flatMap((group) => flag('kube-as-group', group)),
  ];
  return ['helm', ...flags].join(' ');
}

function flag(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [`--${name}=${word(value)}`];
}

/** One word of a shell's command line. */
function word(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
