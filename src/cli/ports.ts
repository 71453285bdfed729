import type { ClusterPorts } from '../cluster/options.ts';

/** Everything of the outside world that the program uses. Given by `main.ts`; tests give their own. */
export interface Ports {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly readStdin: () => Promise<Uint8Array>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  readonly signal: AbortSignal;
  /** What the program runs on, as in `v20.19.0` and `linux/amd64`. */
  readonly runtime: { readonly node: string; readonly platform: string };
  /** Replaces single bounds of the transport: a test does not wait a minute for an answer that never comes. */
  readonly limits?: ClusterPorts['limits'] | undefined;
}
