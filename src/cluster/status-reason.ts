import { listAt, textAt } from './json.ts';
import { plainText } from './plain-text.ts';
import { fieldsOf, type Fields } from './protobuf-fields.ts';

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

/** With these bytes the API server begins an answer in protobuf, as it also refuses what was asked for so. */
const MAGIC = Buffer.from('k8s\0');

function messages(fields: Fields, number: number): readonly Fields[] {
  return (fields.get(number) ?? []).map(fieldsOf);
}

function words(fields: Fields | undefined, number: number): string | undefined {
  return fields?.get(number)?.at(-1)?.toString('utf8');
}

/** In the shape that it has in JSON. Source of the numbers: generated.proto of apimachinery's meta/v1 and runtime. */
function fromProtobuf(body: Buffer): unknown {
  const [status] = messages(fieldsOf(body.subarray(MAGIC.length)), 2);
  const causes = status === undefined ? [] : messages(status, 5).flatMap((details) => messages(details, 4));
  return {
    message: words(status, 3),
    reason: words(status, 4),
    details: { causes: causes.map((cause) => ({ field: words(cause, 3) })) },
  };
}

function parsed(body: Buffer): unknown {
  try {
    if (body.length > LONGEST_STATUS) return undefined;
    return body.subarray(0, MAGIC.length).equals(MAGIC) ? fromProtobuf(body) : JSON.parse(body.toString('utf8'));
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
