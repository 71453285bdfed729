import type { FailureKind, RequestFailure } from './failure.ts';
import type { TransportLimits } from './options.ts';

const PASSING_SERVER_ERRORS = ['leader changed', 'raft proposal dropped', 'timed out', 'timeout'];

/** Retries by kind, at most as many as the limits allow; kinds not named here are final. */
const RETRIES: ReadonlyMap<FailureKind, number> = new Map([
  ['throttled', Infinity],
  ['interrupted', Infinity],
  ['damaged', Infinity],
  ['timeout', 2],
  ['protocol', 2],
  ['unreachable', 1],
]);

/** A plain 500 may last; the store's own hiccups, a gateway's answers and a wish to wait promise that it passes. */
function serverRetries(failure: RequestFailure): number {
  const passes = PASSING_SERVER_ERRORS.some((text) => failure.reason.includes(text));
  return passes || failure.status !== 500 || failure.retryAfterMs !== undefined ? Infinity : 2;
}

/** How often a GET that failed this way is asked again. */
export function retriesFor(failure: RequestFailure, limits: TransportLimits): number {
  const wanted = failure.kind === 'server' ? serverRetries(failure) : (RETRIES.get(failure.kind) ?? 0);
  return Math.min(wanted, limits.maxAttempts - 1);
}

/** Milliseconds before the next attempt: what the server asked for, else full jitter over a doubling span. */
export function waitBefore(failure: RequestFailure, attempt: number, limits: TransportLimits): number {
  if (failure.retryAfterMs !== undefined) return Math.min(failure.retryAfterMs, limits.maxWaitMs);
  return Math.random() * Math.min(limits.backoffMs * 2 ** attempt, limits.maxWaitMs / 2);
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** The moment of an HTTP header such as `Date`, in milliseconds since 1970; undefined when absent or malformed. */
export function httpDate(header: string | undefined): number | undefined {
  if (header === undefined || !HTTP_DATE.test(header)) return undefined;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : date;
}

/**
 * A `Retry-After` header, seconds or date, in milliseconds; undefined when absent or malformed. `now` is the server's
 * own time where it told that, for its clock and ours may differ.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header !== undefined && /^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const date = httpDate(header);
  return date === undefined ? undefined : Math.max(0, date - now);
}

/** Retries of the whole run: a fifth of the requests made, but at least fifty. */
export function retryBudget(): { readonly request: () => void; readonly take: () => boolean } {
  let requests = 0;
  let taken = 0;
  return {
    request: () => {
      requests += 1;
    },
    take: () => {
      if (taken >= Math.max(50, requests / 5)) return false;
      taken += 1;
      return true;
    },
  };
}
