import { displayWidth, isPlain } from './width.ts';

/** Fills parts into lines of at most `width` columns; a part is never broken, so a longer one has its own line. */
export function fill(parts: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const part of parts) {
    const wanted = displayWidth(part);
    if (line !== '' && used + 1 + wanted > width) {
      lines.push(line);
      line = part;
      used = wanted;
    } else {
      used += line === '' ? wanted : wanted + 1;
      line = line === '' ? part : `${line} ${part}`;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** Breaks prose at its blanks. */
function wrap(text: string, width: number): readonly string[] {
  const fits = text.length <= width && isPlain(text);
  if (fits && text !== '' && !text.startsWith(' ')) return [text];
  return fill(text.split(' '), width);
}

/** Prose behind a label: the first line follows `lead`, further ones are indented to its width. */
export function hanging(lead: string, text: string, width: number): readonly string[] {
  const indent = displayWidth(lead);
  return wrap(text, width - indent).map((line, at) => (at === 0 ? lead : ' '.repeat(indent)) + line);
}
