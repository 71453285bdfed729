import { fstatSync, writeSync } from 'node:fs';
import { COMPLETE } from './cli/completion/shim.ts';
import { run } from './cli/run.ts';

/** Exit codes of a program that a signal ended: 128 and the signal's number. */
const SIGNAL_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

const interruption = new AbortController();

/** A second signal must not end the process before it has cleaned up after the first, so the listeners stay. */
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    interruption.abort();
    process.exit(SIGNAL_CODES[signal]);
  });
}

/** The answer did not reach its end. What a shell reports of a closed pipe: 128 and the number of SIGPIPE. */
const CUT_OFF = 141;

/** A reader such as `head` that has seen enough closes the pipe: no word about it, but a cut answer is no all-clear. */
process.stdout.on('error', cutOff);
process.stderr.on('error', () => {});

function cutOff(error: NodeJS.ErrnoException): never {
  if (error.code === 'EPIPE')
    process.exit(process.exitCode === undefined || process.exitCode === 0 ? CUT_OFF : process.exitCode);
  complain(
    `error: the answer cannot be written: ${error.code ?? 'unknown failure'}\nWrite it to where there is room.\n`,
  );
  return process.exit(CUT_OFF);
}

/** Node writes a file once and does not look how much of it found room: on a full disk the answer would be cut in silence. */
function writeAnswer(text: string): void {
  if (!fstatSync(1).isFile()) {
    process.stdout.write(text);
    return;
  }
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) written += writeSync(1, bytes, written);
}

function say(text: string): void {
  try {
    writeAnswer(text);
  } catch (error) {
    cutOff(error instanceof Error ? error : new Error('unknown failure'));
  }
}

/** Says it at once, for the process ends next; a closed stderr is no reason to end otherwise. */
function complain(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // Nobody listens.
  }
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Node would say that certificates are not verified; they are. What a credential plugin is given stays as it was. */
function environment(): NodeJS.ProcessEnv {
  if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === undefined) return process.env;
  const env = { ...process.env };
  delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  return env;
}

/** Go's names for system and processor, as kubectl and krew have them. Source: go tool dist list. */
function platform(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const processor = process.arch === 'x64' ? 'amd64' : process.arch;
  return `${system}/${processor}`;
}

async function main(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2), {
    env: environment(),
    stdout: say,
    stderr: (text) => process.stderr.write(text),
    readStdin,
    now: () => Date.now(),
    stdoutIsTerminal: process.stdout.isTTY,
    stderrIsTerminal: process.stderr.isTTY,
    signal: interruption.signal,
    runtime: { node: process.version, platform: platform() },
  });
}

/** What was given up on, such as the name of a server that nobody knows, must not keep a shell waiting. */
function endAtOnce(): void {
  if (process.argv[2] === COMPLETE) process.stdout.write('', () => process.exit());
}

void main().then(endAtOnce);
