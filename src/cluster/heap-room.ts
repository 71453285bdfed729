import { setFlagsFromString } from 'node:v8';

/** With fewer objects than these V8 decides by itself: what it leaves lying about is then little. */
const FROM = 20_000;
/** By how much of itself the heap may grow before it is looked through, in percent: less the larger it is. */
const MOST = 100;
const LEAST = 15;
/** How many objects' worth of memory that is, between these. */
const ROOM = 150_000;

/** By how much the heap may grow, in percent, with so many objects in it; undefined to let V8 decide. */
export function roomFor(objects: number): number | undefined {
  if (objects < FROM) return undefined;
  return Math.min(MOST, Math.max(LEAST, Math.round((ROOM / objects) * 100)));
}

let objects = 0;
let percent: number | undefined;

/**
 * Is told of objects as they are read, and keeps the memory of a large inventory near what it needs: by itself V8 lets
 * a heap grow to twice as much and more before it looks what of it is still of use. It reads the flag each time it
 * has looked, so that it may change while the program runs.
 */
export function makeRoomFor(more: number): void {
  objects += more;
  const next = roomFor(objects);
  if (next === undefined || next === percent) return;
  percent = next;
  setFlagsFromString(`--heap-growing-percent=${String(next)}`);
}

/** Up to so many objects there is memory to spare, once the pages that were in flight are gone. */
const SPARE = 200_000;

/** V8's flags for what is left to do with so many objects, once they are read; undefined to leave them as they are. */
export function flagsToJudge(many: number): string | undefined {
  if (many < FROM) return undefined;
  return many > SPARE ? NO_OPTIMIZER : `${NO_OPTIMIZER} ${GROWING}`;
}

/** What judges and words an answer runs once for each object: TurboFan would mostly be done when that is over. */
const NO_OPTIMIZER = '--no-turbofan';

const GROWING = '--semi-space-growth-factor=8';

/**
 * Keeps the space for what was made last as small as it is, if Node was told how large it may become, as the launcher
 * of the archive does; else it is left to V8. From a command line V8 takes no factor below 2.
 */
export function keepYoungSmall(): void {
  if (process.execArgv.some((option) => option.startsWith('--max-semi-space-size=')))
    setFlagsFromString('--semi-space-growth-factor=1');
}

/**
 * Is told how many objects there are when all is read, and lets V8 go about the rest in the way that is quickest for it:
 * with more space for what was made last, less is moved about.
 */
export function makeRoomToJudge(many: number): void {
  const flags = flagsToJudge(many);
  if (flags !== undefined) setFlagsFromString(flags);
}
