import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../../../src/cluster/json.ts';
import { asLastResort } from '../../real-cluster/support/last-resort.ts';

/** A program as it is started, with nothing of the caller's environment. */
export interface Command {
  readonly path: string;
  readonly argv: readonly string[];
  /** Where it runs, and its HOME: caches of one run are there for the next, as on anybody's machine. */
  readonly home: string;
  readonly variables: Readonly<Record<string, string>>;
  /** The exit codes that count as success. */
  readonly codes: readonly number[];
}

/** What a whole process took, from its start to its end. */
export interface Taken {
  readonly wallMs: number;
  /** In user and system mode, all threads. */
  readonly cpuMs: number;
  /** The largest resident set, in MiB. */
  readonly peakMb: number;
  readonly stdout: string;
}

/**
 * Starts a command once and measures it by the kernel's own count, with its output going to a file. Any other exit code
 * than those that are success is an Error, with the end of what the command said: a program that did nothing was fast.
 */
export async function measureOnce(measured: string, command: Command): Promise<Taken> {
  const { path, argv, home, variables, codes } = command;
  const folder = mkdtempSync(join(home, 'run-'));
  const file = (name: string): string => join(folder, name);
  const output = [file('stdout'), file('stderr')].map((name) => openSync(name, 'w'));
  try {
    const child = spawn(measured, [file('taken'), path, ...argv], {
      cwd: home,
      env: { HOME: home, PATH: '/usr/bin:/bin', ...variables },
      stdio: ['ignore', ...output],
    });
    const forget = asLastResort(() => child.kill('SIGKILL'));
    await once(child, 'close').finally(forget);
    if (!codes.includes(child.exitCode ?? -1)) throw new Error(failureText(command, child.exitCode, file('stderr')));
    const taken: unknown = JSON.parse(readFileSync(file('taken'), 'utf8'));
    const number = (key: string): number => Number(at(taken, key));
    return {
      wallMs: number('wallMs'),
      cpuMs: number('cpuMs'),
      peakMb: number('peakKiB') / 1024,
      stdout: readFileSync(file('stdout'), 'utf8'),
    };
  } finally {
    for (const descriptor of output) closeSync(descriptor);
    rmSync(folder, { recursive: true, force: true });
  }
}

function failureText({ path, argv }: Command, code: number | null, stderr: string): string {
  const said = readFileSync(stderr, 'utf8').trim().slice(-400);
  return `${path} ${argv.join(' ').slice(0, 200)} ended with ${String(code)}: ${said}`;
}
