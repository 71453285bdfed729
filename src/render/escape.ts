/** Longest cell or name that reaches a page, in characters; a Kubernetes name has at most 253. */
const LONGEST = 256;

/**
 * What must not reach a terminal as it is: control characters (C0 with newline and tab, DEL, C1), format characters
 * (bidirectional controls, zero-width, BOM), lone surrogates (with the `u` flag a pair is one code point), line and
 * paragraph separators, and whatever else Unicode lets a reader ignore.
 * Source: CVE-2021-25743, CVE-2021-42574.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

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

/** Cuts a text to 256 characters and says how many are missing: `…(+12)`. */
function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  const characters = Array.from(text);
  const missing = characters.length - LONGEST;
  return missing > 0 ? `${characters.slice(0, LONGEST).join('')}…(+${missing})` : text;
}

/** Prose for a terminal or a log: nothing in it is obeyed, hidden or turned around; of any length. */
export function terminalProse(text: string): string {
  return text.replace(UNSAFE, visible).replace(RUNNER_ORDER, visible);
}

/** One cell or name for a terminal or a log: as prose, and at most 256 characters of it. */
export function terminalText(text: string): string {
  return terminalProse(shortened(text));
}

/** One whole line of text output: what a CI runner would take for its own command gets a visible escape. */
export function logLine(line: string): string {
  return line.replace(RUNNER_COMMAND, '$1\\u{3a}');
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
  return serialised
    .replace(UNSAFE, (character) => (character === '\n' ? character : unicodeEscape(character)))
    .replace(RUNNER_ORDER, unicodeEscape);
}

/** True when a text must be quoted before `quotedText` can make it harmless. */
export function needsQuotes(text: string): boolean {
  return quotedText(text) !== text || text.split('\n').some((line) => logLine(line) !== line);
}
