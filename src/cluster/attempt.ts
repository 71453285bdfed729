import { gunzipSync } from 'node:zlib';
import type { Channel, OpenChannel } from './channels.ts';
import { CUT, sendOver } from './exchange.ts';
import type { Asked, Head, Listener, Stop } from './exchange.ts';
import { kindOfError, kindOfStatus, NO_CONNECTION, wordsOfError } from './failure.ts';
import type { RequestFailure } from './failure.ts';
import { freeBytes } from './free-bytes.ts';
import { gunzipped, isOverMost } from './gunzipped.ts';
import type { TransportLimits } from './options.ts';
import { errorCode, errorText, plainText } from './plain-text.ts';
import { httpDate, retryAfterMs } from './retry.ts';
import { reasonOfStatus } from './status-reason.ts';

/** One GET about to be sent. */
export interface Call extends Asked {
  readonly open: OpenChannel;
  readonly limits: TransportLimits;
  /** Milliseconds that the caller has left for it. */
  readonly leftMs: number;
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

function replyOf({ status, headers }: Head, body: Buffer, now: number): RawReply {
  const serverTime = httpDate(headers.date);
  if (status === 200) return { ok: true, contentType: headers['content-type'] ?? '', body, serverTime };
  const kind = kindOfStatus(status);
  const reason = kind === 'redirect' ? `HTTP ${status}: redirects are not followed` : reasonOfStatus(status, body);
  const wait = retryAfterMs(headers['retry-after'], serverTime ?? now);
  return { ok: false, failure: { kind, status, reason, retryAfterMs: wait } };
}

function mebibytes(bytes: number): string {
  return `${bytes / 1024 / 1024} MiB`;
}

/** Up to here unpacking takes less time than to hand it to another thread and to hear of it. */
const SMALL = 4 * 1024;

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

async function answerOf(head: Head, packed: Buffer, call: Call): Promise<RawReply> {
  try {
    return replyOf(head, await unpacked(packed, encodingOf(head), call.limits.maxBytes), call.now());
  } catch (error) {
    return isOverMost(error) ? tooLarge(call.limits) : fromError(error);
  }
}

function encodingOf({ headers }: Head): string {
  return headers['content-encoding'] ?? 'identity';
}

/** Where the length was announced, no byte may be missing and none too many. */
function isWhole({ headers }: Head, bytes: number): boolean {
  const announced = headers['content-length'];
  return announced === undefined || Number(announced) === bytes;
}

/** An attempt under way. What settles it first counts; nothing that comes later is heard. */
interface Watch {
  readonly isOver: () => boolean;
  readonly settle: (reply: RawReply) => void;
  /** Settles it, and stops what is on its way. */
  readonly giveUp: (reply: RawReply) => void;
  /** Gives it up after so many milliseconds. */
  readonly limit: (milliseconds: number, reason: string) => NodeJS.Timeout;
  readonly onGivenUp: (stop: Stop) => void;
}

function createWatch(resolve: (reply: RawReply) => void): Watch {
  const timers: NodeJS.Timeout[] = [];
  let over = false;
  let stop: Stop | undefined;
  const settle = (reply: RawReply): void => {
    over = true;
    for (const timer of timers) clearTimeout(timer);
    resolve(reply);
  };
  const giveUp = (reply: RawReply): void => {
    settle(reply);
    stop?.();
  };
  return {
    isOver: () => over,
    settle,
    giveUp,
    limit: (milliseconds, reason) => {
      const timer = setTimeout(() => giveUp(failed('timeout', reason)), milliseconds);
      timers.push(timer);
      return timer;
    },
    onGivenUp: (wanted) => {
      stop = wanted;
    },
  };
}

type Body = Pick<Listener, 'piece' | 'ended'>;

/** Collects the body, checked to its last byte: a cut or damaged one is an error, never a shorter answer. */
function collect(head: Head, call: Call, watch: Watch): Body {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const idle = watch.limit(call.limits.idleMs, `the answer stood still for ${call.limits.idleMs / 1000} s`);
  return {
    piece: (chunk) => {
      idle.refresh();
      bytes += chunk.length;
      if (bytes <= call.limits.maxBytes) chunks.push(chunk);
      else watch.giveUp(tooLarge(call.limits));
    },
    ended: () => {
      clearTimeout(idle);
      if (isWhole(head, bytes)) void answerOf(head, Buffer.concat(chunks), call).then(watch.settle);
      else watch.settle(fromError(CUT));
    },
  };
}

/** Hears an answer: nothing counts before its head, and nothing of one that is packed otherwise than was asked for. */
function listenerFor(call: Call, watch: Watch): Listener {
  const { limits } = call;
  const headersMs = Math.min(limits.headersMs, limits.requestMs);
  const headersTimer = watch.limit(headersMs, `no answer within ${headersMs / 1000} s`);
  let body: Body | undefined;
  return {
    connecting: () => {
      const timer = watch.limit(limits.connectMs, `${NO_CONNECTION} ${limits.connectMs / 1000} s`);
      return () => clearTimeout(timer);
    },
    begun: (head) => {
      clearTimeout(headersTimer);
      const encoding = encodingOf(head);
      if (encoding === 'gzip' || encoding === 'identity') body = collect(head, call, watch);
      else watch.giveUp(failed('protocol', `content encoding ${plainText(encoding)} was not asked for`));
    },
    piece: (chunk) => body?.piece(chunk),
    ended: () => (body === undefined ? watch.settle(fromError(CUT)) : body.ended()),
    failed: (error) => watch.settle(fromError(error)),
  };
}

/** Sends one GET and never rejects: a value says what became of it. All deadlines are absolute. */
export function attempt(call: Call): Promise<RawReply> {
  return new Promise((resolve) => {
    const watch = createWatch(resolve);
    watch.limit(call.leftMs, 'no whole answer in the time that was left');
    watch.limit(call.limits.requestMs, `no whole answer within ${call.limits.requestMs / 1000} s`);
    const listener = listenerFor(call, watch);
    const send = (channel: Channel): void => {
      if (!watch.isOver()) watch.onGivenUp(sendOver(channel, call, listener));
    };
    call.open().then(send).catch(listener.failed);
  });
}
