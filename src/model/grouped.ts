/** Items that have something in common: at least one. */
export type Group<Item> = readonly [Item, ...Item[]];

/**
 * Groups items by a text, in the order in which they come; an item without a text is left out. What `Map.groupBy`
 * does on a newer Node than the program asks for.
 */
export function grouped<Item>(
  items: Iterable<Item>,
  textOf: (item: Item) => string | undefined,
): ReadonlyMap<string, Group<Item>> {
  const groups = new Map<string, [Item, ...Item[]]>();
  let last: string | undefined;
  let group: [Item, ...Item[]] | undefined;
  for (const item of items) {
    const text = textOf(item);
    if (text === undefined) continue;
    // Neighbours are mostly of one group, for what is grouped is mostly sorted.
    if (text !== last) {
      last = text;
      group = groups.get(text);
    }
    if (group === undefined) {
      group = [item];
      groups.set(text, group);
    } else group.push(item);
  }
  return groups;
}

/** The item of a group that comes before all others. */
export function leastOf<Item>([first, ...rest]: Group<Item>, compare: (a: Item, b: Item) => number): Item {
  return rest.reduce((least, item) => (compare(item, least) < 0 ? item : least), first);
}
