import yargs from 'yargs';
import { UserError } from '../model/errors.ts';
import { COMMANDS, type CommandName } from './commands.ts';
import { canonicalArguments, SEE_HELP } from './flag-syntax.ts';
import { givenOptions, isSet, refuseForeignOptions, type Given } from './given.ts';
import { commandHelp, programHelp } from './help.ts';
import type { Command, Invocation } from './invocation.ts';
import { nearest } from './nearest.ts';
import { OPTIONS } from './options.ts';
import { quoted } from './quoted.ts';
import { explained, type Explained } from './resource-words.ts';
import { SHIM } from './completion/shim.ts';
import { connectionFlags, outputFlags, refuseContradictions, subjectFlags } from './flags.ts';
import { removalOperands } from './removal-arguments.ts';
import { versionText } from './version.ts';

/**
 * Understands the command line. Touches neither the process nor the disk.
 *
 * @throws {UserError} for anything that is not understood as a whole: nothing is guessed or passed over.
 */
export async function parseArguments(argv: readonly string[]): Promise<Invocation> {
  const { words, given } = await parse(canonicalArguments(argv));
  const [first, ...operands] = words;
  const command = first === undefined ? 'audit' : commandName(first);
  if (isSet(given, 'help')) return { kind: 'text', text: first === undefined ? programHelp() : commandHelp(command) };
  if (isSet(given, 'version')) return { kind: 'text', text: versionText() };
  refuseForeignOptions(command, given);
  refuseContradictions(given);
  if (command === 'completion') {
    refuseOperands(command, operands);
    return { kind: 'text', text: SHIM };
  }
  return {
    kind: 'run',
    command: withOperands(command, operands, given),
    connection: connectionFlags(given),
    subject: subjectFlags(given),
    output: outputFlags(given, command),
  };
}

/** Names stay text: `-n 017` is the namespace 017, and `--no-headers` is an option, not the opposite of one. */
const PARSER = {
  'boolean-negation': false,
  'camel-case-expansion': false,
  'dot-notation': false,
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'short-option-groups': false,
};

async function parse(canonical: readonly string[]): Promise<{ words: readonly string[]; given: Given }> {
  const parsed = await yargs([...canonical])
    .locale('en')
    .parserConfiguration(PARSER)
    .exitProcess(false)
    .help(false)
    .version(false)
    .string(OPTIONS.map((option) => option.name))
    .strictOptions()
    .fail((message, error) => {
      throw error ?? new UserError(message, SEE_HELP);
    })
    .parseAsync();
  return { words: parsed._.map(String), given: givenOptions(new Map(Object.entries(parsed))) };
}

function commandName(word: string): CommandName {
  const names = COMMANDS.map((command) => command.name);
  const known = names.find((name) => name === word);
  if (known !== undefined) return known;
  const meant = nearest(word, names);
  const remedy = meant === undefined ? SEE_HELP : `Did you mean ${meant}? ${SEE_HELP}`;
  throw new UserError(`unknown command ${quoted(word)}`, remedy);
}

function withOperands(name: Exclude<CommandName, 'completion'>, operands: readonly string[], given: Given): Command {
  switch (name) {
    case 'audit':
    case 'namespaces':
      refuseOperands(name, operands);
      return { name };
    case 'version':
      refuseOperands(name, operands);
      return { name, client: isSet(given, 'client') };
    case 'rbac':
      refuseOperands(name, operands);
      return {
        name,
        withoutSecrets: isSet(given, 'without-secrets'),
        wildcard: isSet(given, 'wildcard'),
        removal: isSet(given, 'removal'),
      };
    case 'snapshot':
      return { name, file: snapshotFile(operands), force: isSet(given, 'force') };
    case 'explain':
      return { name, ...explainedWhere(operands, given) };
    case 'verify':
      return { name, file: predictionFile(operands) };
    case 'removal':
      return { name, ...removalOperands(operands, given) };
  }
}

function refuseOperands(command: CommandName, [surplus]: readonly string[]): void {
  if (surplus !== undefined) throw new UserError(`${command} takes no argument, and got ${quoted(surplus)}`, SEE_HELP);
}

function snapshotFile(operands: readonly string[]): string {
  const [file = '', ...surplus] = operands;
  if (file !== '' && file !== '-' && surplus.length === 0) return file;
  throw new UserError('snapshot takes one file to write', 'Run "kubectl palette-audit snapshot FILE".');
}

function predictionFile(operands: readonly string[]): string {
  const [file = '', ...surplus] = operands;
  if (file !== '' && surplus.length === 0) return file;
  throw new UserError(
    'verify takes the file of one prediction',
    'Make it before the removal, with "kubectl palette-audit removal NAME -o json > PREDICTION.json".',
  );
}

function explainedWhere(operands: readonly string[], given: Given): Explained {
  const about = explained(operands);
  if ('namespace' in about && given.has('namespace'))
    throw new UserError('explain namespace/NAME names the namespace already', 'Leave -n out.');
  return about;
}
