import { failureOf } from './failure.ts';
import { programHelp } from './help.ts';
import type { ExitCode } from './outcome.ts';
import type { Ports } from './ports.ts';
import { versionText } from './version.ts';

/** The whole program: understand, read, judge, say. Never rejects and never exits; every failure is a code and a text. */
export async function run(argv: readonly string[], ports: Ports): Promise<ExitCode> {
  try {
    const text = textAtOnce(argv);
    if (text === undefined) return await (await import('./ask.ts')).respond(argv, ports);
    ports.stdout(`${text}\n`);
    return 0;
  } catch (error) {
    const { code, text } = failureOf(error);
    ports.stderr(text);
    return code;
  }
}

/** What people type first must be there at once: all that parses, reads and judges is loaded only for the rest. */
function textAtOnce([only, ...more]: readonly string[]): string | undefined {
  if (more.length > 0) return undefined;
  if (only === '--version') return versionText();
  return only === '--help' || only === '-h' ? programHelp() : undefined;
}
