import { UserError } from '../model/errors.ts';
import type { OptionName } from './options.ts';
import { quoted } from './quoted.ts';

/** Unit of a Go duration in milliseconds. Source: Go's time.ParseDuration. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/**
 * Reads a duration as kubectl's --request-timeout does: whole seconds, or Go's `5s`, `1m30s`, `1.5h`.
 *
 * @returns milliseconds; 0 is no limit. What is not nothing never becomes 0.
 */
export function durationMs(option: OptionName, text: string): number {
  if (/^\d+$/.test(text)) return bounded(option, text, Number(text) * 1000);
  const parts = [...text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/gy)];
  const read = parts.map((part) => part[0]).join('');
  if (text === '' || read !== text) throw badDuration(option, text);
  const sum = parts.reduce((total, part) => total + Number(part[1]) * (UNITS.get(part[2] ?? '') ?? 0), 0);
  return bounded(option, text, Math.ceil(sum));
}

/** Node's timers hold 31 bits of milliseconds, and take more as 1. */
function bounded(option: OptionName, text: string, ms: number): number {
  if (ms > 2 ** 31 - 1) throw badDuration(option, text);
  return ms;
}

function badDuration(option: OptionName, text: string): UserError {
  return new UserError(
    `--${option} ${quoted(text)} is no duration`,
    'Give 5s, 2m, 1h, whole seconds, or 0 for no limit.',
  );
}

/** @returns a whole number of at least 0. */
export function count(option: OptionName, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new UserError(`--${option} ${quoted(text)} is no whole number`, 'Give 0 or more, in digits.');
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((text) => [text, true] as const),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((text) => [text, false] as const),
]);

/** Reads `--flag=VALUE` as kubectl does. Source: Go's strconv.ParseBool. */
export function boolean(option: OptionName, text: string): boolean {
  const value = BOOLEANS.get(text);
  if (value === undefined)
    throw new UserError(`--${option} ${quoted(text)} is neither true nor false`, `Give --${option} alone.`);
  return value;
}

/** @returns the choice that `text` is. */
export function choice<Choice extends string>(option: OptionName, choices: readonly Choice[], text: string): Choice {
  const chosen = choices.find((one) => one === text);
  if (chosen !== undefined) return chosen;
  throw new UserError(`--${option} ${quoted(text)} is not known`, `Give one of ${choices.join(', ')}.`);
}

/**
 * Reads `name=value` pairs; the last of a name counts, and a value may hold further equals signs.
 * Errors name the variable, never the value.
 */
export function variables(pairs: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    pairs.map((pair) => {
      const equals = pair.indexOf('=');
      if (equals < 1) throw new UserError('--var needs a name, an equals sign and a value', 'Give --var name=value.');
      return [pair.slice(0, equals), pair.slice(equals + 1)] as const;
    }),
  );
}

/** @returns the parts of comma-separated, repeated values, each once, in the order given. */
export function commaSeparated(option: OptionName, texts: readonly string[]): readonly string[] {
  const parts = texts.flatMap((text) => text.split(',').map((part) => part.trim()));
  if (parts.includes(''))
    throw new UserError(`--${option} has an empty part`, `Give names, separated by single commas.`);
  return [...new Set(parts)];
}

/** A name that no namespace can have would match nothing, and nothing found must not look like an answer. */
export function namespaceName(text: string): string {
  if (text.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text)) return text;
  throw new UserError(
    `${quoted(text)} cannot be the name of a namespace`,
    'Give lower-case letters, digits and inner dashes, at most 63.',
  );
}
