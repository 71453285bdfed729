import { UserError } from '../model/errors.ts';
import { ACCEPTABLE, type Accepted, type RemovalTarget } from '../model/removal.ts';
import { SEE_HELP } from './flag-syntax.ts';
import { all, last, type Given } from './given.ts';
import type { Command } from './invocation.ts';
import { quoted } from './quoted.ts';
import { choice, commaSeparated } from './values.ts';

const KINDS: ReadonlyMap<string, RemovalTarget['kind']> = new Map([
  ['pack', 'pack'],
  ['packs', 'pack'],
  ['profile', 'profile'],
  ['profiles', 'profile'],
]);

/** Reads what `removal` is asked: names, or a file with the new version of a profile. */
export function removalOperands(
  operands: readonly string[],
  given: Given,
): Omit<Extract<Command, { name: 'removal' }>, 'name'> {
  const to = last(given, 'to');
  if (to !== undefined && operands.length > 0)
    throw new UserError(
      'removal takes names or --to, and got both',
      'With --to the file says which profile is meant; leave the names out.',
    );
  return { targets: removalTargets(operands), to, accept: acceptedDoubts(all(given, 'accept')) };
}

/**
 * Reads `pack/NAME` and `profile/NAME`, each once however often it is given; `pack NAME` is read, too, as kubectl does.
 *
 * @throws {UserError} for anything else.
 */
function removalTargets(operands: readonly string[]): readonly RemovalTarget[] {
  const found = new Map<string, RemovalTarget>();
  for (const operand of spelled(operands)) {
    const slash = operand.indexOf('/');
    const kind = KINDS.get(operand.slice(0, Math.max(0, slash)).toLowerCase());
    const name = operand.slice(slash + 1);
    if (kind === undefined || name === '')
      throw new UserError(
        `removal takes pack/NAME or profile/NAME, and got ${quoted(operand)}`,
        `Without a name it lists all. ${SEE_HELP}`,
      );
    found.set(`${kind}/${name}`, { kind, name });
  }
  return [...found.values()];
}

/** `pack NAME...`, one kind for all names, as in `kubectl get TYPE NAME...`. */
function spelled(operands: readonly string[]): readonly string[] {
  const [first = '', ...names] = operands;
  return KINDS.has(first.toLowerCase()) && names.length > 0 ? names.map((name) => `${first}/${name}`) : operands;
}

/** Reads the values of `--accept`. */
function acceptedDoubts(texts: readonly string[]): readonly Accepted[] {
  return commaSeparated('accept', texts).map((text) => choice('accept', ACCEPTABLE, text));
}
