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
