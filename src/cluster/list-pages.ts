import type { Deadline } from './deadline.ts';
import { createDeadline } from './deadline.ts';
import type { RequestFailure } from './failure.ts';
import { textAt } from './json.ts';
import type { ListPage } from './list-page.ts';
import { aimBehind, divide, pageReader, type Aim, type PageJob } from './page-requests.ts';
import { plainText } from './plain-text.ts';
import type { Reply, Transport } from './transport.ts';

const MOST_RESTARTS = 3;
const MOST_SHRINKS = 8;
const MOST_STALE_PAGES = 3;
/** Beyond this a larger page saves little time and costs memory: eight of them are parsed at once (measured, 1.35). */
const LARGEST_PAGE = 2000;

/** What to list. `onPage` gets each page once, and everything again after `onRestart`. */
export interface ListJob extends PageJob {
  readonly chunkSize: number;
  /** How many objects a page may come to hold where they are many; for types of large objects. */
  readonly largest?: number | undefined;
  readonly onPage: (page: ListPage) => void;
  readonly onRestart: () => void;
  /** Asked after the first page when more follow: false to stop there. */
  readonly goOn?: ((first: ListPage) => boolean) | undefined;
  /** When to give up; without it after the transport's time for one list. */
  readonly deadline?: Deadline | undefined;
}

/** How a list ended. `abandoned`: `goOn` said no, and nothing of it counts. */
export type ListEnd =
  | { readonly end: 'complete'; readonly pages: number; readonly attempts: number }
  | { readonly end: 'abandoned'; readonly pages: number; readonly attempts: number }
  | { readonly end: 'failed'; readonly pages: number; readonly attempts: number; readonly failure: RequestFailure };

interface Progress {
  aim: Aim;
  pages: number;
  attempts: number;
  restarts: number;
  shrinks: number;
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
    aim: { token: '', limit: job.chunkSize, largest: job.largest ?? LARGEST_PAGE },
    pages: 0,
    attempts: 0,
    restarts: 0,
    shrinks: 0,
    version: '',
    stalePages: 0,
    tokens: new Set(),
    uidByName: new Map(),
    uids: new Set(),
    last: '',
  };
}

/** Begins again from the first page; false when that was done often enough. */
function restart(job: ListJob, progress: Progress): boolean {
  progress.restarts += 1;
  if (progress.restarts > MOST_RESTARTS) return false;
  const { limit, largest } = progress.aim;
  progress.aim = { token: '', limit: limit > 0 ? Math.max(limit, largest) : limit, largest };
  progress.last = '';
  progress.stalePages = 0;
  progress.tokens.clear();
  progress.uidByName.clear();
  progress.uids.clear();
  job.onRestart();
  return true;
}

/** After an answer too large the same page is asked for in a tenth of the size, down to single objects. */
function shrink(progress: Progress, failure: RequestFailure): boolean {
  if (failure.kind !== 'too-large' || progress.aim.limit === 1) return false;
  progress.shrinks += 1;
  if (progress.shrinks > MOST_SHRINKS) return false;
  progress.aim = divide(progress.aim, 10);
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

type Step = { readonly kind: 'next' } | { readonly kind: 'end'; readonly end: ListEnd };
const NEXT: Step = { kind: 'next' };

function failedEnd(progress: Progress, failure: RequestFailure): Step {
  return { kind: 'end', end: { end: 'failed', pages: progress.pages, attempts: progress.attempts, failure } };
}

function broken(progress: Progress, reason: string): Step {
  return failedEnd(progress, { kind: 'protocol', status: 200, reason });
}

function goneThrough(job: ListJob, progress: Progress, { page, bytes }: Got): Step {
  const isFirst = progress.aim.token === '';
  const count = { pages: progress.pages, attempts: progress.attempts };
  if (isFirst && page.continueToken !== '' && job.goOn?.(page) === false) {
    return { kind: 'end', end: { end: 'abandoned', ...count } };
  }
  job.onPage(page);
  if (page.continueToken === '') return { kind: 'end', end: { end: 'complete', ...count } };
  progress.version = page.resourceVersion;
  progress.aim = aimBehind(progress.aim, page, bytes);
  return NEXT;
}

interface Got {
  readonly page: ListPage;
  readonly bytes: number;
}

function take(job: ListJob, progress: Progress, got: Got): Step {
  const { page } = got;
  if (progress.aim.token !== '' && page.resourceVersion !== progress.version) {
    return restart(job, progress) ? NEXT : broken(progress, 'the list changed between its pages');
  }
  progress.pages += 1;
  const problem = problemOf(page, progress);
  return problem === undefined ? goneThrough(job, progress, got) : broken(progress, problem);
}

function step(job: ListJob, progress: Progress, reply: Reply<ListPage>): Step {
  progress.attempts += reply.attempts;
  if (reply.ok) return take(job, progress, { page: reply.value, bytes: reply.bytes });
  if (reply.failure.kind === 'expired' && progress.aim.token !== '' && restart(job, progress)) return NEXT;
  return shrink(progress, reply.failure) ? NEXT : failedEnd(progress, tooLarge(progress, reply.failure));
}

/**
 * Reads a list page by page. An expired token or a list that changed between pages begins again, at most three times;
 * the server's offer to go on inconsistently is never taken. Ends in a value, whatever happens.
 */
export async function listPages(transport: Transport, job: ListJob): Promise<ListEnd> {
  const progress = start(job);
  const deadline = job.deadline ?? createDeadline(transport.limits.listMs);
  const pages = pageReader(transport, { ...job, deadline, aheadOfFirst: job.goOn === undefined });
  for (;;) {
    const { aim, reply } = await pages.read(progress.aim);
    progress.aim = aim;
    const next = step(job, progress, reply);
    if (next.kind === 'next') continue;
    await pages.end();
    return next.end;
  }
}
