/** Values kept for reuse: beyond these a pool begins anew, so that it never grows with the cluster. */
const MOST = 10_000;

const pools: (() => void)[] = [];

/**
 * Makes equal values one: what objects of an application have in common is then kept once. `key` has to tell all that
 * the value is made of. `most` is how many are kept, for values that many types of objects have in common. `lasting` makes
 * the key that is kept, where the one given holds a text that is too large to stay.
 */
export function pool<Value>(
  most = MOST,
  lasting = (key: string): string => key,
): (key: string, make: () => Value) => Value {
  const known = new Map<string, Value>();
  pools.push(() => {
    known.clear();
  });
  return (key, make) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= most) known.clear();
    const value = make();
    known.set(lasting(key), value);
    return value;
  };
}

/** Empties all pools, once no more values are made: their keys alone are megabytes. */
export function emptyPools(): void {
  for (const empty of pools) empty();
}
