import { type CST, Lexer, type LineCounter, Parser } from 'yaml';

/** Deeper than any profile; far from where recursion would end the process. */
export const MAX_DEPTH = 200;

/** Words, signs and blanks of one text. The largest of the known packs' texts, an install manifest, has 94,000. */
const MAX_LEXEMES = 500_000;

/** Why a text is not composed: what is wrong, and the offset where it was noticed. */
export interface Excess {
  readonly detail: string;
  readonly offset: number;
}

/** Marks of the lexer that are no characters of the text. */
const MARKS: ReadonlySet<string> = new Set(['\u0002', '\u0018', '\u001f']);

/** The tokens of a text, or why there are too many: what composing costs is up to whoever wrote the text. */
export function tokensOf(text: string, lines: LineCounter): readonly CST.Token[] | Excess {
  const tooMany = tooLong(text, lines);
  if (tooMany !== undefined) return tooMany;
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  return tooDeep(tokens) ?? tokens;
}

/** More lexemes than this no character brings: itself, and marks of a scalar, of a document and of a fault. */
const LEXEMES_A_CHARACTER = 4;

/** Counts before anything is parsed, no further than it has to, and only where there may be too many. */
function tooLong(text: string, lines: LineCounter): Excess | undefined {
  if ((text.length + 1) * LEXEMES_A_CHARACTER <= MAX_LEXEMES) return undefined;
  let count = 0;
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (!MARKS.has(lexeme)) offset += lexeme.length;
    count += 1;
    if (count > MAX_LEXEMES) return excessAt(offset, text, lines);
  }
  return undefined;
}

function excessAt(offset: number, text: string, lines: LineCounter): Excess {
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return { detail: 'far longer than any known definition', offset };
}

/** Composing is recursive and can end the whole process, so depth is measured before, without recursion. */
function tooDeep(tokens: readonly CST.Token[]): Excess | undefined {
  const open: { readonly token: CST.Token; readonly depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > MAX_DEPTH) return { detail: `nested deeper than ${String(MAX_DEPTH)} levels`, offset: token.offset };
    for (const child of childrenOf(token)) open.push({ token: child, depth: depth + 1 });
  }
  return undefined;
}

function childrenOf(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items.flatMap((item) => [item.key, item.value].filter((part) => part !== undefined && part !== null));
}
