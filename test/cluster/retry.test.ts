import assert from 'node:assert/strict';
import type { FailureKind, RequestFailure } from '../../src/cluster/failure.ts';
import { DEFAULT_LIMITS } from '../../src/cluster/options.ts';
import { httpDate, retriesFor, retryAfterMs, retryBudget, waitBefore } from '../../src/cluster/retry.ts';

function failure(kind: FailureKind, status = 0, more: Partial<RequestFailure> = {}): RequestFailure {
  return { kind, status, reason: 'a reason', ...more };
}

function asked(retryAfter: number): number {
  return waitBefore(failure('throttled', 429, { retryAfterMs: retryAfter }), 0, DEFAULT_LIMITS);
}

function longest(attempt: number): number {
  return Math.max(...Array.from({ length: 400 }, () => waitBefore(failure('server', 503), attempt, DEFAULT_LIMITS)));
}

/** How many retries a run of so many requests has. */
function taken(requests: number): number {
  const budget = retryBudget();
  for (let index = 0; index < requests; index += 1) budget.request();
  let count = 0;
  while (count < 10_000 && budget.take()) count += 1;
  return count;
}

describe('how often a failed GET is asked again', () => {
  const cases: readonly { readonly name: string; readonly of: RequestFailure; readonly retries: number }[] = [
    { name: 'throttled', of: failure('throttled', 429), retries: 4 },
    { name: '502', of: failure('server', 502), retries: 4 },
    { name: '503', of: failure('server', 503), retries: 4 },
    { name: '504', of: failure('server', 504), retries: 4 },
    { name: 'an internal error', of: failure('server', 500), retries: 2 },
    {
      name: 'an internal error that asks to wait',
      of: failure('server', 500, { retryAfterMs: 1000 }),
      retries: 4,
    },
    {
      name: 'a change of the store',
      of: failure('server', 500, { reason: 'etcdserver: leader changed' }),
      retries: 4,
    },
    {
      name: 'a proposal that the store dropped',
      of: failure('server', 500, { reason: 'raft proposal dropped' }),
      retries: 4,
    },
    { name: 'a connection reset', of: failure('interrupted'), retries: 4 },
    { name: 'a damaged body', of: failure('damaged'), retries: 4 },
    { name: 'an answer that is no list', of: failure('protocol', 200), retries: 2 },
    { name: 'no answer in time', of: failure('timeout'), retries: 2 },
    { name: 'a proxy that refuses', of: failure('proxy'), retries: 0 },
    { name: 'a server that is not there', of: failure('unreachable'), retries: 1 },
    { name: 'a refusal', of: failure('forbidden', 403), retries: 0 },
    { name: 'something not there', of: failure('not-found', 404), retries: 0 },
    { name: 'a method not allowed', of: failure('not-allowed', 405), retries: 0 },
    { name: 'a form not served', of: failure('not-acceptable', 406), retries: 0 },
    { name: 'a bad request', of: failure('refused-status', 400), retries: 0 },
    { name: 'a media type not understood', of: failure('refused-status', 415), retries: 0 },
    { name: 'a certificate not trusted', of: failure('tls'), retries: 0 },
    { name: 'a redirect', of: failure('redirect', 302), retries: 0 },
    { name: 'credentials rejected for good', of: failure('unauthorized', 401), retries: 0 },
  ];
  for (const { name, of, retries } of cases) {
    it(`${name}: ${retries} times`, () => assert.equal(retriesFor(of, DEFAULT_LIMITS), retries));
  }
});

describe('how long is waited before', () => {
  it('is what the server asked for, but a minute at most', () => {
    assert.deepEqual([asked(0), asked(3000), asked(3_600_000)], [0, 3000, 60_000]);
  });

  it('is else anything up to half a second doubled each time, but half a minute at most', () => {
    for (const [attempt, most] of [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000].entries()) {
      assert.ok(longest(attempt) <= most && longest(attempt) > most * 0.9, `attempt ${attempt}`);
    }
    const shortest = Math.min(...Array.from({ length: 400 }, () => waitBefore(failure('server'), 3, DEFAULT_LIMITS)));
    assert.ok(shortest < 400, 'the jitter is full');
  });
});

describe('the header Retry-After', () => {
  const NOON = Date.UTC(2026, 0, 2, 12, 0, 0);
  const cases: readonly (readonly [header: string | undefined, milliseconds: number | undefined])[] = [
    [undefined, undefined],
    ['0', 0],
    ['3', 3000],
    ['Fri, 02 Jan 2026 12:00:07 GMT', 7000],
    ['Fri, 02 Jan 2026 11:59:00 GMT', 0],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['2026-01-02', undefined],
    ['99999999999', undefined],
  ];
  for (const [header, milliseconds] of cases) {
    it(`${header ?? 'absent'} is ${milliseconds ?? 'nothing'}`, () =>
      assert.equal(retryAfterMs(header, NOON), milliseconds));
  }

  it('is measured by a date that can be one', () => {
    assert.equal(httpDate('Fri, 02 Jan 2026 12:00:00 GMT'), NOON);
    assert.equal(httpDate('Fri, 99 Jan 2026 12:00:00 GMT'), undefined);
  });
});

describe('the retries of a whole run', () => {
  it('are fifty, or a fifth of its requests', () => {
    assert.deepEqual([taken(0), taken(100), taken(1000)], [50, 50, 200]);
  });
});
