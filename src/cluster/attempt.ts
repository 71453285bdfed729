import { request as httpRequest } from 'node:http';
import type { Agent, ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { finished } from 'node:stream/promises';
import { gunzipSync } from 'node:zlib';
import { kindOfError, kindOfStatus, wordsOfError } from './failure.ts';
import type { RequestFailure } from './failure.ts';
import { freeBytes } from './free-bytes.ts';
import { gunzipped, isOverMost } from './gunzipped.ts';
import type { TransportLimits } from './options.ts';
import { errorCode, errorText, plainText } from './plain-text.ts';
import { httpDate, retryAfterMs } from './retry.ts';
import { reasonOfStatus } from './status-reason.ts';

/** One GET about to be sent. */
export interface Call {
  readonly url: URL;
  readonly agent: Agent;
  readonly headers: OutgoingHttpHeaders;
  /** Names the whole URL in the request line, as a proxy for http wants it. */
  readonly absoluteForm: boolean;
  readonly limits: TransportLimits;
  /** Milliseconds that the caller has left for it. */
  readonly leftMs: number;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

/** A whole body and how it was announced, or why there is none. */
export type RawReply =
  | {
      readonly ok: true;
      readonly contentType: string;
      readonly body: Buffer;
      /** The server's own time, in milliseconds since 1970, where it told that. */
      readonly serverTime: number | undefined;
    }
  | { readonly ok: false; readonly failure: RequestFailure };

function failed(kind: RequestFailure['kind'], reason: string): RawReply {
  return { ok: false, failure: { kind, status: 0, reason } };
}

function fromError(error: unknown): RawReply {
  const code = errorCode(error);
  const kind = kindOfError(code, error instanceof Error ? error.message : '');
  if (kind === 'tls') return failed(kind, code === '' ? errorText(error) : `${code}: ${errorText(error)}`);
  return failed(kind, wordsOfError(code, errorText(error)));
}

function replyOf(response: IncomingMessage, body: Buffer, now: number): RawReply {
  const status = response.statusCode ?? 0;
  const serverTime = httpDate(response.headers.date);
  if (status === 200) return { ok: true, contentType: response.headers['content-type'] ?? '', body, serverTime };
  const kind = kindOfStatus(status);
  const reason = kind === 'redirect' ? `HTTP ${status}: redirects are not followed` : reasonOfStatus(status, body);
  const wait = retryAfterMs(response.headers['retry-after'], serverTime ?? now);
  return { ok: false, failure: { kind, status, reason, retryAfterMs: wait } };
}

function mebibytes(bytes: number): string {
  return `${bytes / 1024 / 1024} MiB`;
}

type Settle = (reply: RawReply) => void;

/** Up to here unpacking takes less time than to hand it to another thread and to hear of it. */
const SMALL = 32 * 1024;

/** The body as it was before it was packed. Rejects when it is damaged, cut, or larger than an answer may be. */
async function unpacked(body: Buffer, encoding: string, maxOutputLength: number): Promise<Buffer> {
  if (encoding !== 'gzip') return body;
  if (body.length <= SMALL) return gunzipSync(body, { maxOutputLength });
  const whole = await gunzipped(body, maxOutputLength);
  freeBytes(body);
  return whole;
}

function tooLarge({ maxBytes }: TransportLimits): RawReply {
  return failed('too-large', `the answer is over ${mebibytes(maxBytes)}`);
}

async function answerOf(response: IncomingMessage, packed: Buffer, call: Call): Promise<RawReply> {
  try {
    const encoding = response.headers['content-encoding'] ?? 'identity';
    return replyOf(response, await unpacked(packed, encoding, call.limits.maxBytes), call.now());
  } catch (error) {
    return isOverMost(error) ? tooLarge(call.limits) : fromError(error);
  }
}

/** Collects the body, checked to its last byte: a cut or damaged one is an error, never a shorter answer. */
function readBody(response: IncomingMessage, call: Call, settle: Settle): void {
  const encoding = response.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'gzip' && encoding !== 'identity') {
    response.destroy();
    settle(failed('protocol', `content encoding ${plainText(encoding)} was not asked for`));
    return;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  const idle = setTimeout(() => {
    settle(failed('timeout', `the answer stood still for ${call.limits.idleMs / 1000} s`));
    response.destroy();
  }, call.limits.idleMs);
  response.on('data', (chunk: Buffer) => {
    idle.refresh();
    bytes += chunk.length;
    if (bytes <= call.limits.maxBytes) chunks.push(chunk);
    else {
      settle(tooLarge(call.limits));
      response.destroy();
    }
  });
  void finished(response)
    .finally(() => clearTimeout(idle))
    .then(() => answerOf(response, Buffer.concat(chunks), call), fromError)
    .then(settle);
}

function send(call: Call): ClientRequest {
  const { agent, headers, signal } = call;
  const options = { method: 'GET', agent, headers, signal, ...(call.absoluteForm ? { path: call.url.href } : {}) };
  return call.url.protocol === 'https:' ? httpsRequest(call.url, options) : httpRequest(call.url, options);
}

/** Sends one GET and never rejects: a value says what became of it. All deadlines are absolute. */
export function attempt(call: Call): Promise<RawReply> {
  return new Promise((resolve) => {
    const { limits } = call;
    const request = send(call);
    const timers: NodeJS.Timeout[] = [];
    const settle: Settle = (reply) => {
      for (const timer of timers) clearTimeout(timer);
      resolve(reply);
    };
    const limit = (milliseconds: number, reason: string): NodeJS.Timeout => {
      const timer = setTimeout(() => {
        settle(failed('timeout', reason));
        request.destroy();
      }, milliseconds);
      timers.push(timer);
      return timer;
    };
    limit(call.leftMs, 'no whole answer in the time that was left');
    limit(limits.requestMs, `no whole answer within ${limits.requestMs / 1000} s`);
    const headersMs = Math.min(limits.headersMs, limits.requestMs);
    const headersTimer = limit(headersMs, `no answer within ${headersMs / 1000} s`);
    request.once('socket', (socket) => {
      if (!socket.connecting) return;
      const connectTimer = limit(limits.connectMs, `no connection within ${limits.connectMs / 1000} s`);
      socket.once(call.url.protocol === 'https:' ? 'secureConnect' : 'connect', () => clearTimeout(connectTimer));
    });
    request.once('response', (response) => {
      clearTimeout(headersTimer);
      readBody(response, call, settle);
    });
    request.on('error', (error) => settle(fromError(error)));
    request.end();
  });
}
