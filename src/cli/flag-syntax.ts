import { UserError } from '../model/errors.ts';
import { nearest } from './nearest.ts';
import { OPTIONS, type Option } from './options.ts';
import { quoted } from './quoted.ts';

/** Where to read on; the remedy of most usage errors. */
export const SEE_HELP = 'Run "kubectl palette-audit --help" for commands and options.';

const BY_NAME: ReadonlyMap<string, Option> = new Map(OPTIONS.map((option) => [option.name, option]));
const BY_LETTER: ReadonlyMap<string, Option> = new Map(
  OPTIONS.flatMap((option) => (option.short === undefined ? [] : [[option.short, option] as const])),
);

/** What one argument stands for, and whether the argument after it is part of it. */
interface Spelled {
  readonly words: readonly string[];
  readonly usesNext: boolean;
}

/**
 * Spells every option as `--name="value"`, so that what the parser sees has one meaning only.
 *
 * kubectl's reading of flags (github.com/spf13/pflag) differs from yargs': `-nfoo` is `-n foo`, `-Av6` is `-A -v 6`,
 * a value may begin with a dash, and a flag may be `--flag=false`.
 *
 * @throws {UserError} for an unknown option or a missing value; the value of an unknown option is never quoted.
 */
export function canonicalArguments(argv: readonly string[]): string[] {
  const words: string[] = [];
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? '';
    if (word === '--') return [...words, ...argv.slice(index)];
    const spelled = spell(word, argv[index + 1]);
    words.push(...spelled.words);
    if (spelled.usesNext) index += 1;
  }
  return words;
}

function spell(word: string, next: string | undefined): Spelled {
  if (word.startsWith('--')) return spellLong(word, next);
  if (word.startsWith('-') && word !== '-') return spellShort(word, next);
  return { words: [word], usesNext: false };
}

function spellLong(word: string, next: string | undefined): Spelled {
  const equals = word.indexOf('=');
  const name = word.slice(2, equals < 0 ? undefined : equals);
  const option = BY_NAME.get(name) ?? unknownOption(`--${name}`);
  if (equals >= 0) return { words: [assigned(option, word.slice(equals + 1))], usesNext: false };
  return withoutEquals(option, word, next);
}

/** yargs takes one pair of quotes off a value after an equals sign: these, so that the value's own stay. */
function assigned(option: Option, value: string): string {
  return `--${option.name}="${value}"`;
}

function withoutEquals(option: Option, spelling: string, next: string | undefined): Spelled {
  if (option.value === undefined) return { words: [assigned(option, 'true')], usesNext: false };
  if (next === undefined) throw new UserError(`${spelling} needs a value: ${option.value}`, SEE_HELP);
  return { words: [assigned(option, next)], usesNext: true };
}

/** `-A`, `-Av6`, `-n foo`, `-nfoo`, `-n=foo`: letters are flags until one that takes a value. */
function spellShort(word: string, next: string | undefined): Spelled {
  const words: string[] = [];
  for (const [index, letter] of Array.from(word).entries()) {
    if (index === 0) continue;
    const option = BY_LETTER.get(letter) ?? unknownOption(`-${letter}`);
    const rest = word.slice(index + 1);
    if (rest.startsWith('=')) return { words: [...words, assigned(option, rest.slice(1))], usesNext: false };
    if (option.value !== undefined && rest !== '')
      return { words: [...words, assigned(option, rest)], usesNext: false };
    const spelled = withoutEquals(option, `-${letter}`, next);
    words.push(...spelled.words);
    if (spelled.usesNext) return { words, usesNext: true };
  }
  return { words, usesNext: false };
}

function unknownOption(spelling: string): never {
  const meant = spelling.startsWith('--') ? nearest(spelling.slice(2), [...BY_NAME.keys()]) : undefined;
  const remedy = meant === undefined ? SEE_HELP : `Did you mean --${meant}? ${SEE_HELP}`;
  throw new UserError(`unknown option ${quoted(spelling)}`, remedy);
}
