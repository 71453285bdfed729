import { UserError } from '../model/errors.ts';
import { logLine, terminalText } from '../render/escape.ts';
import type { ExitCode } from './outcome.ts';

/** Where a bug in the program is to be told. */
const TELL = 'This is a bug in kubectl palette-audit. Run it again with -v 6 and report what it prints.';

/**
 * What a person reads when the program cannot go on: two lines, what failed and what to do. Never a stack trace: of a
 * surprise only its kind and message are said, for a stack tells nothing to the one who has to decide at night.
 */
export function failureOf(error: unknown): { readonly code: ExitCode; readonly text: string } {
  if (error instanceof UserError) {
    return {
      code: error.exitCode,
      text: `error: ${terminalText(error.message)}\n${logLine(terminalText(error.remedy))}\n`,
    };
  }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : 'an unknown failure';
  return { code: 70, text: `error: ${terminalText(what)}\n${TELL}\n` };
}
