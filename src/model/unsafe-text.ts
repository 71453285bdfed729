/**
 * What must not reach a person as it is: control characters (C0 with newline and tab, DEL, C1), format characters
 * (bidirectional controls, zero-width, BOM), lone surrogates (with the `u` flag a pair is one code point), line and
 * paragraph separators, and whatever else Unicode lets a reader ignore.
 * Source: CVE-2021-25743, CVE-2021-42574.
 */
export const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** The same in a serialised text, whose lines are its writer's own. */
export const UNSAFE_BUT_LINE_END = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Cuts a text to so many characters and says how many are missing: `…(+12)`. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const characters = Array.from(text);
  const missing = characters.length - longest;
  return missing > 0 ? `${characters.slice(0, longest).join('')}…(+${missing})` : text;
}
