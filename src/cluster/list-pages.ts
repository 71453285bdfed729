import { createDeadline } from './deadline.ts';
import type { Deadline } from './deadline.ts';
import type { RequestFailure } from './failure.ts';
import { textAt } from './json.ts';
import { parsePage } from './list-page.ts';
import type { Expected, ListPage } from './list-page.ts';
import { plainText } from './plain-text.ts';
import type { Reply, Transport } from './transport.ts';

const MOST_RESTARTS = 3;
const MOST_SHRINKS = 8;
const MOST_STALE_PAGES = 3;
/** Beyond this a larger page saves little time and costs memory: eight of them are parsed at once (measured, 1.35). */
const LARGEST_PAGE = 2000;
/** What counts as the size of a page that was asked for without a limit. */
const UNLIMITED = 1000;
/** Bytes above which the next page is asked for half as large. */
const HEAVY_PAGE = 16 * 1024 * 1024;

/** What to list. `query` is further parameters; `onPage` gets each page once, and everything again after `onRestart`. */
export interface ListJob {
  readonly path: string;
  readonly query: string;
  readonly accept: string;
  readonly expected: Expected;
  readonly chunkSize: number;
  /** How many objects a page may come to hold where they are many; for types of large objects. */
  readonly largest?: number | undefined;
  readonly onPage: (page: ListPage) => void;
  readonly onRestart: () => void;
  /** Asked after the first page when more follow: false to stop there. */
  readonly goOn: (first: ListPage) => boolean;
  /** When to give up; without it after the transport's time for one list. */
  readonly deadline?: Deadline | undefined;
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
  /** Pages never grow beyond it: larger ones were too slow or too heavy. */
  largest: number;
  token: string;
  version: string;
  stalePages: number;
  readonly tokens: Set<string>;
  readonly uidByName: Map<string, string>;
  readonly uids: Set<string>;
  /** `namespace/name` of the last item read, '' before any. */
  last: string;
}

function start(job: ListJob): Progress {
  return {
    pages: 0,
    attempts: 0,
    restarts: 0,
    shrinks: 0,
    limit: job.chunkSize,
    largest: job.largest ?? LARGEST_PAGE,
    token: '',
    version: '',
    stalePages: 0,
    tokens: new Set(),
    uidByName: new Map(),
    uids: new Set(),
    last: '',
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
  if (progress.limit > 0) progress.limit = Math.max(progress.limit, progress.largest);
  progress.token = '';
  progress.last = '';
  progress.stalePages = 0;
  progress.tokens.clear();
  progress.uidByName.clear();
  progress.uids.clear();
  job.onRestart();
  return true;
}

/** After an answer too slow the same page is asked for in halves. */
function isSlow(failure: RequestFailure): boolean {
  return failure.kind === 'timeout' || failure.status === 504;
}

/** Asks for pages of this part of the size from now on. */
function divide(progress: Progress, by: number): void {
  const limit = progress.limit === 0 ? UNLIMITED : progress.limit;
  progress.limit = Math.max(1, Math.floor(limit / by));
  progress.largest = progress.limit;
}

/** After an answer too large the same page is asked for in a tenth of the size, down to single objects. */
function shrink(progress: Progress, failure: RequestFailure): boolean {
  if (failure.kind !== 'too-large' || progress.limit === 1) return false;
  progress.shrinks += 1;
  if (progress.shrinks > MOST_SHRINKS) return false;
  divide(progress, 10);
  return true;
}

/** Where in the list a single object is too large: its name is not known, only what comes before it. */
function tooLarge(progress: Progress, failure: RequestFailure): RequestFailure {
  if (failure.kind !== 'too-large') return failure;
  const place = progress.last === '' ? 'at the first object' : `at the object after ${plainText(progress.last)}`;
  return { ...failure, reason: `${failure.reason}, even one object at a time, ${place}` };
}

/** One UID stands for one name and one name for one UID; what breaks that is no list of objects. */
function clashOf(uid: string, name: string, { uidByName, uids }: Progress): string | undefined {
  const known = uidByName.get(name);
  if (known === undefined) return uids.has(uid) ? 'two items have one uid' : undefined;
  return known === uid ? undefined : 'two items have one name';
}

/** Remembers the items of a page; a problem when two different ones bear one uid, or one name. */
function remember(page: ListPage, progress: Progress): string | undefined {
  for (const { object } of page.items) {
    const name = `${textAt(object, 'metadata', 'namespace') ?? ''}/${textAt(object, 'metadata', 'name') ?? ''}`;
    const uid = textAt(object, 'metadata', 'uid') ?? name;
    const clash = clashOf(uid, name, progress);
    if (clash !== undefined) return clash;
    progress.uidByName.set(name, uid);
    progress.uids.add(uid);
    progress.last = name;
  }
  return undefined;
}

function problemOf(page: ListPage, progress: Progress): string | undefined {
  const before = progress.uids.size;
  const clash = remember(page, progress);
  if (clash !== undefined || page.continueToken === '') return clash;
  progress.stalePages = progress.uids.size === before ? progress.stalePages + 1 : 0;
  if (progress.tokens.has(page.continueToken)) return 'the server repeats a continue token';
  progress.tokens.add(page.continueToken);
  return progress.stalePages >= MOST_STALE_PAGES ? 'the pages bring nothing new' : undefined;
}

/** Bigger steps through a type that turned out large, smaller ones where its objects are. */
function adapt(progress: Progress, page: ListPage, bytes: number): void {
  const { limit, largest } = progress;
  if (bytes > HEAVY_PAGE) divide(progress, 2);
  else if (limit > 0 && limit < largest && (page.remaining ?? 0) > 2 * limit) {
    progress.limit = Math.min(largest, limit * 10);
  }
}

type Step = { readonly kind: 'next' } | { readonly kind: 'end'; readonly end: ListEnd };
const NEXT: Step = { kind: 'next' };

function failedEnd(progress: Progress, failure: RequestFailure): Step {
  return { kind: 'end', end: { end: 'failed', pages: progress.pages, attempts: progress.attempts, failure } };
}

function broken(progress: Progress, reason: string): Step {
  return failedEnd(progress, { kind: 'protocol', status: 200, reason });
}

function goneThrough(job: ListJob, progress: Progress, { page, bytes }: Got): Step {
  const isFirst = progress.token === '';
  const count = { pages: progress.pages, attempts: progress.attempts };
  if (isFirst && page.continueToken !== '' && !job.goOn(page)) {
    return { kind: 'end', end: { end: 'abandoned', ...count } };
  }
  job.onPage(page);
  if (page.continueToken === '') return { kind: 'end', end: { end: 'complete', ...count } };
  progress.version = page.resourceVersion;
  progress.token = page.continueToken;
  adapt(progress, page, bytes);
  return NEXT;
}

interface Got {
  readonly page: ListPage;
  readonly bytes: number;
}

function take(job: ListJob, progress: Progress, got: Got): Step {
  const { page } = got;
  if (progress.token !== '' && page.resourceVersion !== progress.version) {
    return restart(job, progress) ? NEXT : broken(progress, 'the list changed between its pages');
  }
  progress.pages += 1;
  const problem = problemOf(page, progress);
  return problem === undefined ? goneThrough(job, progress, got) : broken(progress, problem);
}

function step(job: ListJob, progress: Progress, reply: Reply<ListPage>): Step {
  progress.attempts += reply.attempts;
  if (reply.ok) return take(job, progress, { page: reply.value, bytes: reply.bytes });
  if (reply.failure.kind === 'expired' && progress.token !== '' && restart(job, progress)) return NEXT;
  return shrink(progress, reply.failure) ? NEXT : failedEnd(progress, tooLarge(progress, reply.failure));
}

/**
 * Reads a list page by page. An expired token or a list that changed between pages begins again, at most three times;
 * the server's offer to go on inconsistently is never taken. Ends in a value, whatever happens.
 */
export async function listPages(transport: Transport, job: ListJob): Promise<ListEnd> {
  const progress = start(job);
  const deadline = job.deadline ?? createDeadline(transport.limits.listMs);
  for (;;) {
    const reply = await transport.get({
      path: url(job, progress),
      accept: job.accept,
      deadline,
      parse: (body) => parsePage(body, job.expected),
      retryPath: (failure) => {
        if (isSlow(failure)) divide(progress, 2);
        return url(job, progress);
      },
    });
    const next = step(job, progress, reply);
    if (next.kind === 'end') return next.end;
  }
}
