import { shortened, UNSAFE, UNSAFE_BUT_LINE_END } from '../model/unsafe-text.ts';

/** Longest cell or name that reaches a page, in characters; a Kubernetes name has at most 253. */
const LONGEST = 256;

/** `##[command]` and `##vso[command]` are orders to CI runners wherever they stand in a line. */
const RUNNER_ORDER = /#(?=#(?:vso)?\[)/gu;

/** `::command::` is an order to GitHub's runner at the start of a line, after any blanks. */
const RUNNER_COMMAND = /^(\s*):(?=:)/u;

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

/** `\u{202e}` for a character that a terminal would obey or hide. */
function visible(character: string): string {
  return `\\u{${codeOf(character).toString(16)}}`;
}

/** Short and harmless as it is, like nearly all names: printable ASCII without the sign that orders begin with. */
const HARMLESS = /^[\u{20}-\u{22}\u{24}-\u{7e}]{0,256}$/u;

/** Words of prose that no name is as long as; what was cut already stays as it is. */
const LONG_WORD = /[^\s…]{257,}/gu;

/** Prose for a terminal or a log, of any length: nothing in it is obeyed, hidden or turned around, no word is endless. */
export function terminalProse(text: string): string {
  if (HARMLESS.test(text)) return text;
  return text
    .replace(LONG_WORD, (word) => shortened(word, LONGEST))
    .replace(UNSAFE, visible)
    .replace(RUNNER_ORDER, visible);
}

/** One cell or name for a terminal or a log: as prose, and at most 256 characters of it. */
export function terminalText(text: string): string {
  return HARMLESS.test(text) ? text : terminalProse(shortened(text, LONGEST));
}

/** One whole line of text output: what a CI runner would take for its own command gets a visible escape. */
export function logLine(line: string): string {
  return line.includes('::') ? line.replace(RUNNER_COMMAND, '$1\\u{3a}') : line;
}

/** Characters with a meaning in Markdown or HTML. */
const MARKUP = /[\\`*_{}[\]<>|~&$]/gu;

/** What GitHub and GitLab turn into links and mentions: `@name`, `#1`, headings, `https://`, `www.`. */
const AUTOLINK = /#|@(?=\w)|:(?=\/\/)|(?<=\bwww)\./giu;

/** Prose for a Markdown page: shown letter by letter, with no link, mention, tag or cell border of its own. */
export function markdownText(text: string): string {
  return terminalProse(text)
    .replace(MARKUP, (character) => (character === '<' ? '&lt;' : `\\${character}`))
    .replace(AUTOLINK, (character) => `${character}<!-- -->`);
}

/** A name for a Markdown page, as a code span whose fence is longer than any run of backticks in it. */
export function markdownCode(text: string): string {
  const shown = terminalText(text).replace(/\|/gu, '\\|');
  if (shown === '') return '';
  const fence = '`'.repeat(longestRun(shown) + 1);
  const gap = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${fence}${gap}${shown}${gap}${fence}`;
}

/** Length of the longest run of backticks, for a fence that nothing inside can close. */
export function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/gu), ([run]) => run.length));
}

function unicodeEscape(text: string): string {
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}

/** Serialised JSON, or double-quoted YAML: the same value, with `\uXXXX` for what a terminal would obey. */
export function quotedText(serialised: string): string {
  return serialised.replace(UNSAFE_BUT_LINE_END, unicodeEscape).replace(RUNNER_ORDER, unicodeEscape);
}

/**
 * `quotedText` of what `JSON.stringify` wrote. Of ASCII that leaves only DEL unescaped, and nearly every document is of
 * ASCII: three native looks at the whole text take a tenth of the time that an expression takes to read it.
 */
export function quotedJson(json: string): string {
  const isHarmless = Buffer.byteLength(json) === json.length && !json.includes('\u{7f}') && !json.includes('##');
  return isHarmless ? json : quotedText(json);
}

/** True when a text must be quoted before `quotedText` can make it harmless. */
export function needsQuotes(text: string): boolean {
  return quotedText(text) !== text || text.split('\n').some((line) => logLine(line) !== line);
}
