import { request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { constants } from 'node:http2';
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpStatusHeader } from 'node:http2';
import { request as httpsRequest } from 'node:https';
import type { Agent } from 'node:http';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Channel } from './channels.ts';

/** One GET. */
export interface Asked {
  readonly url: URL;
  readonly headers: OutgoingHttpHeaders;
  /** Names the whole URL in the request line, as a proxy for http wants it. */
  readonly absoluteForm: boolean;
  readonly signal: AbortSignal;
}

/** What an answer begins with. */
export interface Head {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/** Hears of one exchange: `ended` comes for a whole answer only, `failed` otherwise, and perhaps more than once. */
export interface Listener {
  /** It goes over a connection that is still being made; the returned function is called when that is done. */
  readonly connecting: () => () => void;
  readonly begun: (head: Head) => void;
  readonly piece: (bytes: Buffer) => void;
  readonly ended: () => void;
  readonly failed: (error: unknown) => void;
}

/** Gives an exchange up. */
export type Stop = () => void;

/** As Node's streams call it. */
export const CUT = Object.assign(new Error('the answer ended before its end'), { code: 'ERR_STREAM_PREMATURE_CLOSE' });

function sendHttp1({ url, headers, absoluteForm, signal }: Asked, agent: Agent): ClientRequest {
  const options = { method: 'GET', agent, headers, signal, ...(absoluteForm ? { path: url.href } : {}) };
  return url.protocol === 'https:' ? httpsRequest(url, options) : httpRequest(url, options);
}

function hearHttp1(response: IncomingMessage, listener: Listener): void {
  listener.begun({ status: response.statusCode ?? 0, headers: response.headers });
  response.on('data', listener.piece);
  finished(response).then(listener.ended, listener.failed);
}

function overHttp1(asked: Asked, agent: Agent, listener: Listener): Stop {
  const request = sendHttp1(asked, agent);
  request.once('socket', (socket) => {
    if (socket.connecting)
      socket.once(asked.url.protocol === 'https:' ? 'secureConnect' : 'connect', listener.connecting());
  });
  request.once('response', (response) => hearHttp1(response, listener));
  request.on('error', listener.failed);
  request.end();
  return () => request.destroy();
}

/** A stream of HTTP/2, as far as an answer goes. */
type Answering = Readable & Pick<ClientHttp2Stream, 'rstCode'>;

/**
 * Hears an answer over HTTP/2. A stream that closes without an error was reset or lost, unless it came to its end
 * first. Where several answers come at once, Node may hand out the first piece of a body before its head: so no piece
 * is taken before that.
 */
export function hearHttp2(stream: Answering, listener: Listener): void {
  let isWhole = false;
  stream.once('response', (headers: IncomingHttpHeaders & IncomingHttpStatusHeader) => {
    listener.begun({ status: headers[':status'] ?? 0, headers });
    stream.on('data', listener.piece);
  });
  stream.once('end', () => {
    isWhole = true;
  });
  stream.once('error', listener.failed);
  stream.once('close', () => {
    if (isWhole && stream.rstCode === constants.NGHTTP2_NO_ERROR) listener.ended();
    else listener.failed(CUT);
  });
}

/** Whoever waits in vain lets the others end, and asks again over another connection: this one may be dead. */
function overHttp2({ url, headers }: Asked, session: ClientHttp2Session, listener: Listener): Stop {
  try {
    const stream = session.request({ ...headers, ':path': `${url.pathname}${url.search}` });
    hearHttp2(stream, listener);
    return () => {
      stream.close(constants.NGHTTP2_CANCEL);
      session.close();
    };
  } catch (error) {
    listener.failed(error);
    return () => {};
  }
}

/** Sends one GET over a channel, and tells of what comes back. */
export function sendOver(channel: Channel, asked: Asked, listener: Listener): Stop {
  return channel.protocol === 'HTTP/2'
    ? overHttp2(asked, channel.session, listener)
    : overHttp1(asked, channel.agent, listener);
}
