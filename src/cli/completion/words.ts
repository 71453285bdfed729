import { ACCEPTABLE } from '../../model/removal.ts';
import { COMMANDS, type CommandName } from '../commands.ts';
import {
  COLORS,
  FAIL_ON,
  FORMATS,
  OPTIONS,
  REMOVAL_FAIL_ON,
  takes,
  VERSION_FORMATS,
  type Option,
  type OptionName,
} from '../options.ts';
import { FILES, listOffers, plainOffers, type Offers } from './offers.ts';
import type { Before } from './place.ts';

/** What all commands are called, and the first sentence of what they do. */
export function commandOffers(): Offers {
  return { words: COMMANDS.map(({ name, says }) => ({ value: name, says: firstSentence(says) })) };
}

/** The options that a command takes and has not got; letters are offered behind a single dash. */
export function optionOffers({ command, given }: Before, typed: string): Offers {
  const open = OPTIONS.filter((option) => takes(command, option) && (option.repeatable || !given.has(option.name)));
  const words = open.flatMap((option) => {
    const says = firstSentence(option.says);
    const long = { value: `--${option.name}`, says };
    return option.short === undefined || typed.startsWith('--') ? [long] : [long, { value: `-${option.short}`, says }];
  });
  return { words };
}

const PATHS: ReadonlySet<OptionName> = new Set([
  'filename',
  'to',
  'snapshot',
  'kubeconfig',
  'certificate-authority',
  'client-certificate',
  'client-key',
]);

/** Values that are known without asking anybody; undefined where there are none. */
export function valueOffers(option: Option, command: CommandName, typed: string): Offers | undefined {
  if (PATHS.has(option.name)) return FILES;
  if (option.name === 'accept') return listOffers(typed, ACCEPTABLE);
  if (option.value === undefined) return plainOffers(['true', 'false']);
  const choices = choicesOf(option.name, command);
  return choices && plainOffers(choices);
}

function choicesOf(name: OptionName, command: CommandName): readonly string[] | undefined {
  if (name === 'color') return COLORS;
  if (name === 'output') return command === 'version' ? VERSION_FORMATS : FORMATS;
  if (name === 'fail-on') return command === 'removal' ? REMOVAL_FAIL_ON : FAIL_ON;
  return undefined;
}

function firstSentence(text: string): string {
  return text.split(/(?<=\.) /)[0]?.replace(/\.$/, '') ?? text;
}
