import type { RequestFailure } from './failure.ts';
import { textAt } from './json.ts';
import { parsePage } from './list-page.ts';
import type { Expected, ListPage } from './list-page.ts';
import type { Reply, Transport } from './transport.ts';

const MOST_RESTARTS = 3;
const MOST_SHRINKS = 8;
const MOST_STALE_PAGES = 3;
/** Beyond this a larger page saves little time and costs memory (measured on a real server). */
const LARGEST_PAGE = 5000;
const UNLIMITED_SHRUNK = 500;

/** What to list. `query` is further parameters; `onPage` gets each page once, and everything again after `onRestart`. */
export interface ListJob {
  readonly path: string;
  readonly query: string;
  readonly accept: string;
  readonly expected: Expected;
  readonly chunkSize: number;
  readonly onPage: (page: ListPage) => void;
  readonly onRestart: () => void;
  /** Asked after the first page when more follow: false to stop there. */
  readonly goOn: (first: ListPage) => boolean;
}

/** How a list ended. `abandoned`: `goOn` said no, and nothing of it counts. */
export type ListEnd =
  | { readonly end: 'complete'; readonly pages: number; readonly attempts: number }
  | { readonly end: 'abandoned'; readonly pages: number; readonly attempts: number }
  | { readonly end: 'failed'; readonly pages: number; readonly attempts: number; readonly failure: RequestFailure };

interface Progress {
  pages: number;
  attempts: number;
  restarts: number;
  shrinks: number;
  limit: number;
  token: string;
  version: string;
  stalePages: number;
  readonly tokens: Set<string>;
  readonly nameByUid: Map<string, string>;
}

function start(job: ListJob): Progress {
  return {
    pages: 0,
    attempts: 0,
    restarts: 0,
    shrinks: 0,
    limit: job.chunkSize,
    token: '',
    version: '',
    stalePages: 0,
    tokens: new Set(),
    nameByUid: new Map(),
  };
}

function url(job: ListJob, progress: Progress): string {
  const parts = [job.query];
  if (progress.limit > 0) parts.push(`limit=${progress.limit}`);
  if (progress.token !== '') parts.push(`continue=${encodeURIComponent(progress.token)}`);
  const query = parts.filter((part) => part !== '').join('&');
  return query === '' ? job.path : `${job.path}?${query}`;
}

/** Begins again from the first page; false when that was done often enough. */
function restart(job: ListJob, progress: Progress): boolean {
  progress.restarts += 1;
  if (progress.restarts > MOST_RESTARTS) return false;
  if (progress.limit > 0) progress.limit = Math.max(progress.limit, LARGEST_PAGE);
  progress.token = '';
  progress.stalePages = 0;
  progress.tokens.clear();
  progress.nameByUid.clear();
  job.onRestart();
  return true;
}

function isSlow(failure: RequestFailure): boolean {
  return failure.kind === 'timeout' || failure.status === 504;
}

/** After an answer too large or too slow the same page is asked for in smaller parts. */
function shrink(progress: Progress, failure: RequestFailure): boolean {
  const slow = isSlow(failure);
  if (failure.kind !== 'too-large' && !slow) return false;
  progress.shrinks += 1;
  if (progress.limit === 1 || progress.shrinks > (slow ? 1 : MOST_SHRINKS)) return false;
  const limit = progress.limit === 0 ? UNLIMITED_SHRUNK * 2 : progress.limit;
  progress.limit = Math.max(1, Math.floor(limit / (slow ? 2 : 10)));
  return true;
}

/** Remembers the items of a page; a problem when two different ones bear one uid. */
function remember(page: ListPage, progress: Progress): string | undefined {
  for (const { object } of page.items) {
    const name = `${textAt(object, 'metadata', 'namespace') ?? ''}/${textAt(object, 'metadata', 'name') ?? ''}`;
    const uid = textAt(object, 'metadata', 'uid') ?? name;
    if ((progress.nameByUid.get(uid) ?? name) !== name) return 'two items have one uid';
    progress.nameByUid.set(uid, name);
  }
  return undefined;
}

function problemOf(page: ListPage, progress: Progress): string | undefined {
  const before = progress.nameByUid.size;
  const clash = remember(page, progress);
  if (clash !== undefined || page.continueToken === '') return clash;
  progress.stalePages = progress.nameByUid.size === before ? progress.stalePages + 1 : 0;
  if (progress.tokens.has(page.continueToken)) return 'the server repeats a continue token';
  progress.tokens.add(page.continueToken);
  return progress.stalePages >= MOST_STALE_PAGES ? 'the pages bring nothing new' : undefined;
}

/** Bigger steps through a type that turned out large. */
function nextLimit(page: ListPage, limit: number): number {
  return limit > 0 && (page.remaining ?? 0) > 2 * limit ? Math.min(LARGEST_PAGE, Math.max(limit, limit * 10)) : limit;
}

type Step = { readonly kind: 'next' } | { readonly kind: 'end'; readonly end: ListEnd };
const NEXT: Step = { kind: 'next' };

function failedEnd(progress: Progress, failure: RequestFailure): Step {
  return { kind: 'end', end: { end: 'failed', pages: progress.pages, attempts: progress.attempts, failure } };
}

function broken(progress: Progress, reason: string): Step {
  return failedEnd(progress, { kind: 'protocol', status: 200, reason });
}

function goneThrough(job: ListJob, progress: Progress, page: ListPage): Step {
  const isFirst = progress.token === '';
  const count = { pages: progress.pages, attempts: progress.attempts };
  if (isFirst && page.continueToken !== '' && !job.goOn(page)) {
    return { kind: 'end', end: { end: 'abandoned', ...count } };
  }
  job.onPage(page);
  if (page.continueToken === '') return { kind: 'end', end: { end: 'complete', ...count } };
  progress.version = page.resourceVersion;
  progress.token = page.continueToken;
  progress.limit = nextLimit(page, progress.limit);
  return NEXT;
}

function take(job: ListJob, progress: Progress, page: ListPage): Step {
  if (progress.token !== '' && page.resourceVersion !== progress.version) {
    return restart(job, progress) ? NEXT : broken(progress, 'the list changed between its pages');
  }
  progress.pages += 1;
  const problem = problemOf(page, progress);
  return problem === undefined ? goneThrough(job, progress, page) : broken(progress, problem);
}

function step(job: ListJob, progress: Progress, reply: Reply<ListPage>): Step {
  progress.attempts += reply.attempts;
  if (reply.ok) return take(job, progress, reply.value);
  if (reply.failure.kind === 'expired' && progress.token !== '' && restart(job, progress)) return NEXT;
  return shrink(progress, reply.failure) ? NEXT : failedEnd(progress, reply.failure);
}

/**
 * Reads a list page by page. An expired token or a list that changed between pages begins again, at most three times;
 * the server's offer to go on inconsistently is never taken. Ends in a value, whatever happens.
 */
export async function listPages(transport: Transport, job: ListJob): Promise<ListEnd> {
  const progress = start(job);
  const until = performance.now() + transport.limits.listMs;
  for (;;) {
    const reply = await transport.get({
      path: url(job, progress),
      accept: job.accept,
      until,
      parse: (body) => parsePage(body, job.expected),
    });
    const next = step(job, progress, reply);
    if (next.kind === 'end') return next.end;
  }
}
