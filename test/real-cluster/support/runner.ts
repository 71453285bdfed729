import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { asLastResort } from './last-resort.ts';

/** What a command printed, and how it ended. A signal counts as code 1. */
interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one program with these arguments. Any exit code resolves; it rejects only if the program cannot be started. */
export type Runner = (...args: readonly string[]) => Promise<Outcome>;

/** A program that sees a home and a kubeconfig of its own and nothing else of the caller's environment. */
export interface RunnerOptions {
  readonly path: string;
  readonly home: string;
  readonly kubeconfig: string;
  /** What the program reads on its standard input. */
  readonly input?: string;
  /** Folders in which the program finds others, before the system's own. */
  readonly searchPath?: readonly string[];
  /** Variables beside those. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** A {@link Runner} of one program. Helm and kubectl keep their caches and settings under the home. */
export function createRunner(options: RunnerOptions): Runner {
  const { path, home, kubeconfig, input = '', searchPath = [], variables = {} } = options;
  mkdirSync(home, { recursive: true });
  return async (...args) => {
    const env = {
      HOME: home,
      KUBECONFIG: kubeconfig,
      PATH: [...searchPath, '/usr/bin', '/bin'].join(':'),
      ...variables,
    };
    const child = spawn(path, args, { cwd: home, env, stdio: 'pipe' });
    // Helm may wait for minutes for a server that is gone.
    child.once(
      'close',
      asLastResort(() => child.kill('SIGKILL')),
    );
    // A program that does not read its input may be gone before all of it is written.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return { code: child.exitCode ?? 1, stdout, stderr };
  };
}
