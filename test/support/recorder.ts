import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { onLoopback } from './loopback.ts';

/** A server that hands every request on, and keeps what both sides said. */
export interface Recorder {
  readonly url: string;
  /** Headers of requests and bodies of answers, unpacked; Helm's records as Helm would read them. */
  readonly heard: readonly string[];
  readonly stop: () => Promise<void>;
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** What Helm's records in an answer say: their text is packed, and twice in base64. */
function recordsIn(body: string): readonly string[] {
  return [...body.matchAll(/"release":"([A-Za-z0-9+/=]+)"/g)].map(([, data = '']) =>
    gunzipSync(Buffer.from(Buffer.from(data, 'base64').toString(), 'base64')).toString(),
  );
}

async function pass(answer: IncomingMessage, outgoing: ServerResponse, heard: string[]): Promise<void> {
  const bytes = await bytesOf(answer);
  const body = (answer.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString();
  heard.push(body, ...recordsIn(body));
  outgoing.writeHead(answer.statusCode ?? 500, answer.headers).end(bytes);
}

/** Starts a recorder before the server at `target`. */
export async function startRecorder(target: string): Promise<Recorder> {
  const heard: string[] = [];
  const server = createServer((incoming, outgoing) => {
    heard.push(JSON.stringify(incoming.headers));
    const { method, url, headers } = incoming;
    const forwarded = request(new URL(url ?? '/', target), { method, headers });
    forwarded.once('response', (answer) => void pass(answer, outgoing, heard));
    forwarded.end();
  });
  return { ...(await onLoopback(server)), heard };
}
