/*
 * Palette renders its macros before it parses the YAML, so an unquoted `namespace: {{ .spectro.var.x }}` is good there,
 * while a YAML parser silently reads a map inside a map. For parsing, the braces of macros are replaced by four
 * private-use characters, which are text to the parser and take the same room, so that places stay right.
 */
const OPEN = '\uE000\uE001';
const CLOSE = '\uE002\uE003';
const ACTION = /\{\{([^{}\n]*)\}\}/g;
const OF_PALETTE = /\.spectro\b/;
const MASKED = /[\uE000-\uE003]/;

/** Hides the braces of Palette's macros from the YAML parser. A text that holds the stand-ins already stays as it is. */
export function maskMacros(text: string): string {
  if (MASKED.test(text)) return text;
  return text.replace(ACTION, (whole: string, inside: string) =>
    OF_PALETTE.test(inside) ? `${OPEN}${inside}${CLOSE}` : whole,
  );
}

/** Puts back what `maskMacros` hid. */
export function unmaskMacros(text: string): string {
  return MASKED.test(text) ? text.replaceAll(OPEN, '{{').replaceAll(CLOSE, '}}') : text;
}
