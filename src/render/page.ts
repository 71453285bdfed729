/** How a verdict is coloured: something is at risk, something was not seen, or neither. */
export type Tone = 'bad' | 'unsure' | 'good';

/** The first line. `word` is its coloured beginning, `text` what follows, with its own punctuation. */
export interface Verdict {
  readonly tone: Tone;
  readonly word: string;
  readonly text: string;
}

/**
 * A column. `right` aligns numbers. `shrinks` may be cut where the width is bounded; `severity` is coloured, `name`
 * holds identifiers (a code span in Markdown).
 */
export interface Column {
  readonly head: string;
  readonly right?: boolean;
  readonly shrinks?: boolean;
  readonly as?: 'name' | 'severity';
}

/** A numbered step: what to do, a snippet to paste line by line, and what to mind. */
export interface Step {
  readonly text: string;
  readonly snippet: readonly string[];
  readonly notes: readonly string[];
}

/**
 * A part of a page. Every text in it is raw: each format escapes at its own sink. `title` heads the block where the
 * format has headings; steps always show it. Reasons are findings or evidence: a rule or owner, its severity or
 * strength, and a sentence that may take several lines.
 */
export type Block =
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, text: string])[] }
  | {
      readonly kind: 'table';
      readonly title: string;
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
    }
  | {
      readonly kind: 'reasons';
      readonly title: string;
      readonly heads: readonly [string, string, string];
      readonly rows: readonly (readonly [what: string, level: string, sentence: string])[];
    }
  | { readonly kind: 'steps'; readonly title: string; readonly intro: string; readonly steps: readonly Step[] }
  | { readonly kind: 'notes'; readonly lines: readonly string[] }
  /** Parts that are filled into lines and never broken themselves: commands among them. */
  | { readonly kind: 'closing'; readonly parts: readonly string[] };

/** What a report says, before a format decides how it looks: the answer first, then why, then what to do. */
export interface Page {
  readonly title: string;
  readonly verdict: Verdict;
  readonly blocks: readonly Block[];
}

/** Leaves out blocks that have nothing to say. */
export function filled(blocks: readonly Block[]): readonly Block[] {
  return blocks.filter((block) => {
    if (block.kind === 'steps') return block.steps.length > 0;
    if (block.kind === 'notes') return block.lines.length > 0;
    if (block.kind === 'closing') return block.parts.length > 0;
    return block.rows.length > 0;
  });
}
