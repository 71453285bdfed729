import { writeSync } from 'node:fs';
import { run } from './cli/run.ts';

/** Exit codes of a program that a signal ended: 128 and the signal's number. */
const SIGNAL_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    interruption.abort();
    process.exit(SIGNAL_CODES[signal]);
  });
}

/** What a shell reports of a program that wrote into a closed pipe: 128 and the number of SIGPIPE. */
const CUT_OFF = 141;

/** A reader such as `head` that has seen enough closes the pipe: no word about it, but a cut answer is no all-clear. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE')
    process.exit(process.exitCode === undefined || process.exitCode === 0 ? CUT_OFF : process.exitCode);
  writeSync(2, `error: cannot write the answer: ${error.code ?? error.message}\n`);
  process.exit(70);
});
process.stderr.on('error', () => {});

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

async function main(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2), {
    env: process.env,
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    readStdin,
    now: () => Date.now(),
    stdoutIsTerminal: process.stdout.isTTY,
    stderrIsTerminal: process.stderr.isTTY,
    signal: interruption.signal,
  });
}

void main();
