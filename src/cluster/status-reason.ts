import { listAt, textAt } from './json.ts';
import { plainText } from './plain-text.ts';
import { isProtobuf, objectIn } from './protobuf-answer.ts';
import { fieldBytes, fieldsOf, fieldText } from './protobuf-fields.ts';

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

const STATUS = { message: 3, reason: 4, details: 5 } as const;
const CAUSES = 4;
const FIELD = 3;

/** In the shape that it has in JSON, without what is empty. Source of the numbers: generated.proto of meta/v1. */
function fromProtobuf(body: Buffer): unknown {
  const status = objectIn(body, 'Status');
  const details = fieldsOf(fieldBytes(status, STATUS.details));
  const causes = (details.get(CAUSES) ?? []).map((cause) => ({ field: fieldText(fieldsOf(cause), FIELD) }));
  const texts = { message: fieldText(status, STATUS.message), reason: fieldText(status, STATUS.reason) };
  return { ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')), details: { causes } };
}

function parsed(body: Buffer): unknown {
  try {
    if (body.length > LONGEST_STATUS) return undefined;
    return isProtobuf(body) ? fromProtobuf(body) : JSON.parse(body.toString('utf8'));
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
