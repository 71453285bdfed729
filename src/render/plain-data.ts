/** Data of records, lists and scalars alone, as documents are made of: what the writers here know for sure. */
export type Scalar = string | number | boolean | null;

/** Whether a value is a scalar that every format writes in the same one way. */
export function isScalar(value: unknown): value is Scalar {
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0);
  return typeof value === 'string' || typeof value === 'boolean' || value === null;
}

/** Whether a value is a record with entries of its own and nothing else. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Whether a value is a list. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Pieces of a text, in order. */
export type Pieces = string[];

/** The lists of the document itself stand in one place each. */
const OUTERMOST = 1;

/**
 * Puts what `write` adds to the pieces together once for a list that stands in several places at one depth, as the
 * resources of a finding and of its application do: they are most of a large document.
 */
export function sharedLists(
  write: (list: readonly unknown[], depth: number, into: Pieces) => boolean,
): (list: readonly unknown[], depth: number, into: Pieces) => boolean {
  const known = new Map<readonly unknown[], { readonly depth: number; readonly text: string }>();
  return (list, depth, into) => {
    if (depth <= OUTERMOST || typeof list[0] !== 'object') return write(list, depth, into);
    const before = known.get(list);
    if (before?.depth === depth) {
      into.push(before.text);
      return true;
    }
    const pieces: Pieces = [];
    if (!write(list, depth, pieces)) return false;
    const text = pieces.join('');
    known.set(list, { depth, text });
    into.push(text);
    return true;
  };
}

/** What goes before the value of one key at one place; the value it had last, and all of it as one piece. */
interface Slot {
  readonly prefix: string;
  value: Scalar | undefined;
  whole: string | undefined;
}

/** Finds the slot of a key at a place, which is a number: keys are few, and come again with every record. */
export function slots(prefixOf: (key: string, place: number) => string): (key: string, place: number) => Slot {
  const known: Map<string, Slot>[] = [];
  return (key, place) => {
    const here = known[place] ?? new Map<string, Slot>();
    known[place] = here;
    const before = here.get(key);
    if (before !== undefined) return before;
    const slot = { prefix: prefixOf(key, place), value: undefined, whole: undefined };
    here.set(key, slot);
    return slot;
  };
}

/** Adds the value of a key. Records that follow each other have many values in common: what these are is kept. */
export function addScalar(
  slot: Slot,
  value: Scalar,
  { into, write }: { readonly into: Pieces; readonly write: (value: Scalar, into: Pieces) => boolean },
): boolean {
  if (slot.value !== value) {
    slot.value = value;
    slot.whole = undefined;
    into.push(slot.prefix);
    return write(value, into);
  }
  if (slot.whole === undefined) {
    const pieces: Pieces = [slot.prefix];
    if (!write(value, pieces)) return false;
    slot.whole = pieces.join('');
  }
  into.push(slot.whole);
  return true;
}
