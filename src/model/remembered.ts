/** A function that works each answer out once, and gives the same one again. */
export function remembered<Key, Value extends object>(work: (key: Key) => Value): (key: Key) => Value {
  return rememberedIn(new Map<Key, Value>(), work);
}

/**
 * The same for a program's whole life: an answer is kept as long as what it is about, which must never change. Worth
 * it where many objects share one thing, as they do their types, and the answers are texts to put together.
 */
export function rememberedOf<Key extends object, Value extends object | string>(
  work: (key: Key) => Value,
): (key: Key) => Value {
  return rememberedIn(new WeakMap<Key, Value>(), work);
}

/** The same for neighbours, which often share what the answer is about: only the last one is kept. */
export function lastRemembered<Key, Value>(work: (key: Key) => Value): (key: Key) => Value {
  let last: { readonly key: Key; readonly value: Value } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, value: work(key) };
    return last.value;
  };
}

function rememberedIn<Key, Value>(
  known: { readonly get: (key: Key) => Value | undefined; readonly set: (key: Key, value: Value) => unknown },
  work: (key: Key) => Value,
): (key: Key) => Value {
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = work(key);
    known.set(key, value);
    return value;
  };
}
