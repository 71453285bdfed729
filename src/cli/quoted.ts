import { terminalText } from '../render/escape.ts';

const LONGEST = 60;

/** @returns text from the command line as an error may show it: in quotes, cut, with nothing that a terminal obeys. */
export function quoted(text: string): string {
  return `"${terminalText(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)}"`;
}
