import type { ExitCode } from '../../src/cli/outcome.ts';
import type { Ports } from '../../src/cli/ports.ts';
import { run } from '../../src/cli/run.ts';
import type { FakeCluster } from './fake-api/description.ts';
import { startFakeApi } from './fake-api/fake-api.ts';
import type { FaultRule } from './fake-api/fault.ts';

/** What a run said and how it ended. */
export interface Ran {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program in this process, away from this machine's environment. */
export async function runCli(argv: readonly string[], given: Partial<Ports> = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(argv, {
    env: {},
    stdout: (text) => out.push(text),
    stderr: (text) => err.push(text),
    readStdin: () => Promise.resolve(new Uint8Array()),
    now: () => Date.UTC(2026, 0, 2, 3, 4, 5),
    stdoutIsTerminal: false,
    runtime: { node: 'v20.19.0', platform: 'linux/amd64' },
    stderrIsTerminal: false,
    signal: new AbortController().signal,
    ...given,
  });
  return { code, stdout: out.join(''), stderr: err.join('') };
}

/** A server to run against: its cluster, what goes wrong, and what differs in the ports. */
export interface Against {
  readonly cluster: FakeCluster;
  readonly faults?: readonly FaultRule[];
  readonly ports?: Partial<Ports>;
}

/** Runs the program against a fake server, which is stopped whatever happens. */
export async function runAgainst({ cluster, faults, ports }: Against, ...argv: readonly string[]): Promise<Ran> {
  const api = await startFakeApi(() => cluster, faults);
  try {
    return await runCli([...argv, '--server', api.url], ports);
  } finally {
    await api.stop();
  }
}
