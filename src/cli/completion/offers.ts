import { terminalProse } from '../../render/escape.ts';

/** A word that may stand there, and what it means. */
interface Offer {
  readonly value: string;
  readonly says?: string;
}

/** What may follow. `files`: the shell offers files beside; `open`: the word goes on, so no space follows it. */
export interface Offers {
  readonly words: readonly Offer[];
  readonly files?: boolean;
  readonly open?: boolean;
}

export const NOTHING: Offers = { words: [] };
export const FILES: Offers = { words: [], files: true };

/** Offers words without saying more of them. */
export function plainOffers(values: readonly string[]): Offers {
  return { words: values.map((value) => ({ value })) };
}

/** Of a comma-separated list the last part is offered anew, each name once. */
export function listOffers(typed: string, values: readonly string[]): Offers {
  const comma = typed.lastIndexOf(',') + 1;
  const before = new Set(typed.slice(0, comma).split(','));
  return plainOffers(values.filter((value) => !before.has(value)).map((value) => typed.slice(0, comma) + value));
}

/** Bits of the last line. Source: github.com/spf13/cobra, completions.go, ShellCompDirective. */
const NO_SPACE = 2;
const NO_FILES = 4;

/**
 * Writes offers as kubectl reads them from a plugin: a word and what it says to a line, then a colon and bits for the
 * shell. Only what begins with `typed`; a name that a terminal would obey, or that is not of one line, is left out.
 */
export function offersText({ words, files = false, open = false }: Offers, typed: string): string {
  const lines = words
    .filter(({ value }) => value.startsWith(typed) && terminalProse(value) === value)
    .map(({ value, says }) => (says === undefined ? value : `${value}\t${terminalProse(says)}`));
  const bits = (open ? NO_SPACE : 0) + (files ? 0 : NO_FILES);
  return `${[...new Set(lines), `:${bits}`].join('\n')}\n`;
}
