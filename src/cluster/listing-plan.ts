/** Milliseconds of server work, measured (1.35): a nearly empty namespaced list, and one object of a large page. */
const NAMESPACED_LIST_MS = 0.5;
const LISTED_OBJECT_MS = 0.02;
/** What is assumed to remain where a server does not tell: a few pages. */
const ASSUMED_REMAINING = 2000;
const FEW_NAMESPACES = 5;

/** Whether to begin with a cluster-wide page: for few namespaces their own lists are always the cheaper way. */
export function beginsClusterWide(namespaces: number): boolean {
  return namespaces > FEW_NAMESPACES;
}

/** Whether to go on cluster-wide after the first page, or to list the namespaces side by side instead. */
export function goesOnClusterWide(remaining: number | undefined, namespaces: number): boolean {
  return (remaining ?? ASSUMED_REMAINING) * LISTED_OBJECT_MS <= namespaces * NAMESPACED_LIST_MS;
}

/** Which part of that it may cost to find out that a type is better listed in its namespaces. */
const COST_OF_A_LOOK = 1 / 5;

/**
 * How many objects the first page may hold where it may be for nothing, for the type may be better listed in so many
 * namespaces: a part of what these lists would cost, for most types have few objects, and of a few large ones it is for
 * nothing. 0 is a page without a limit, if that is what was asked for.
 */
export function firstPage(namespaces: number, chunkSize: number): number {
  const listed = (namespaces * NAMESPACED_LIST_MS) / LISTED_OBJECT_MS;
  return Math.min(chunkSize, Math.ceil(listed * COST_OF_A_LOOK));
}
