/** Values kept for reuse: beyond these the pool begins anew, so that it never grows with the cluster. */
const MOST = 10_000;

/**
 * Makes equal values one: what objects of an application have in common is then kept once. `key` has to tell all that
 * the value is made of.
 */
export function pool<Value>(): (key: string, make: () => Value) => Value {
  const known = new Map<string, Value>();
  return (key, make) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= MOST) known.clear();
    const value = make();
    known.set(key, value);
    return value;
  };
}
