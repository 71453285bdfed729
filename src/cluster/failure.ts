import type { CoverageState } from '../model/inventory.ts';

export type FailureKind =
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'not-allowed'
  | 'not-acceptable'
  | 'expired'
  | 'throttled'
  | 'server'
  | 'refused-status'
  | 'redirect'
  | 'tls'
  | 'proxy'
  | 'unreachable'
  | 'interrupted'
  | 'timeout'
  | 'damaged'
  | 'protocol'
  | 'too-large'
  | 'aborted';

/** Why a GET yielded nothing. `reason` is fit for one line; `status` is 0 when no answer came. */
export interface RequestFailure {
  readonly kind: FailureKind;
  readonly status: number;
  readonly reason: string;
  /** The server's wish, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
}

const KIND_BY_STATUS: ReadonlyMap<number, FailureKind> = new Map([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [405, 'not-allowed'],
  [406, 'not-acceptable'],
  [410, 'expired'],
  [429, 'throttled'],
]);

/** The kind of an answer that is not a 200. */
export function kindOfStatus(status: number): FailureKind {
  const known = KIND_BY_STATUS.get(status);
  if (known !== undefined) return known;
  if (status >= 300 && status < 400) return 'redirect';
  return status >= 500 ? 'server' : 'refused-status';
}

/** How a list that ended in this failure stands in the coverage. */
export function coverageStateOf(failure: RequestFailure): CoverageState {
  if (failure.kind === 'forbidden') return 'forbidden';
  return failure.kind === 'not-allowed' ? 'not-listable' : 'failed';
}

const TLS_CODES = ['CERT_', 'UNABLE_TO_', 'SELF_SIGNED', 'DEPTH_ZERO', 'ERR_TLS', 'ERR_SSL', 'EPROTO', 'HOSTNAME_'];
const UNREACHABLE_CODES: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
]);

/** An error that begins with these words is one of time. */
export const NO_CONNECTION = 'no connection within';

/** How our own errors begin. */
const KIND_BY_BEGINNING: readonly (readonly [string, FailureKind])[] = [
  ['the proxy', 'proxy'],
  [NO_CONNECTION, 'timeout'],
];

/** What HTTP/1.1 and HTTP/2 must not look like. */
const PROTOCOL_CODES = ['HPE_', 'ERR_HTTP2_ERROR'];

/** The kind of an error that Node reported instead of an answer. */
export function kindOfError(code: string, message: string): FailureKind {
  if (code === 'ABORT_ERR') return 'aborted';
  if (TLS_CODES.some((start) => code.startsWith(start)) || code === 'INVALID_CA') return 'tls';
  const told = KIND_BY_BEGINNING.find(([words]) => message.startsWith(words));
  if (told !== undefined) return told[1];
  if (UNREACHABLE_CODES.has(code)) return 'unreachable';
  if (code.startsWith('Z_')) return 'damaged';
  return PROTOCOL_CODES.some((start) => code.startsWith(start)) ? 'protocol' : 'interrupted';
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['Z_BUF_ERROR', 'the answer ended before its end (gzip)'],
  ['Z_DATA_ERROR', 'the answer is damaged (gzip)'],
  ['ERR_STREAM_PREMATURE_CLOSE', 'the answer ended before its end'],
  ['ERR_HTTP2_STREAM_ERROR', 'the server broke the answer off (HTTP/2)'],
  ['ERR_HTTP2_STREAM_CANCEL', 'the connection was lost (HTTP/2)'],
  ['ERR_HTTP2_SESSION_ERROR', 'the server closed the connection (HTTP/2)'],
  ['ERR_HTTP2_GOAWAY_SESSION', 'the server closed the connection (HTTP/2)'],
  ['ERR_HTTP2_INVALID_SESSION', 'the connection was lost (HTTP/2)'],
  ['ERR_HTTP2_ERROR', 'what came is no HTTP/2'],
  ['ECONNRESET', 'the connection was reset (ECONNRESET)'],
  ['EPIPE', 'the connection was closed (EPIPE)'],
  ['ETIMEDOUT', 'no connection was made in time (ETIMEDOUT)'],
  ['ECONNREFUSED', 'nothing listens there (ECONNREFUSED)'],
  ['ENOTFOUND', 'no address is known for that name (ENOTFOUND)'],
  ['EAI_AGAIN', 'its name cannot be looked up now (EAI_AGAIN)'],
  ['EHOSTUNREACH', 'there is no way to that host (EHOSTUNREACH)'],
  ['ENETUNREACH', 'there is no way to that network (ENETUNREACH)'],
]);

/** What one of Node's error codes means to a person; `text`, Node's own words, where the code says nothing. */
export function wordsOfError(code: string, text: string): string {
  const known = WORDS.get(code);
  if (known !== undefined) return known;
  if (code.startsWith('Z_')) return `the answer is damaged (gzip, ${code})`;
  if (code.startsWith('HPE_')) return `what came is no HTTP (${code})`;
  return code === '' ? text : code;
}
