import { UserError } from '../model/errors.ts';

/** The largest definition file that is read: ten times the largest of the known packs' files, which has 0.8 MiB. */
export const MAX_FILE_BYTES = 8 * 1024 * 1024;

/** Why bytes are no text, or undefined when they are. */
export function textFault(bytes: Uint8Array): string | undefined {
  if (bytes.length > MAX_FILE_BYTES) return `larger than ${String(MAX_FILE_BYTES / 1024 / 1024)} MiB`;
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return 'UTF-16, not UTF-8';
  if (bytes.includes(0) || decode(bytes) === undefined) return 'binary, not text';
  return undefined;
}

/** UTF-8 text without a byte order mark; undefined when the bytes are not UTF-8. */
export function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text of a file that was given as a whole. Throws UserError when it is no text, too large or empty. */
export function wholeText(path: string, bytes: Uint8Array): string {
  const fault = textFault(bytes);
  if (fault !== undefined) throw new UserError(`${path}: the file is ${fault}.`, remedyFor(bytes));
  const text = decode(bytes) ?? '';
  if (text.trim() === '') throw new UserError(`${path}: the file is empty.`, 'Give a file that defines a pack.');
  return text;
}

function remedyFor(bytes: Uint8Array): string {
  if (bytes.length > MAX_FILE_BYTES) return 'Give the profile or the values alone, without what surrounds them.';
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'Unpack the archive and give the directory or file inside.';
  return 'Give a YAML or JSON file in UTF-8.';
}
