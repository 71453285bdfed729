import type { Tone } from './page.ts';

const RED = 31;
const GREEN = 32;
const YELLOW = 33;
const CYAN = 36;

const TONES: Readonly<Record<Tone, number>> = { bad: RED, unsure: YELLOW, good: GREEN };
const SEVERITIES: ReadonlyMap<string, number> = new Map([
  ['error', RED],
  ['warning', YELLOW],
  ['info', CYAN],
]);

function sgr(text: string, code: string): string {
  return `\u{1b}[${code}m${text}\u{1b}[0m`;
}

/** Colours the word of a verdict. The text must be escaped already. */
export function paintVerdict(text: string, tone: Tone): string {
  return sgr(text, `1;${TONES[tone]}`);
}

/** Colours a severity; any other word stays as it is. */
export function paintSeverity(text: string): string {
  const color = SEVERITIES.get(text.trimEnd());
  return color === undefined ? text : sgr(text, String(color));
}
