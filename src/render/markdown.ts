import { logLine, longestRun, markdownCode, markdownText, terminalProse, terminalText } from './escape.ts';
import type { Block, Column, Page, Step } from './page.ts';

type BlockOf<Kind extends Block['kind']> = Extract<Block, { readonly kind: Kind }>;
type Rows = readonly (readonly string[])[];

/** A page for a pull request or a ticket: the same facts under headings. */
export function pageMarkdown({ title, verdict, blocks }: Page): string {
  const word = verdict.word === '' ? '' : `**${markdownText(verdict.word)}**`;
  const parts = [
    [`## ${markdownText(title)}`],
    [`${word}${markdownText(verdict.text)}`],
    ...blocks.map((block) => blockLines(block)),
  ];
  return `${parts.map((lines) => lines.map(logLine).join('\n')).join('\n\n')}\n`;
}

function blockLines(block: Block): readonly string[] {
  switch (block.kind) {
    case 'facts':
      return factLines(block);
    case 'table':
      return [`### ${markdownText(block.title)}`, '', ...table(block.columns, block.rows)];
    case 'reasons':
      return [`### ${markdownText(block.title)}`, '', ...table(reasonColumns(block.heads), block.rows)];
    case 'steps':
      return stepLines(block);
    case 'notes':
      return block.lines.map(markdownText);
    case 'closing':
      return [block.parts.map(markdownText).join(' ')];
  }
}

function reasonColumns([what, level, sentence]: readonly [string, string, string]): readonly Column[] {
  return [{ head: what, as: 'name' }, { head: level }, { head: sentence }];
}

function factLines({ rows }: BlockOf<'facts'>): readonly string[] {
  return rows.map(([label, text]) =>
    label === '' ? `- ${markdownText(text)}` : `- **${label}**: ${markdownText(text)}`,
  );
}

function table(columns: readonly Column[], rows: Rows): readonly string[] {
  return [
    line(columns.map(({ head }) => markdownText(head))),
    line(columns.map(({ right }) => (right === true ? '---:' : '---'))),
    ...rows.map((row) => line(row.map((text, at) => cell(text, columns[at])))),
  ];
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function cell(text: string, column: Column | undefined): string {
  return column?.as === 'name' ? markdownCode(text) : markdownText(terminalText(text));
}

function stepLines({ title, intro, steps }: BlockOf<'steps'>): readonly string[] {
  const head = [`### ${markdownText(title)}`, '', ...(intro === '' ? [] : [markdownText(intro), ''])];
  return [...head, ...steps.flatMap((step, at) => oneStep(step, at + 1))];
}

/** Everything below a step is indented to its text, so that it stays part of it. */
function oneStep({ text, snippet, notes }: Step, number: number): readonly string[] {
  const indent = ' '.repeat(`${number}. `.length);
  const shown = snippet.map(terminalProse);
  const fence = '`'.repeat(Math.max(3, longestRun(shown.join('\n')) + 1));
  const fenced = shown.length === 0 ? [] : ['', ...[fence, ...shown, fence].map((each) => indent + each), ''];
  const cautions = notes.map((note) => `${indent}- ${markdownText(note)}`);
  return [`${number}. ${markdownText(text)}`, ...fenced, ...cautions];
}
