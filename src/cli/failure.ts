import { UserError } from '../model/errors.ts';
import { logLine, terminalText } from '../render/escape.ts';
import type { ExitCode } from './outcome.ts';

/** Where a bug in the program is to be told. */
const TELL = 'This is a bug in kubectl palette-audit. Run it again with -v 6 and report what it prints.';

/** V8's words where a text would be longer than it can hold, 512 MB: a report of about a million objects. */
const TOO_LONG = 'Invalid string length';

function told(error: unknown): unknown {
  if (!(error instanceof RangeError) || error.message !== TOO_LONG) return error;
  const remedy = 'Ask for fewer namespaces with -n, or for another format with -o.';
  return new UserError('The answer is longer than 512 MB, which is more than can be written', remedy);
}

/**
 * What a person reads when the program cannot go on: two lines, what failed and what to do. Never a stack trace: of a
 * surprise only its kind and message are said, for a stack tells nothing to the one who has to decide at night.
 */
export function failureOf(thrown: unknown): { readonly code: ExitCode; readonly text: string } {
  const error = told(thrown);
  if (error instanceof UserError) {
    return {
      code: error.exitCode,
      text: `error: ${terminalText(error.message)}\n${logLine(terminalText(error.remedy))}\n`,
    };
  }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : 'an unknown failure';
  return { code: 70, text: `error: ${terminalText(what)}\n${TELL}\n` };
}
