import type { Deadline } from './deadline.ts';
import type { RequestFailure } from './failure.ts';
import { parsePage, type Expected, type ListPage } from './list-page.ts';
import { markersAhead, type PageMarkers } from './page-markers.ts';
import type { Reply, Transport } from './transport.ts';

/** What counts as the size of a page that was asked for without a limit. */
const UNLIMITED = 1000;
/** Bytes above which the next page is asked for half as large. */
const HEAVY_PAGE = 16 * 1024 * 1024;

/** Whose pages: `query` is further parameters. */
export interface PageJob {
  readonly path: string;
  readonly query: string;
  readonly accept: string;
  readonly expected: Expected;
}

/** Which page: `token` is '' for the first. `limit` is how many objects it may hold, 0 for all. */
export interface Aim {
  readonly token: string;
  readonly limit: number;
  /** Pages never grow beyond it: larger ones were too slow or too heavy. */
  readonly largest: number;
}

/** The same page, and those behind it, by this part of the size. */
export function divide({ token, limit }: Aim, by: number): Aim {
  const part = Math.max(1, Math.floor((limit === 0 ? UNLIMITED : limit) / by));
  return { token, limit: part, largest: part };
}

/** The page behind one of so many bytes: larger in a type that turned out large, smaller where its objects are. */
export function aimBehind({ limit, largest }: Aim, { continueToken, remaining }: PageMarkers, bytes: number): Aim {
  const next = { token: continueToken, limit, largest };
  if (bytes > HEAVY_PAGE) return divide(next, 2);
  const grows = limit > 0 && limit < largest && (remaining ?? 0) > limit;
  return grows ? { ...next, limit: Math.min(largest, limit * 10) } : next;
}

function pathOf(job: PageJob, { token, limit }: Aim): string {
  const parts = [job.query];
  if (limit > 0) parts.push(`limit=${limit}`);
  if (token !== '') parts.push(`continue=${encodeURIComponent(token)}`);
  const query = parts.filter((part) => part !== '').join('&');
  return query === '' ? job.path : `${job.path}?${query}`;
}

/** After an answer too slow the same page is asked for in halves. */
function isSlow(failure: RequestFailure): boolean {
  return failure.kind === 'timeout' || failure.status === 504;
}

/** The answer to one page; `aim` is what was asked for in the end. */
interface AimedReply {
  readonly aim: Aim;
  readonly reply: Reply<ListPage>;
}

/** Reads pages in turn. `end` is due when no more are read: nothing is then in flight. */
export interface PageReader {
  readonly read: (aim: Aim) => Promise<AimedReply>;
  readonly end: () => Promise<void>;
}

/** A page that was asked for; the aim changes where a part of it is asked for instead. */
interface Asked {
  readonly at: { aim: Aim };
  readonly reply: Promise<Reply<ListPage>>;
}

type ReaderJob = PageJob & {
  readonly deadline: Deadline;
  /** Whether pages behind the first are asked for ahead; not where it may be the only one read. */
  readonly aheadOfFirst: boolean;
};

/** Asks for a page; `seen` is shown its bytes before they are read, and tells whether more was asked for. */
function ask(
  transport: Transport,
  job: ReaderJob,
  { aim, seen }: { readonly aim: Aim; readonly seen: (at: Asked['at'], body: Buffer) => boolean },
): Asked {
  const at = { aim };
  const reply = transport.get({
    path: pathOf(job, aim),
    accept: job.accept,
    deadline: job.deadline,
    parse: (body) => parsePage(body, job.expected),
    retryPath: (failure) => {
      if (isSlow(failure)) at.aim = divide(at.aim, 2);
      return pathOf(job, at.aim);
    },
    beforeReading: (body) => seen(at, body),
  });
  return { at, reply };
}

/**
 * Reads the pages of a list, each by its aim. A page tells in its first bytes which page follows: that one is asked
 * for before the objects of this one are read, so that server and program work at the same time. If something else is
 * to be read then, its answer is left unread.
 */
export function pageReader(transport: Transport, job: ReaderJob): PageReader {
  let awaited: Asked['at'] | undefined;
  let ahead: { readonly path: string; readonly asked: Asked } | undefined;

  const seen = (at: Asked['at'], body: Buffer): boolean => {
    if (at !== awaited || ahead !== undefined || (at.aim.token === '' && !job.aheadOfFirst)) return false;
    const markers = markersAhead(body);
    if (markers === undefined) return false;
    const aim = aimBehind(at.aim, markers, body.length);
    ahead = { path: pathOf(job, aim), asked: ask(transport, job, { aim, seen }) };
    // Where nobody waits for it any more, its end is of no interest.
    ahead.asked.reply.catch(() => undefined);
    return true;
  };
  const end = async (): Promise<void> => {
    const unread = ahead?.asked.reply;
    [awaited, ahead] = [undefined, undefined];
    await Promise.allSettled([unread]);
  };
  const read = async (aim: Aim): Promise<AimedReply> => {
    const known = ahead?.path === pathOf(job, aim) ? ahead.asked : undefined;
    if (known === undefined) await end();
    ahead = undefined;
    const { at, reply } = known ?? ask(transport, job, { aim, seen });
    awaited = at;
    const answer = await reply;
    return { aim: at.aim, reply: answer };
  };
  return { read, end };
}
