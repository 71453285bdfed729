import type { ClusterPorts } from '../cluster/options.ts';
import type { Run } from './invocation.ts';
import type { Ports } from './ports.ts';

/** The outside as the cluster's reader needs it: its warnings go to stderr. */
export function clusterPorts(ports: Ports, on: Pick<ClusterPorts, 'log' | 'progress'>): ClusterPorts {
  return {
    env: ports.env,
    warn: (line) => ports.stderr(`warning: ${line}\n`),
    now: ports.now,
    signal: ports.signal,
    limits: ports.limits,
    ...on,
  };
}

/** @returns what writes those lines to stderr that `-v` asks for. */
export function verboseLog({ verbosity }: Run['output'], ports: Ports): ClusterPorts['log'] {
  return (level, line) => {
    if (level <= verbosity) ports.stderr(`${line}\n`);
  };
}
