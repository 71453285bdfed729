import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';

/** The program as people run it: the bundle behind its entry. */
const PROGRAM = join(import.meta.dirname, '../../../bin/kubectl-palette_audit');

/** The same under the name by which kubectl asks it for completions. */
export const COMPLETER = join(dirname(PROGRAM), 'kubectl_complete-palette_audit');

/** How a process ended and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running program. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

async function outcomeOf(child: ChildProcess): Promise<Ended> {
  const written = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (written.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (written.stderr += text));
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : null, ...written };
}

/** Starts a command with nothing of this machine's configuration. */
export function start(command: string, argv: readonly string[], options: SpawnOptions = {}): Running {
  const child = spawn(command, argv, { env: { PATH: process.env['PATH'] }, ...options });
  return { child, ended: outcomeOf(child) };
}

/** Starts the program. */
export function startProgram(argv: readonly string[], options: SpawnOptions = {}): Running {
  return start(process.execPath, [PROGRAM, ...argv], options);
}

/** Runs a line of shell in which `$PROGRAM` is the program. */
export function shell(line: string, environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const env = { PATH: process.env['PATH'], PROGRAM: `${process.execPath} ${PROGRAM}`, ...environment };
  return start('/bin/sh', ['-c', line], { env }).ended;
}
