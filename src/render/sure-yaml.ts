/**
 * Printable ASCII from a letter on, without a colon or the sign of comments, and with no blank or dash at its end:
 * nothing in it ends a plain text, and a word that YAML takes for something else is told apart by `TAKEN`.
 */
const BARE = /^[A-Za-z](?:[ -"$-9;-~]*[!"$-,.-9;-~])?$/;

/** What YAML 1.1 or 1.2 reads as a truth value, as nothing or as no number. */
const TAKEN: ReadonlySet<string> = new Set(['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null', 'nan', 'inf']);
const LONGEST_TAKEN = 5;

/** What the library takes for a number in YAML 1.1: an exponent alone. */
const EXPONENT = /^[eE][-+]?\d/;

/** From a letter on, with nothing that JSON would escape: with a colon and a blank in it, it needs quotes and no more. */
const QUOTABLE = /^[A-Za-z][ !$-[\]-~]*$/;

/** Hexadecimal with a digit that no number without `0x` has: not `b` of binary ones, nor `e` of exponents. */
const HEX = /^[0-9a-f]*[acdf][0-9a-f]*$/;

/** A UID, with its dashes no number of any kind; and a time as Kubernetes writes it, which YAML 1.1 would not read as text. */
const UID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** A text as a value in YAML's block style where it is beyond doubt how the library writes it; else undefined. */
export function sureYaml(text: string): string | undefined {
  if (BARE.test(text)) return isTaken(text) ? undefined : text;
  if (UID.test(text) || HEX.test(text)) return text;
  if (TIME.test(text) || (text.includes(': ') && QUOTABLE.test(text))) return `"${text}"`;
  return undefined;
}

function isTaken(text: string): boolean {
  return EXPONENT.test(text) || (text.length <= LONGEST_TAKEN && TAKEN.has(text.toLowerCase()));
}
