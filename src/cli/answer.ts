import type { Style } from '../render/formats.ts';
import type { ExitCode } from './outcome.ts';

/** The text of an answer, what is said beside it on standard error, and the exit code that goes with both. */
export interface Answer {
  readonly text: string;
  readonly aside: string;
  readonly code: ExitCode;
}

/** How an answer is written, once its exit code is known. */
export type StyleOf = (exitCode: ExitCode) => Style;
