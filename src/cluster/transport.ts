import { setMaxListeners } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { attempt } from './attempt.ts';
import type { RawReply } from './attempt.ts';
import { createClockCheck } from './clock-skew.ts';
import { createGate } from './concurrency.ts';
import type { Connection } from './connection.ts';
import type { CredentialSource, Credentials } from './credentials.ts';
import type { Deadline } from './deadline.ts';
import type { RequestFailure } from './failure.ts';
import { withoutFieldSets } from './field-sets.ts';
import { freeBytes } from './free-bytes.ts';
import { isOfForm } from './media-types.ts';
import { DEFAULT_LIMITS } from './options.ts';
import type { ClusterPorts, TransportLimits } from './options.ts';
import { plainText } from './plain-text.ts';
import { retriesFor, retryBudget, waitBefore } from './retry.ts';
import { createWait } from './waiting.ts';

/** What a body turned out to be: the wanted value, or why it cannot be that. */
export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: string };

/**
 * A GET: `path` with query, `parse` judges the JSON, `deadline` is when to give up, `attempts` a lower number of
 * attempts than the run's. `retryPath` tells what to ask for instead after a failure.
 */
interface GetRequest<Value> {
  readonly path: string;
  readonly accept: string;
  readonly parse: (body: unknown) => Parsed<Value>;
  /** Reads a body's bytes, which it may overwrite, and throws where they are cut or damaged. Without it as JSON. */
  readonly decode?: (body: Buffer) => unknown;
  /** Asks for the bytes as they are, where they hold something packed: packing it again takes time and saves little. */
  readonly unpacked?: boolean;
  /** Sees a body before it is read; true where it asked for more, which then goes out first. */
  readonly beforeReading?: (body: Buffer) => boolean;
  /** Sends it before requests that wait already. */
  readonly isNext?: boolean;
  readonly deadline?: Deadline;
  readonly attempts?: number;
  readonly retryPath?: (failure: RequestFailure) => string;
}

/** `bytes` is the size of the body, unpacked. */
export type Reply<Value> =
  | { readonly ok: true; readonly value: Value; readonly attempts: number; readonly bytes: number }
  | { readonly ok: false; readonly failure: RequestFailure; readonly attempts: number };

/** The only way out to the server. A GET, and nothing else. */
export interface Transport {
  readonly get: <Value>(request: GetRequest<Value>) => Promise<Reply<Value>>;
  readonly limits: TransportLimits;
}

function protocol(reason: string): RequestFailure {
  return { kind: 'protocol', status: 200, reason };
}

function failedWith<Value>(failure: RequestFailure): Reply<Value> {
  return { ok: false, failure, attempts: 1 };
}

/** What else it is, with its beginning: a login page says whose it is. Of what was asked for as Secrets nothing. */
function notJson({ contentType, body }: Extract<RawReply, { ok: true }>, path: string): RequestFailure {
  const type = plainText(contentType, 60) || 'no content type';
  const beginning = path.includes('/secrets') ? '' : plainText(body.toString('utf8', 0, 400), 80);
  const what = beginning === '' ? '' : ` It begins with ${beginning}`;
  return protocol(`the answer is ${type}, not JSON: a proxy or a login page?${what}`);
}

function decodeJson(body: Buffer): unknown {
  const text = withoutFieldSets(body).toString('utf8');
  freeBytes(body);
  return JSON.parse(text);
}

function judged<Value>(raw: RawReply, request: GetRequest<Value>): Reply<Value> {
  if (!raw.ok) return failedWith(raw.failure);
  if (!isOfForm(raw.contentType, request.accept)) return failedWith(notJson(raw, request.path));
  const bytes = raw.body.length;
  let body: unknown;
  try {
    body = (request.decode ?? decodeJson)(raw.body);
  } catch {
    return failedWith(protocol('the answer is cut or not JSON'));
  }
  const parsed = request.parse(body);
  return parsed.ok ? { ok: true, value: parsed.value, attempts: 1, bytes } : failedWith(protocol(parsed.reason));
}

async function shownAndJudged<Value>(raw: RawReply, request: GetRequest<Value>): Promise<Reply<Value>> {
  if (raw.ok && request.beforeReading?.(raw.body) === true) await nextTurn();
  return judged(raw, request);
}

function fullUrl(server: URL, path: string): URL {
  const base = server.pathname.endsWith('/') ? server.pathname.slice(0, -1) : server.pathname;
  return new URL(`${server.origin}${base}${path}`);
}

/** Failing fast, once a fifth of the run's requests had to be repeated. */
function usedUp(failure: RequestFailure): RequestFailure {
  return { ...failure, reason: `${failure.reason}; this run has used up its retries` };
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

/** Sends one attempt with the credentials held. */
async function sendOnce(
  parts: TransportParts,
  request: { readonly path: string; readonly accept: string; readonly unpacked?: boolean },
  time: { readonly limits: TransportLimits; readonly leftMs: number },
): Promise<{ readonly raw: RawReply; readonly held: Credentials }> {
  const { connection, credentials, ports } = parts;
  const held = await credentials.current();
  const started = performance.now();
  const raw = await attempt({
    url: fullUrl(connection.server, request.path),
    open: connection.channelFor(held),
    absoluteForm: connection.absoluteForm,
    headers: {
      ...connection.headers,
      Accept: request.accept,
      'Accept-Encoding': request.unpacked === true ? 'identity' : 'gzip',
      'User-Agent': parts.userAgent,
      ...(held.authorization === undefined ? {} : { Authorization: held.authorization }),
    },
    ...time,
    signal: ports.signal,
    now: ports.now,
  });
  const outcome = raw.ok ? `200 ${raw.body.length} B` : `${raw.failure.status || raw.failure.kind}`;
  ports.log(6, `GET ${loggedPath(request.path)} ${outcome} in ${Math.round(performance.now() - started)} ms`);
  return { raw, held };
}

type Send = <Value>(request: GetRequest<Value>) => Promise<Reply<Value>>;

/**
 * Sends a request once, and once more with fresh credentials where those held were rejected. After they were rejected
 * for good, nothing more is sent. `endOf` tells until when an answer is of use.
 */
function createSender(parts: TransportParts, limits: TransportLimits, endOf: EndOf): Send {
  const { credentials, ports } = parts;
  const compareClocks = createClockCheck(ports);
  let rejected: RequestFailure | undefined;
  const send: Send = async (request) => {
    if (rejected !== undefined) return { ok: false, failure: rejected, attempts: 0 };
    const leftMs = endOf(request) - performance.now();
    if (leftMs <= 0) return failedWith({ kind: 'timeout', status: 0, reason: 'the time for it is over' });
    const { raw, held } = await sendOnce(parts, request, { limits, leftMs });
    ports.signal.throwIfAborted();
    if (raw.ok) compareClocks(raw.serverTime);
    if (raw.ok || raw.failure.kind !== 'unauthorized') return shownAndJudged(raw, request);
    const isFresh = await credentials.refresh(held).catch(() => false);
    ports.signal.throwIfAborted();
    if (isFresh) return send(request);
    rejected = { ...raw.failure, reason: `${raw.failure.reason}, for ${credentials.who}` };
    return failedWith(rejected);
  };
  return send;
}

type EndOf = (request: { readonly deadline?: Deadline }) => number;

/** Whether a failed attempt is worth another one, and why not when the run may not repeat any more. */
function verdictOn(
  failure: RequestFailure,
  attempts: number,
  allowed: { readonly limits: TransportLimits; readonly take: () => boolean },
): { readonly again: boolean; readonly failure: RequestFailure } {
  if (attempts > retriesFor(failure, allowed.limits)) return { again: false, failure };
  return allowed.take() ? { again: true, failure } : { again: false, failure: usedUp(failure) };
}

/**
 * A transport that retries with a budget, refreshes rejected credentials once, and turns every failure into a value.
 * Rejects only when the run is aborted, or when credentials cannot be had.
 */
export function createTransport(parts: TransportParts): Transport {
  const { ports } = parts;
  // Every request in flight and every wait listens to it.
  setMaxListeners(0, ports.signal);
  const limits = limitsOf(ports, parts.requestTimeoutMs);
  const runEnds = performance.now() + limits.runMs;
  const endOf: EndOf = ({ deadline }) => Math.min(runEnds, deadline?.until() ?? runEnds);
  const send = createSender(parts, limits, endOf);
  const budget = retryBudget();
  const gate = createGate();
  const wait = createWait(ports);

  const get = async <Value>(request: GetRequest<Value>): Promise<Reply<Value>> => {
    const allowed = { limits: { ...limits, maxAttempts: request.attempts ?? limits.maxAttempts }, take: budget.take };
    let asked = request;
    budget.request();
    for (let attempts = 1; ; attempts += 1) {
      ports.signal.throwIfAborted();
      const queuedAt = performance.now();
      const reply = await gate(() => {
        request.deadline?.postpone(performance.now() - queuedAt);
        return send(asked);
      }, request.isNext);
      if (reply.ok) return { ...reply, attempts };
      const { again, failure } = verdictOn(reply.failure, attempts, allowed);
      if (!again) return { ok: false, failure, attempts };
      const milliseconds = waitBefore(failure, attempts - 1, limits);
      if (!(await wait({ failure, milliseconds, until: endOf(request) }))) return { ...reply, attempts };
      asked = { ...request, path: request.retryPath?.(failure) ?? request.path };
    }
  };
  return { get, limits };
}
