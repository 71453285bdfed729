import { setTimeout as sleep } from 'node:timers/promises';
import { attempt } from './attempt.ts';
import type { RawReply } from './attempt.ts';
import { createGate } from './concurrency.ts';
import type { Connection } from './connection.ts';
import type { CredentialSource, Credentials } from './credentials.ts';
import type { RequestFailure } from './failure.ts';
import { DEFAULT_LIMITS } from './options.ts';
import type { ClusterPorts, TransportLimits } from './options.ts';
import { errorCode, plainText } from './plain-text.ts';
import { retriesFor, retryBudget, waitBefore } from './retry.ts';

/** What a body turned out to be: the wanted value, or why it cannot be that. */
export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: string };

/**
 * A GET: `path` with query, `parse` judges the JSON, `until` is the moment (`performance.now`) to give up at,
 * `attempts` a lower number of attempts than the run's.
 */
interface GetRequest<Value> {
  readonly path: string;
  readonly accept: string;
  readonly parse: (body: unknown) => Parsed<Value>;
  readonly until?: number;
  readonly attempts?: number;
}

export type Reply<Value> =
  | { readonly ok: true; readonly value: Value; readonly attempts: number }
  | { readonly ok: false; readonly failure: RequestFailure; readonly attempts: number };

/** The only way out to the server. A GET, and nothing else. */
export interface Transport {
  readonly get: <Value>(request: GetRequest<Value>) => Promise<Reply<Value>>;
  readonly limits: TransportLimits;
}

function protocol(reason: string): RequestFailure {
  return { kind: 'protocol', status: 200, reason };
}

function judged<Value>(raw: RawReply, request: GetRequest<Value>): Reply<Value> {
  if (!raw.ok) return { ok: false, failure: raw.failure, attempts: 1 };
  if (!raw.contentType.includes('json')) {
    const type = plainText(raw.contentType, 60) || 'no content type';
    const reason = `the answer is ${type}, not JSON: a proxy or a login page?`;
    return { ok: false, failure: protocol(reason), attempts: 1 };
  }
  let body: unknown;
  try {
    body = JSON.parse(raw.body.toString('utf8'));
  } catch {
    return { ok: false, failure: protocol('the answer is cut or not JSON'), attempts: 1 };
  }
  const parsed = request.parse(body);
  if (parsed.ok) return { ok: true, value: parsed.value, attempts: 1 };
  return { ok: false, failure: protocol(parsed.reason), attempts: 1 };
}

function fullUrl(server: URL, path: string): URL {
  const base = server.pathname.endsWith('/') ? server.pathname.slice(0, -1) : server.pathname;
  return new URL(`${server.origin}${base}${path}`);
}

/** Path and query for the log; continue tokens are long and say nothing. */
function loggedPath(path: string): string {
  return plainText(path.replace(/([?&]continue=)[^&]*/, '$1…'), 300);
}

function limitsOf(ports: ClusterPorts, requestTimeoutMs: number): TransportLimits {
  const limits = { ...DEFAULT_LIMITS, ...ports.limits };
  return requestTimeoutMs > 0 ? { ...limits, requestMs: requestTimeoutMs } : limits;
}

/** What a transport is made of. */
export interface TransportParts {
  readonly connection: Connection;
  readonly credentials: CredentialSource;
  readonly ports: ClusterPorts;
  readonly requestTimeoutMs: number;
  readonly userAgent: string;
}

/** Waits as told; false when the run's or the caller's time would be over by then. */
async function waited(milliseconds: number, until: number, ports: ClusterPorts): Promise<boolean> {
  if (performance.now() + milliseconds > until) return false;
  if (milliseconds >= 2000) ports.warn(`The server asks for patience: waiting ${Math.ceil(milliseconds / 1000)} s.`);
  try {
    await sleep(milliseconds, undefined, { signal: ports.signal });
    return true;
  } catch (error) {
    if (errorCode(error) === 'ABORT_ERR') return false;
    throw error;
  }
}

/** Sends one attempt with the credentials held. */
async function sendOnce(
  parts: TransportParts,
  request: { readonly path: string; readonly accept: string },
  limits: TransportLimits,
): Promise<{ readonly raw: RawReply; readonly held: Credentials }> {
  const { connection, credentials, ports } = parts;
  const held = await credentials.current();
  const started = performance.now();
  const raw = await attempt({
    url: fullUrl(connection.server, request.path),
    agent: connection.agentFor(held),
    headers: {
      ...connection.headers,
      Accept: request.accept,
      'Accept-Encoding': 'gzip',
      'User-Agent': parts.userAgent,
      ...(held.authorization === undefined ? {} : { Authorization: held.authorization }),
    },
    limits,
    signal: ports.signal,
    now: ports.now,
  });
  const outcome = raw.ok ? `200 ${raw.body.length} B` : `${raw.failure.status || raw.failure.kind}`;
  ports.log(6, `GET ${loggedPath(request.path)} ${outcome} in ${Math.round(performance.now() - started)} ms`);
  return { raw, held };
}

/**
 * A transport that retries with a budget, refreshes rejected credentials once, and turns every failure into a value.
 * Once credentials were rejected for good, nothing more is sent. Rejects only when the run is aborted, or when
 * credentials cannot be had.
 */
export function createTransport(parts: TransportParts): Transport {
  const { credentials, ports } = parts;
  const limits = limitsOf(ports, parts.requestTimeoutMs);
  const runEnds = performance.now() + limits.runMs;
  const budget = retryBudget();
  const gate = createGate();
  let rejected: RequestFailure | undefined;

  const once = async <Value>(request: GetRequest<Value>, until: number): Promise<Reply<Value>> => {
    if (rejected !== undefined) return { ok: false, failure: rejected, attempts: 0 };
    const left = { ...limits, requestMs: Math.max(1, Math.min(limits.requestMs, until - performance.now())) };
    const { raw, held } = await sendOnce(parts, request, left);
    ports.signal.throwIfAborted();
    if (raw.ok || raw.failure.kind !== 'unauthorized') return judged(raw, request);
    const isFresh = await credentials.refresh(held).catch(() => false);
    ports.signal.throwIfAborted();
    if (isFresh) return once(request, until);
    rejected = raw.failure;
    return { ok: false, failure: raw.failure, attempts: 1 };
  };

  const get = async <Value>(request: GetRequest<Value>): Promise<Reply<Value>> => {
    const until = Math.min(runEnds, request.until ?? runEnds);
    const own = { ...limits, maxAttempts: request.attempts ?? limits.maxAttempts };
    budget.request();
    for (let attempts = 1; ; attempts += 1) {
      ports.signal.throwIfAborted();
      const reply = await gate(() => once(request, until));
      if (reply.ok) return { ...reply, attempts };
      const given = { ...reply, attempts };
      if (attempts > retriesFor(reply.failure, own) || !budget.take()) return given;
      if (!(await waited(waitBefore(reply.failure, attempts - 1, limits), until, ports))) return given;
    }
  };
  return { get, limits };
}
