import { UserError } from '../model/errors.ts';
import { entryText } from './check-entries.ts';
import { at, textAt } from './json.ts';
import type { UserEntry } from './kubeconfig.ts';

/** kubectl takes a token as expired this long before it is. Source: client-go, plugin/pkg/client/auth/oidc. */
const MARGIN_MS = 10_000;

/** When a JWT expires, in milliseconds since the epoch; undefined when it is none or does not say. */
function expiryOf(token: string): number | undefined {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    const seconds = at(claims, 'exp');
    return typeof seconds === 'number' ? seconds * 1000 : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The token of a user's `auth-provider`. kubectl has one left, `oidc`, and its ID token is used as long as it is good.
 * It is never renewed here: that may use up the refresh token, and the new one would have to be written into the
 * kubeconfig, which this program does not do. Throws UserError (exit 4) for all else.
 */
export function authProviderToken(user: UserEntry, now: number): string {
  const where = entryText('user', user);
  const name = textAt(user.authProvider, 'name') ?? '';
  if (name !== 'oidc') {
    const remedy = 'Use a credential plugin (exec) instead: kubectl itself has given up this way.';
    throw new UserError(`${where}: its auth-provider is not supported, only oidc is`, remedy, 4);
  }
  for (const field of ['idp-issuer-url', 'client-id']) {
    if (textAt(user.authProvider, 'config', field) !== undefined) continue;
    throw new UserError(`${where}: its auth-provider has no ${field}`, 'Correct the kubeconfig.', 4);
  }
  const token = textAt(user.authProvider, 'config', 'id-token');
  if (token !== undefined && now + MARGIN_MS < (expiryOf(token) ?? 0)) return token;
  const remedy = 'Run any kubectl command, which renews it, and try again.';
  throw new UserError(`${where}: the id-token of its auth-provider is missing or has expired`, remedy, 4);
}
