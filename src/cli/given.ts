import { UserError } from '../model/errors.ts';
import { SEE_HELP } from './flag-syntax.ts';
import { OPTIONS, takes, type OptionName } from './options.ts';
import type { CommandName } from './commands.ts';
import { boolean } from './values.ts';

/** What the command line gave, by option, in the order given. Options that were not given are absent. */
export type Given = ReadonlyMap<OptionName, readonly string[]>;

/** Collects the options out of the parser's answer: each value is a text, or a list of texts when given again. */
export function givenOptions(parsed: ReadonlyMap<string, unknown>): Given {
  const given = new Map<OptionName, readonly string[]>();
  for (const { name } of OPTIONS) {
    const texts = [parsed.get(name)].flat().filter((text) => typeof text === 'string');
    if (texts.length > 0) given.set(name, texts);
  }
  return given;
}

/** Refuses an option that the command would ignore: the answer would not be to the question that was asked. */
export function refuseForeignOptions(command: CommandName, given: Given): void {
  for (const option of OPTIONS) {
    if (given.has(option.name) && !takes(command, option))
      throw new UserError(
        `${command} takes no --${option.name}`,
        `Run "kubectl palette-audit ${command} --help" for its options.`,
      );
  }
}

/** Refuses two options that contradict each other. */
export function refuseTogether(given: Given, one: OptionName, others: readonly OptionName[]): void {
  const other = given.has(one) ? others.find((name) => given.has(name)) : undefined;
  if (other !== undefined)
    throw new UserError(`--${one} and --${other} cannot be given together`, 'Leave one of them out.');
}

/** @returns the last value: a flag that is given again counts anew, as in kubectl. */
export function last(given: Given, name: OptionName): string | undefined {
  return given.get(name)?.at(-1);
}

/** @returns the last value; without one, the default that the table of options gives it. */
export function lastOrDefault(given: Given, name: OptionName): string {
  return last(given, name) ?? OPTIONS.find((option) => option.name === name)?.default ?? '';
}

/** @returns every value; an option that was not given has none. */
export function all(given: Given, name: OptionName): readonly string[] {
  return given.get(name) ?? [];
}

/** @returns whether a flag is set; every value is read, so that a wrong one is never passed over. */
export function isSet(given: Given, name: OptionName): boolean {
  return (
    all(given, name)
      .map((text) => boolean(name, text))
      .at(-1) ?? false
  );
}

/** An empty value is often a shell variable that was never set: what it would choose is not what was meant. */
export function refuseEmpty(given: Given, names: readonly OptionName[]): void {
  for (const name of names)
    if (all(given, name).includes('')) throw new UserError(`--${name} is empty`, `Give --${name} a value. ${SEE_HELP}`);
}
