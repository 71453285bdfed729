import { logLine, terminalProse, terminalText } from './escape.ts';
import { fill, hanging } from './lines.ts';
import type { Block, Page, Step, Verdict } from './page.ts';
import { paintSeverity, paintVerdict } from './paint.ts';
import { tableLines, type TableStyle } from './table.ts';

type BlockOf<Kind extends Block['kind']> = Extract<Block, { readonly kind: Kind }>;

/** A page for a terminal: the verdict, then its blocks with an empty line between them. */
export function pageText(page: Page, style: TableStyle): string {
  const parts = page.blocks.map((block) => [''].concat(blockLines(block, style)));
  const lines = [...verdictLines(page.verdict, style), ...parts.flat()];
  return `${lines.map((line) => logLine(line.trimEnd())).join('\n')}\n`;
}

/** Blanks where a verdict may be broken: not within `Exit code 3`. */
const EXIT_CODE_WHOLE = /(?<!\bcode) (?!code \d)/u;

function verdictLines({ word, text, tone }: Verdict, { width, color }: TableStyle): readonly string[] {
  const plain = terminalProse(`${word}${text}`);
  const shown = color ? paintVerdict(word, tone) + plain.slice(word.length) : plain;
  return fill(shown.split(EXIT_CODE_WHOLE), width);
}

function blockLines(block: Block, style: TableStyle): readonly string[] {
  switch (block.kind) {
    case 'facts':
      return factLines(block, style);
    case 'table':
      return tableLines(block.columns, block.rows, style);
    case 'reasons':
      return reasonLines(block, style);
    case 'steps':
      return stepLines(block, style);
    case 'notes':
      return block.lines.flatMap((line) => hanging('', terminalProse(line), style.width));
    case 'closing':
      return fill(block.parts.map(terminalProse), style.width);
  }
}

function factLines({ rows }: BlockOf<'facts'>, { width }: TableStyle): readonly string[] {
  return rows.flatMap(([label, text]) => hanging(label.padEnd(11), terminalProse(text), width));
}

function reasonLines({ rows }: BlockOf<'reasons'>, { width, color }: TableStyle): readonly string[] {
  const longest = (at: 0 | 1) => rows.reduce((most, row) => Math.max(most, terminalText(row[at]).length), 0);
  const [widthOfWhat, widthOfLevel] = [longest(0), longest(1)];
  return rows.flatMap(([what, severity, sentence]) => {
    const level = terminalText(severity).padEnd(widthOfLevel);
    const lead = `${terminalText(what).padEnd(widthOfWhat)}  ${color ? paintSeverity(level) : level}  `;
    return hanging(lead, terminalProse(sentence), width);
  });
}

function stepLines({ title, intro, steps }: BlockOf<'steps'>, { width }: TableStyle): readonly string[] {
  const head = intro === '' ? title.toUpperCase() : `${title.toUpperCase()}  ${intro}`;
  return [...hanging('', terminalProse(head), width), ...steps.flatMap((step, at) => oneStep(step, at + 1, width))];
}

function oneStep({ text, snippet, notes }: Step, number: number, width: number): readonly string[] {
  const indent = ' '.repeat(`${number}. `.length);
  return [
    ...hanging(`${number}. `, terminalProse(text), width),
    ...snippet.map((line) => `${indent}  ${terminalProse(line)}`),
    ...notes.flatMap((note) => hanging(indent, terminalProse(note), width)),
  ];
}
