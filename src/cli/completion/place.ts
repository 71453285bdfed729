import { COMMANDS, type CommandName } from '../commands.ts';
import { canonicalArguments } from '../flag-syntax.ts';
import { givenOptions, type Given } from '../given.ts';
import { OPTIONS, type Option } from '../options.ts';

/** What stands before the word that is being typed. */
export interface Before {
  readonly command: CommandName;
  readonly given: Given;
  /** Without the command's name. */
  readonly operands: readonly string[];
}

/** What the word that is being typed is; `typed` is as much of it as there is. */
type Word =
  | { readonly kind: 'command' | 'option' | 'operand'; readonly typed: string }
  | { readonly kind: 'value'; readonly option: Option; readonly typed: string };

export type Place = Before & Word;

/** Stands for the word that is being typed; no argument can hold it. */
const HERE = '\0';

/** Finds out what the last of these arguments is; undefined where what stands before it is not understood. */
export function placeOf(argv: readonly string[]): Place | undefined {
  const spelled = understood([...argv.slice(0, -1), HERE]);
  const before = spelled && beforeOf(spelled);
  return before && { ...before, ...wordIn(spelled, argv.at(-1) ?? '') };
}

interface Spelled {
  readonly options: ReadonlyMap<string, readonly string[]>;
  /** The word that is being typed is among them, unless it is a value. */
  readonly words: readonly string[];
  /** After `--`. */
  readonly onlyOperands: boolean;
}

function understood(argv: readonly string[]): Spelled | undefined {
  try {
    return spelledOut(canonicalArguments(argv));
  } catch {
    return undefined;
  }
}

function spelledOut(canonical: readonly string[]): Spelled {
  const end = canonical.indexOf('--');
  const options = new Map<string, string[]>();
  const words: string[] = [];
  for (const word of end < 0 ? canonical : canonical.slice(0, end)) {
    const [, name, value] = /^--([^=]+)="(.*)"$/s.exec(word) ?? [];
    if (name === undefined || value === undefined) words.push(word);
    else options.set(name, [...(options.get(name) ?? []), value]);
  }
  return { options, words: end < 0 ? words : [...words, ...canonical.slice(end + 1)], onlyOperands: end >= 0 };
}

function beforeOf({ options, words }: Spelled): Before | undefined {
  const [first, ...operands] = words.filter((word) => word !== HERE);
  const command = COMMANDS.find(({ name }) => name === (first ?? 'audit'))?.name;
  const values = [...options].map(([name, all]) => [name, all.filter((value) => value !== HERE)] as const);
  return command && { command, given: givenOptions(new Map(values)), operands };
}

function wordIn({ options, words, onlyOperands }: Spelled, typed: string): Word {
  const awaiting = OPTIONS.find(({ name }) => options.get(name)?.includes(HERE));
  if (awaiting !== undefined) return { kind: 'value', option: awaiting, typed };
  if (typed.startsWith('-') && !onlyOperands) return optionWord(typed);
  return { kind: words.length === 1 ? 'command' : 'operand', typed };
}

/** `--name=` and what follows: shells complete what stands behind the equals sign. */
function optionWord(typed: string): Word {
  const equals = typed.indexOf('=');
  const option = OPTIONS.find(({ name }) => equals >= 0 && typed.slice(0, equals) === `--${name}`);
  return option === undefined ? { kind: 'option', typed } : { kind: 'value', option, typed: typed.slice(equals + 1) };
}
