import { COMMANDS, type CommandName, type CommandSpec } from './commands.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { OPTION_GROUPS, takes, type Option } from './options.ts';

/** Columns of a line of help. */
const WIDTH = 100;
/** Where explanations begin. */
const INDENT = 36;

const ABOUT = [
  "When Palette removes a pack it destroys the pack's namespace, with everything in it. This lists what",
  "shares a namespace with a pack and is not the pack's own, before that happens. It only reads.",
];

const EXAMPLES: readonly (readonly [says: string, command: string])[] = [
  ['What would a removal take along, in the cluster of the current context?', 'kubectl palette-audit'],
  ['Judge a profile before it is deployed.', 'kubectl palette-audit -f profile.yaml --var region=eu'],
  ['May a team deploy into payments?', 'kubectl palette-audit explain namespace/payments'],
  ['Before a removal: what goes, what breaks, will it hang?', 'kubectl palette-audit removal pack/kubecost'],
  ['Keep the prediction.', 'kubectl palette-audit removal pack/kubecost -o json > prediction.json'],
  ['After the removal: did that go, and nothing else?', 'kubectl palette-audit verify prediction.json'],
];

/** @returns the help of the whole program, at most 100 columns wide, without a line end. */
export function programHelp(): string {
  return [
    'kubectl palette-audit [COMMAND] [OPTIONS]',
    '',
    ...ABOUT,
    '',
    'Commands:',
    ...COMMANDS.flatMap(commandLines),
    '',
    ...OPTION_GROUPS.flatMap(({ title, options }) => groupLines(title, options)),
    'Examples:',
    ...EXAMPLES.flatMap(([says, command]) => [`  # ${says}`, `  ${command}`, '']),
    ...exitCodeLines(),
  ].join('\n');
}

/** @returns the help of one command: the options that it takes, and the exit codes. */
export function commandHelp(name: CommandName): string {
  const command = COMMANDS.find((one) => one.name === name);
  if (command === undefined) return programHelp();
  return [
    `kubectl palette-audit ${usage(command)} [OPTIONS]`,
    '',
    command.says,
    '',
    ...OPTION_GROUPS.flatMap(({ title, options }) =>
      groupLines(
        title,
        options.filter((option) => takes(name, option)),
      ),
    ),
    ...exitCodeLines(),
  ].join('\n');
}

/** @returns a command as one types it: name and operand. */
export function usage({ name, operand }: CommandSpec): string {
  return operand === '' ? name : `${name} ${operand}`;
}

/** @returns an option as one types it: `-n, --namespace NAME`. */
export function spelling(option: Option): string {
  const long = `--${option.name}${option.value === undefined ? '' : ` ${option.value}`}`;
  return option.short === undefined ? long : `-${option.short}, ${long}`;
}

function commandLines(command: CommandSpec): string[] {
  return entry(`  ${usage(command)}`, command.says);
}

function groupLines(title: string, options: readonly Option[]): string[] {
  if (options.length === 0) return [];
  return [`${title}:`, ...options.flatMap(optionLines), ''];
}

function optionLines(option: Option): string[] {
  const says = option.default === undefined ? option.says : `${option.says} Default: ${option.default}.`;
  return entry(`${option.short === undefined ? '      ' : '  '}${spelling(option)}`, says);
}

function exitCodeLines(): string[] {
  return ['Exit codes:', ...EXIT_CODES.map(({ code, says }) => `  ${code.padEnd(15)}${says}`)];
}

/** A term and its explanation, wrapped into the right column; a long term has a line of its own. */
function entry(term: string, says: string): string[] {
  const lines = wrapped(says, WIDTH - INDENT);
  const first = term.length + 2 > INDENT ? [term] : [`${term.padEnd(INDENT)}${lines.shift() ?? ''}`];
  return [...first, ...lines.map((line) => `${' '.repeat(INDENT)}${line}`)];
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
