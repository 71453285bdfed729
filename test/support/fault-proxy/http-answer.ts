import { once } from 'node:events';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';

const END_OF_HEAD = '\r\n\r\n';

/** A whole HTTP answer, out of its framing: the first line, the headers that say nothing of the framing, the body. */
export interface HttpAnswer {
  readonly statusLine: string;
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** What the proxy says itself: it wants one plain answer per connection. */
const OWN = /^(?:connection|accept-encoding):/i;
const FRAMING = /^(?:connection|keep-alive|transfer-encoding|content-length):/i;

function withoutChunks(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const line = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, line), 16);
    if (line < 0 || !(size > 0)) break;
    parts.push(body.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
  return Buffer.concat(parts);
}

function parsed(raw: Buffer): HttpAnswer {
  const end = raw.indexOf(END_OF_HEAD);
  const [statusLine = '', ...lines] = raw.toString('latin1', 0, end).split('\r\n');
  const body = raw.subarray(end + END_OF_HEAD.length);
  const isChunked = lines.some((line) => /^transfer-encoding:.*chunked/i.test(line));
  return {
    statusLine,
    headers: lines.filter((line) => !FRAMING.test(line)),
    body: isChunked ? withoutChunks(body) : body,
  };
}

/** Sends a request's head to the server on this port of loopback and reads all that it answers. */
export async function askUpstream(port: number, head: string): Promise<HttpAnswer> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const lines = head.split('\r\n').filter((line) => line !== '' && !OWN.test(line));
  socket.write([...lines, 'Connection: close', '', ''].join('\r\n'));
  return parsed(await buffer(socket));
}
