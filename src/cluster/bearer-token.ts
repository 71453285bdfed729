import { readFile } from 'node:fs/promises';
import { UserError } from '../model/errors.ts';
import { entryText } from './check-entries.ts';
import { headerValue } from './header-text.ts';
import type { UserEntry } from './kubeconfig.ts';
import { errorCode } from './plain-text.ts';

async function fileToken(user: UserEntry, path: string): Promise<string> {
  const where = `${entryText('user', user)}: its tokenFile ${path}`;
  let text: string;
  try {
    text = (await readFile(path, 'utf8')).trim();
  } catch (error) {
    const reason = errorCode(error) === 'ENOENT' ? 'there is no such file' : errorCode(error);
    throw new UserError(`${where} cannot be read: ${reason}`, 'Correct the kubeconfig.');
  }
  if (text === '') throw new UserError(`${where} is empty`, 'Put a token into it, or log in another way.');
  return text;
}

/**
 * The user's token; undefined when it has none. As in kubectl, a tokenFile that can be read goes before a token, even
 * before one of a flag (client-go, transport/round_trippers.go). Throws UserError, never with the token in it.
 */
export async function bearerToken(user: UserEntry): Promise<string | undefined> {
  const { token, tokenFile } = user;
  if (tokenFile === undefined) return token;
  return token === undefined ? fileToken(user, tokenFile) : fileToken(user, tokenFile).catch(() => token);
}

/** The Authorization header for a bearer token. */
export function bearer(token: string, user: UserEntry): string {
  return headerValue(`Bearer ${token}`, `token of ${entryText('user', user)}`);
}
