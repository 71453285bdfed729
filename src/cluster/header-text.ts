import { UserError } from '../model/errors.ts';

/** Characters that a header's name may have, but for the percent sign, which escapes. Source: RFC 9110, token. */
const PLAIN_IN_NAME = /^[!#$&'*+\-.^_`|~0-9A-Za-z]$/;

const NOT_IN_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/**
 * A header's value as kubectl sends it: as UTF-8, while Node would send Latin-1, which names another user.
 * Throws UserError that names `what` and never the value when no header can carry it.
 */
export function headerValue(value: string, what: string): string {
  const bytes = Buffer.from(value, 'utf8').toString('latin1');
  if (!NOT_IN_VALUE.test(bytes)) return bytes;
  throw new UserError(`The ${what} has a line break or control character, which no header can carry`, 'Correct it.');
}

function escapedByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return PLAIN_IN_NAME.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** A text as part of a header's name, escaped as client-go does (transport/round_trippers.go, headerKeyEscape). */
export function headerNamePart(text: string): string {
  return [...Buffer.from(text, 'utf8')].map(escapedByte).join('');
}
