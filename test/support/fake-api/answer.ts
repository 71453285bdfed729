/** What the fake server sends, as it leaves it: `body` is the very text. */
export interface FakeAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const JSON_TYPE = 'application/json';

/** A document as the API server writes it, with a line end behind it. */
export function jsonAnswer(document: unknown, type = JSON_TYPE): FakeAnswer {
  return { status: 200, type, body: `${JSON.stringify(document)}\n` };
}

/** A line of plain text, as Go's web server sends it where no API answers. */
export function textAnswer(status: number, line: string, headers: FakeAnswer['headers'] = {}): FakeAnswer {
  return {
    status,
    type: 'text/plain; charset=utf-8',
    body: `${line}\n`,
    headers: { 'X-Content-Type-Options': 'nosniff', ...headers },
  };
}

/** What a refusal is about: the type's plural and group, and the object's name where one was asked for. */
interface Details {
  readonly kind?: string;
  readonly group?: string;
  readonly name?: string;
}

/** What a `Status` says beside that it is a failure. */
interface Refusal {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  readonly details?: Details;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** A refusal in the words of the API server: a `Status`, its fields in the server's order. */
export function refusal({ code, reason, message, details, metadata = {} }: Refusal): FakeAnswer {
  const { name, group, kind } = details ?? {};
  const named = { ...(name ? { name } : {}), ...(group ? { group } : {}), ...(kind ? { kind } : {}) };
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata,
    status: 'Failure',
    message,
    ...(reason === '' ? {} : { reason }),
    ...(details === undefined ? {} : { details: named }),
    code,
  };
  return { ...jsonAnswer(status), status: code };
}
