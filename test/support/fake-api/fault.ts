import { gzipSync } from 'node:zlib';

/**
 * What goes wrong with an answer. `status` sends a Kubernetes Status; `body` sends that as a 200 of `type`;
 * `endless` sends empty pages without
 * an end; `drop` ends it before, `cut` amid the body, where HTTP/2 loses that one answer and HTTP/1.1 its connection;
 * `disconnect` ends the connection before with all that goes over it; `half` sends half of the body as if that were all;
 * `cut-gzip` sends a body without its end, `no-trailer` without its checksum; `hang` never answers.
 */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly message?: string;
      readonly retryAfter?: string;
      readonly more?: object;
    }
  | { readonly kind: 'body'; readonly body: string | Buffer; readonly type?: string }
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'endless'; readonly listKind: string }
  | { readonly kind: 'drop' | 'disconnect' | 'cut' | 'half' | 'cut-gzip' | 'no-trailer' | 'hang' };

/** A fault for the requests whose path and query contain `path` or satisfy it; the first `times` of them, or all. */
export interface FaultRule<Kind = Fault> {
  readonly path: string | ((url: string) => boolean);
  readonly fault: Kind;
  readonly times?: number;
  /** How many of the matching requests are answered well first. */
  readonly after?: number;
}

/** An answer under way, over whichever protocol. */
export interface Outgoing {
  readonly writeHead: (status: number, headers: Readonly<Record<string, string | number>>) => Outgoing;
  readonly write: (part: Buffer, done: () => void) => unknown;
  readonly end: (body: string | Buffer) => unknown;
  readonly destroy: () => unknown;
  /** What it goes over in HTTP/2, together with others. */
  readonly stream?: { readonly session?: { readonly destroy: () => void } | undefined };
}

const JSON_TYPE = 'application/json';

function disconnect(response: Outgoing): void {
  if (response.stream?.session === undefined) response.destroy();
  else response.stream.session.destroy();
}

function sendStatus(response: Outgoing, fault: Extract<Fault, { kind: 'status' }>): void {
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    code: fault.status,
    message: fault.message ?? `code ${fault.status}`,
    ...fault.more,
  };
  const wait = fault.retryAfter === undefined ? {} : { 'Retry-After': fault.retryAfter };
  response.writeHead(fault.status, { 'Content-Type': JSON_TYPE, ...wait });
  response.end(JSON.stringify(status));
}

let pages = 0;

/** An empty page that promises another one, each time by a new token. */
function sendEndless(response: Outgoing, kind: string): void {
  pages += 1;
  const metadata = { resourceVersion: '1000', continue: `page-${pages}` };
  response.writeHead(200, { 'Content-Type': JSON_TYPE });
  response.end(JSON.stringify({ kind, apiVersion: 'v1', metadata, items: [] }));
}

function sendPart(response: Outgoing, body: Buffer, part: Buffer): void {
  response.writeHead(200, { 'Content-Type': JSON_TYPE, 'Content-Length': body.length });
  response.write(part, () => response.destroy());
}

function concerns({ path }: Pick<FaultRule, 'path'>, url: string): boolean {
  return typeof path === 'string' ? url.includes(path) : path(url);
}

/** Takes the rule that applies to a request, if any, and counts it. */
export function createFaults<Kind>(rules: readonly FaultRule<Kind>[]): (url: string) => FaultRule<Kind> | undefined {
  const seen = new Map<FaultRule<Kind>, number>();
  return (url) => {
    for (const rule of rules) {
      if (!concerns(rule, url)) continue;
      const count = seen.get(rule) ?? 0;
      seen.set(rule, count + 1);
      const after = rule.after ?? 0;
      if (count >= after && count < after + (rule.times ?? Infinity)) return rule;
    }
    return undefined;
  };
}

/** Sends `body`, the right answer, with the fault in it. */
export function sendFault(response: Outgoing, fault: Fault, body: string): void {
  const plain = Buffer.from(body);
  const packed = gzipSync(plain);
  switch (fault.kind) {
    case 'status':
      return sendStatus(response, fault);
    case 'redirect':
      response.writeHead(302, { Location: fault.to }).end('');
      return;
    case 'endless':
      return sendEndless(response, fault.listKind);
    case 'body':
      response.writeHead(200, { 'Content-Type': fault.type ?? JSON_TYPE }).end(fault.body);
      return;
    case 'drop':
      response.destroy();
      return;
    case 'disconnect':
      return disconnect(response);
    case 'cut':
      return sendPart(response, plain, plain.subarray(0, plain.length / 2));
    case 'half':
      response.writeHead(200, { 'Content-Type': JSON_TYPE }).end(plain.subarray(0, plain.length / 2));
      return;
    case 'cut-gzip':
    case 'no-trailer': {
      const end = fault.kind === 'cut-gzip' ? packed.length / 2 : packed.length - 8;
      response.writeHead(200, { 'Content-Type': JSON_TYPE, 'Content-Encoding': 'gzip' });
      response.end(packed.subarray(0, end));
      return;
    }
    case 'hang':
  }
}
