/** Irregular or already plural; everything else follows English spelling. */
const PLURALS: ReadonlyMap<string, string> = new Map([['Endpoints', 'Endpoints']]);

/** Most names that a sentence lists one by one. */
const MOST_NAMES = 12;

/** The plural of a word or a kind: `packs`, `Ingresses`, `NetworkPolicies`. */
export function plural(word: string): string {
  const known = PLURALS.get(word);
  if (known !== undefined) return known;
  if (/[^aeiou]y$/u.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/u.test(word) ? `${word}es` : `${word}s`;
}

/** A number with its word: `1 pack`, `2 packs`, `0 packs`. */
export function count(number: number, word: string): string {
  return `${number} ${number === 1 ? word : plural(word)}`;
}

/** Names as a list in a sentence: `a, b and c`; of more than twelve the rest is counted. */
export function list(names: readonly string[], joint: 'and' | 'or' = 'and'): string {
  if (names.length > MOST_NAMES) {
    return `${names.slice(0, MOST_NAMES - 1).join(', ')} ${joint} ${names.length - MOST_NAMES + 1} more`;
  }
  return listOfAll(names, joint);
}

/** Names as a list in a sentence, however many: for what nobody may overlook. */
export function listOfAll(names: readonly string[], joint: 'and' | 'or' = 'and'): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${joint} ${last}`;
}

/** Each value once, in the order of its first use. */
export function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

/** The counted parts that are not zero, as a list: `2 packs, 1 warning`. */
export function counted(parts: readonly (readonly [number, string])[]): string {
  return parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => count(number, word))
    .join(', ');
}
