import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { errorCode } from './plain-text.ts';
import { descendantsOf } from './process-tree.ts';

const MOST_OUTPUT_BYTES = 1024 * 1024;

/** How a credential plugin is run. */
export interface PluginCall {
  readonly path: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether it may ask questions on the terminal. */
  readonly terminal: boolean;
  /** Whether what it writes to stderr is dropped. */
  readonly silent?: boolean;
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

/** A plugin on a terminal stays in the terminal's process group, or it could not ask; others lead one of their own. */
function leadsGroup({ terminal }: PluginCall): boolean {
  return !terminal && process.platform !== 'win32';
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

/** A group is killed at once; without one, what the plugin started is looked up before it is gone itself. */
function kill({ pid }: ChildProcess, call: PluginCall): void {
  if (pid === undefined) return;
  if (leadsGroup(call)) return killOne(-pid);
  for (const one of [...descendantsOf(pid), pid]) killOne(one);
}

function start(call: PluginCall): ChildProcess {
  return spawn(call.path, [...call.args], {
    env: { ...call.env },
    stdio: [call.terminal ? 'inherit' : 'ignore', 'pipe', call.silent === true ? 'ignore' : 'inherit'],
    windowsHide: true,
    detached: leadsGroup(call),
  });
}

function reasonOf(code: number | null, killedBy: NodeJS.Signals | null): string {
  return code === null ? `it was ended by ${killedBy}` : `it exited with ${code}`;
}

/**
 * Runs the plugin, with its stderr shown unless it is to be silent, and resolves with its stdout. Rejects with an Error of one sentence part: what
 * it wrote is not in it. When its time is over, or the run is, it is killed with its children.
 */
export function runPlugin(call: PluginCall): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = start(call);
    const chunks: Buffer[] = [];
    let bytes = 0;
    const stop = (reason: string): void => {
      kill(child, call);
      finish(() => reject(new Error(reason)));
    };
    const onAbort = (): void => stop('it was interrupted');
    const timer = setTimeout(() => stop(`it did not end within ${call.limitMs / 1000} s`), call.limitMs);
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      call.signal.removeEventListener('abort', onAbort);
      settle();
    };
    call.signal.addEventListener('abort', onAbort);
    child.stdout?.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MOST_OUTPUT_BYTES) stop('it wrote more than a credential');
      else chunks.push(chunk);
    });
    child.once('error', (error) => finish(() => reject(new Error(`it cannot be run (${errorCode(error)})`))));
    child.once('close', (code, killedBy) => {
      if (code === 0) finish(() => resolve(Buffer.concat(chunks).toString('utf8')));
      else finish(() => reject(new Error(reasonOf(code, killedBy))));
    });
  });
}
