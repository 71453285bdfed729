/** Requests in flight at a time. */
const CONCURRENCY = 8;

/** Runs `work` on all items, at most eight at a time or fewer; results keep the items' order. */
export async function sideBySide<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  atOnce: number = CONCURRENCY,
): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results.set(index, await work(item));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return [...results.entries()].toSorted(([a], [b]) => a - b).map(([, result]) => result);
}

/** Lets at most eight pieces of work run at a time, whoever starts them; the others wait in order, the `next` ones first. */
export function createGate(): <Result>(work: () => Promise<Result>, next?: boolean) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let running = 0;
  const enter = async (isNext: boolean): Promise<void> => {
    if (running < CONCURRENCY) running += 1;
    else await new Promise<void>((resolve) => (isNext ? waiting.unshift(resolve) : waiting.push(resolve)));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };
  return async (work, isNext = false) => {
    await enter(isNext);
    try {
      return await work();
    } finally {
      leave();
    }
  };
}

/** Makes calls of the returned function run one after the other. */
export function oneAtATime<Input, Result>(work: (input: Input) => Promise<Result>): (input: Input) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (input) => {
    const next = last.then(() => work(input));
    last = next.catch(() => undefined);
    return next;
  };
}

/** Work that may fail before anybody waits for it, or with nobody who does: its failure then ends no process. */
export function begun<Result>(work: Promise<Result>): Promise<Result> {
  work.catch(() => {});
  return work;
}
