import type { Caller } from './recording-server.ts';
import type { CredentialWorld, Setting, Sight } from './world.ts';

/** Fields of a caller that are not empty. */
export type Expected = Partial<Caller>;

/**
 * What becomes of a case. `same`: kubectl and the program come as the same caller, who is this. `refused`: neither
 * reaches a server, and the program says why. `stricter`: the program refuses what kubectl would do. `further`: the
 * program goes on where kubectl fails, or asks for a name and a password.
 */
type Outcome =
  | { readonly kind: 'same'; readonly caller: Expected; readonly sight?: Partial<Sight>; readonly warns?: RegExp }
  | { readonly kind: 'refused' | 'stricter'; readonly says: RegExp }
  | { readonly kind: 'further'; readonly caller: Expected; readonly sight?: Partial<Sight> };

/** One way to reach a cluster, and what becomes of it. */
export interface CredentialCase {
  readonly name: string;
  readonly setting: (world: CredentialWorld) => Setting;
  readonly outcome: Outcome;
}

const NOBODY: Caller = { authorization: [], impersonation: {}, certificate: '', serverName: '' };

/** A caller of whom nothing else is known. */
export function whole(expected: Expected): Caller {
  return { ...NOBODY, ...expected };
}

/** Who comes with this token. */
export function withToken(token: string): Expected {
  return { authorization: [`Bearer ${token}`] };
}

/** A caller with nothing to show. */
export const anonymous: Expected = {};
