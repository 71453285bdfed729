import { UserError } from '../model/errors.ts';
import { quoted } from './quoted.ts';
import { namespaceName } from './values.ts';

/** A resource as the command line names it: `type` in any of kubectl's spellings, not yet looked up. */
export interface ResourceWords {
  readonly type: string;
  readonly name: string;
}

/** What `explain` is asked about. */
export type Explained = { readonly namespace: string } | { readonly resource: ResourceWords };

/** What a namespace may be called before its name. Source: kubectl api-resources. */
const NAMESPACE_KINDS: ReadonlySet<string> = new Set(['namespace', 'namespaces', 'ns']);

const USAGE = 'Run "kubectl palette-audit explain TYPE/NAME -n NAMESPACE", or "explain namespace/NAME".';

/**
 * Understands `TYPE/NAME`, or the two as words, as kubectl get takes them; one resource at a time.
 *
 * @throws {UserError} for anything else.
 */
export function explained(operands: readonly string[]): Explained {
  const [type = '', name = '', ...surplus] = operands.flatMap((operand) => operand.split('/'));
  if ([type, name].includes('') || surplus.length > 0 || type.includes(',')) throw notOne(operands.join(' '));
  const plain = type.toLowerCase().replace(/\.(?:v1\.)?$/, '');
  return NAMESPACE_KINDS.has(plain) ? { namespace: namespaceName(name) } : { resource: { type, name } };
}

function notOne(given: string): UserError {
  return new UserError(`explain takes one resource, and got ${given === '' ? 'nothing' : quoted(given)}`, USAGE);
}
