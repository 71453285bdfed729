import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { HttpAnswer } from './http-answer.ts';

/**
 * What happens to a right answer on its way. `latency` is a wait before it, `drip` a byte now and then; `reset` is a
 * TCP reset before the first byte or amid the body; `cut` ends the connection after so many bytes of the answer;
 * `short` after half the announced length, `no-last-chunk` before the end of a chunked body, `close-delimited` amid a
 * body whose only end is the connection's. `gzip` is packed
 * and whole; `gzip-cut` and `gzip-no-trailer` are well framed and damaged inside,
 * `half-json` too; `html` is a login page; `hang` no answer at all.
 */
export type WireFault =
  | { readonly kind: 'latency'; readonly ms: number }
  | { readonly kind: 'drip'; readonly everyMs: number }
  | { readonly kind: 'reset'; readonly at: 'start' | 'body' }
  | { readonly kind: 'cut'; readonly at: number }
  | {
      readonly kind:
        | 'short'
        | 'no-last-chunk'
        | 'close-delimited'
        | 'gzip'
        | 'gzip-cut'
        | 'gzip-no-trailer'
        | 'half-json'
        | 'html'
        | 'hang';
    };

function head({ statusLine, headers }: HttpAnswer, ...framing: readonly string[]): string {
  return [statusLine, ...headers, ...framing, '', ''].join('\r\n');
}

function sized(body: Buffer): string {
  return `Content-Length: ${body.length}`;
}

function half(body: Buffer): Buffer {
  return body.subarray(0, Math.floor(body.length / 2));
}

/** The bytes of an answer as it should be. */
function wholeBytes(answer: HttpAnswer): Buffer {
  return Buffer.concat([Buffer.from(head(answer, sized(answer.body))), answer.body]);
}

function chunkedWithoutEnd(answer: HttpAnswer): Buffer {
  const { body } = answer;
  const start = head(answer, 'Transfer-Encoding: chunked');
  return Buffer.concat([Buffer.from(`${start}${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')]);
}

function packed(answer: HttpAnswer, end: (bytes: Buffer) => Buffer): Buffer {
  const body = end(gzipSync(answer.body));
  return Buffer.concat([Buffer.from(head(answer, 'Content-Encoding: gzip', sized(body))), body]);
}

const LOGIN_PAGE: HttpAnswer = {
  statusLine: 'HTTP/1.1 200 OK',
  headers: ['Content-Type: text/html'],
  body: Buffer.from('<html><title>Log in</title></html>'),
};

async function drip(client: Socket, bytes: Buffer, everyMs: number): Promise<void> {
  const start = bytes.indexOf('\r\n\r\n') + 4;
  client.write(bytes.subarray(0, start));
  for (let at = start; at < bytes.length && !client.destroyed; at += 1) {
    client.write(bytes.subarray(at, at + 1));
    await sleep(everyMs);
  }
}

function reset(client: Socket, answer: HttpAnswer, at: 'start' | 'body'): void {
  if (at === 'start') client.resetAndDestroy();
  else {
    const bytes = Buffer.concat([Buffer.from(head(answer, sized(answer.body))), half(answer.body)]);
    // Bytes that were not sent yet would be dropped by the reset.
    client.write(bytes, () => setTimeout(() => client.resetAndDestroy(), 5));
  }
}

/** Sends the answer with the fault in it. Afterwards the connection is over, except after a mere delay. */
export async function sendFaulty(client: Socket, answer: HttpAnswer, fault: WireFault): Promise<void> {
  const { body } = answer;
  const start = (framing: string): Buffer => Buffer.from(head(answer, framing));
  switch (fault.kind) {
    case 'latency':
      await sleep(fault.ms);
      client.write(wholeBytes(answer));
      return;
    case 'drip':
      return drip(client, wholeBytes(answer), fault.everyMs);
    case 'reset':
      return reset(client, answer, fault.at);
    case 'cut':
      client.end(wholeBytes(answer).subarray(0, fault.at));
      return;
    case 'short':
      client.end(Buffer.concat([start(sized(body)), half(body)]));
      return;
    case 'no-last-chunk':
      client.end(chunkedWithoutEnd(answer));
      return;
    case 'close-delimited':
      client.end(Buffer.concat([start('Connection: close'), half(body)]));
      return;
    case 'gzip':
      client.write(packed(answer, (bytes) => bytes));
      return;
    case 'gzip-cut':
      client.write(packed(answer, half));
      return;
    case 'gzip-no-trailer':
      client.write(packed(answer, (bytes) => bytes.subarray(0, -8)));
      return;
    case 'half-json':
      client.write(wholeBytes({ ...answer, body: half(body) }));
      return;
    case 'html':
      client.write(wholeBytes(LOGIN_PAGE));
      return;
    case 'hang':
  }
}

/** Sends the answer as it is; the connection stays open for the next request. */
export function sendWhole(client: Socket, answer: HttpAnswer): void {
  client.write(wholeBytes(answer));
}
