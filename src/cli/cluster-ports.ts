import type { ClusterPorts } from '../cluster/options.ts';
import { logLine, terminalProse } from '../render/escape.ts';
import type { Run } from './invocation.ts';
import type { Ports } from './ports.ts';

/** One line of standard error, with nothing in it that a terminal or a CI runner obeys. */
function harmless(line: string): string {
  return `${logLine(terminalProse(line))}\n`;
}

/** The outside as the cluster's reader needs it: its warnings go to stderr. */
export function clusterPorts(ports: Ports, on: Pick<ClusterPorts, 'log' | 'progress'>): ClusterPorts {
  return {
    env: ports.env,
    warn: (line) => ports.stderr(harmless(`warning: ${line}`)),
    now: ports.now,
    signal: ports.signal,
    limits: ports.limits,
    ...on,
  };
}

/** @returns what writes those lines to stderr that `-v` asks for. */
export function verboseLog({ verbosity }: Run['output'], ports: Ports): ClusterPorts['log'] {
  return (level, line) => {
    if (level <= verbosity) ports.stderr(harmless(line));
  };
}
