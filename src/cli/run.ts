import { parseArguments } from './arguments.ts';
import { COMPLETE } from './completion/shim.ts';
import { failureOf } from './failure.ts';
import type { ExitCode } from './outcome.ts';
import type { Ports } from './ports.ts';

/** The whole program: understand, read, judge, say. Never rejects and never exits; every failure is a code and a text. */
export async function run(argv: readonly string[], ports: Ports): Promise<ExitCode> {
  try {
    return argv[0] === COMPLETE ? await completed(argv.slice(1), ports) : await answered(argv, ports);
  } catch (error) {
    const { code, text } = failureOf(error);
    ports.stderr(text);
    return code;
  }
}

/** What reads and judges is loaded only when there is something to read: help and version are there at once. */
async function answered(argv: readonly string[], ports: Ports): Promise<ExitCode> {
  const invocation = await parseArguments(argv);
  if (invocation.kind === 'text') {
    ports.stdout(`${invocation.text.trimEnd()}\n`);
    return 0;
  }
  const { answer } = await import('./ask.ts');
  return answer(invocation, ports);
}

async function completed(argv: readonly string[], ports: Ports): Promise<ExitCode> {
  const { complete } = await import('./completion/complete.ts');
  ports.stdout(await complete(argv, ports));
  return 0;
}
