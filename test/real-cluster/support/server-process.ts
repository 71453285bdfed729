import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { asLastResort } from './last-resort.ts';

/** A server that was started, and that may have ended by itself. */
export interface ServerProcess {
  readonly name: string;
  /** Why it is not running any more, or undefined while it runs. */
  readonly ended: () => string | undefined;
  /** The last lines that it logged, each cut to what can be read at a glance. */
  readonly lastLines: () => string;
  /** Asks it to end, makes it after ten seconds, and comes back when it is gone. */
  readonly stop: () => Promise<void>;
}

/** How to start a server. */
export interface ServerCommand {
  readonly name: string;
  readonly path: string;
  readonly options: Readonly<Record<string, string>>;
}

const GRACE = 10_000;

/** Starts a server in `folder`, where its log and its home are. It sees nothing of the caller's environment. */
export function startServer({ name, path, options }: ServerCommand, folder: string): ServerProcess {
  const log = `${folder}/${name}.log`;
  const output = openSync(log, 'a', 0o600);
  const child = spawn(
    path,
    Object.entries(options).map(([option, value]) => `--${option}=${value}`),
    {
      cwd: folder,
      env: { HOME: folder, PATH: '/usr/bin:/bin' },
      stdio: ['ignore', output, output],
    },
  );
  closeSync(output);
  // An orphan would hold its port and a core. A child that could not be started closes without an exit.
  child.once(
    'close',
    asLastResort(() => child.kill('SIGKILL')),
  );
  const state: { failure?: Error } = {};
  child.on('error', (failure) => (state.failure = failure));
  return {
    name,
    ended: () => state.failure?.message ?? endOf(child),
    lastLines: () => lastLines(readFileSync(log, 'utf8')),
    stop: () => stop(child),
  };
}

function endOf(child: ChildProcess): string | undefined {
  if (child.exitCode !== null) return `exit code ${child.exitCode}`;
  if (child.signalCode !== null) return child.signalCode;
  return undefined;
}

function lastLines(log: string): string {
  const lines = log.trimEnd().split('\n').slice(-10);
  return lines.map((line) => line.slice(0, 400)).join('\n');
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || endOf(child) !== undefined) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), GRACE);
  await gone;
  clearTimeout(patience);
}
