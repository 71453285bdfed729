/**
 * Groups items by a text, in the order in which they come; an item without a text is left out. What `Map.groupBy`
 * does on a newer Node than the program asks for.
 */
export function grouped<Item>(
  items: Iterable<Item>,
  textOf: (item: Item) => string | undefined,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const text = textOf(item);
    if (text === undefined) continue;
    const group = groups.get(text);
    if (group === undefined) groups.set(text, [item]);
    else group.push(item);
  }
  return groups;
}
