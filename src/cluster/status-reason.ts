import { listAt, textAt } from './json.ts';
import { plainText } from './plain-text.ts';

/** A `Status` that is larger than this says nothing that would fit on a line. */
const LONGEST_STATUS = 1024 * 1024;
const MOST_KEYS = 10;

/** The keys of objects that the server could not read or decrypt; it names up to a hundred. */
function unreadKeys(status: unknown): string {
  if (textAt(status, 'reason') !== 'StorageReadError') return '';
  const keys = listAt(status, 'details', 'causes').flatMap((cause) => textAt(cause, 'field') ?? []);
  if (keys.length === 0) return '';
  const more = keys.length > MOST_KEYS ? ` and ${keys.length - MOST_KEYS} more` : '';
  return `: ${keys.slice(0, MOST_KEYS).join(', ')}${more}`;
}

function parsed(body: Buffer): unknown {
  try {
    return body.length > LONGEST_STATUS ? undefined : JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/**
 * What an answer that is not a 200 gives as its reason, on one line: the message of a Kubernetes `Status`, with the
 * keys of objects that its store could not read (`StatusReasonStoreReadError` of apimachinery), or the HTTP status.
 */
export function reasonOfStatus(status: number, body: Buffer): string {
  const answer = parsed(body);
  const message = plainText(textAt(answer, 'message') ?? textAt(answer, 'reason') ?? `HTTP ${status}`);
  return `${message}${plainText(unreadKeys(answer), 1000)}`;
}
