import { type Macros, expressionOf, resolveMacros } from './macros.ts';
import { type Tree, at, isGiven } from './tree.ts';

/** A Go template, made ready for a YAML parser: same lines, plain values put in, everything else marked. */
export interface Evaluated {
  readonly text: string;
  /** Whether a line (1-based) stands under an action that was not evaluated. */
  readonly isPossible: (line: number) => boolean;
  /** Whether a value was put into a line (1-based). */
  readonly isValued: (line: number) => boolean;
  /** True when an action that stands alone at the start of a line may print whole objects. */
  readonly hidesObjects: boolean;
}

const ACTION = /\{\{((?:[^{}"`]|"(?:[^"\\\n]|\\.)*"|`[^`]*`|\{[^{}]*\})*)\}\}/g;
const OPENS = /^(if|range|with|define|block)\b/;
const ENDS = /^end\b/;
const SILENT = /^(else\b|end\b|\/\*|\$\w+\s*:?=|$)/;
const PLAIN = /^\$?\.Values((?:\.[A-Za-z_][\w]*)+)$/;
/** Stands for what an action would print: text to a YAML parser, and never part of a real name. */
const MARK = '\uE004';

/** Stands where an action prints nothing. */
const CONTROL = '\uE005';

/** Whether a text holds the result of an action that was not evaluated. */
export function isOpenText(text: string): boolean {
  return text.includes(MARK);
}

/**
 * Evaluates what can be evaluated without guessing in a pack directory's manifest: `{{ .Values.x.y }}`, also with
 * `default "…"` and `quote`. What stands under `if`, `range`, `with`, `define` or `block` is possible, not certain.
 */
export function evaluateTemplate(template: string, values: Tree | undefined, macros: Macros): Evaluated {
  const possibleLines = new Set<number>();
  const valuedLines = new Set<number>();
  let depth = 0;
  let line = 1;
  let end = 0;
  let text = '';
  const pass = (piece: string): void => {
    const lines = piece.split('\n').length - 1;
    if (depth > 0) for (let n = line; n <= line + lines; n += 1) possibleLines.add(n);
    line += lines;
  };
  for (const match of template.matchAll(ACTION)) {
    const [whole, inside = ''] = match;
    const expression = expressionOf(inside);
    const before = template.slice(end, match.index);
    pass(before);
    if (PLAIN.test(expression.split('|')[0]?.trim() ?? '')) valuedLines.add(line);
    depth = depthAfter(depth, expression);
    pass(whole);
    text += before + replacement(whole, expression, { values, macros });
    end = match.index + whole.length;
  }
  pass(template.slice(end));
  return {
    text: separate(text + template.slice(end)),
    isPossible: (asked) => possibleLines.has(asked),
    isValued: (asked) => valuedLines.has(asked),
    hidesObjects: hidesObjects(template),
  };
}

function depthAfter(depth: number, expression: string): number {
  if (OPENS.test(expression)) return depth + 1;
  return ENDS.test(expression) ? Math.max(0, depth - 1) : depth;
}

interface Scope {
  readonly values: Tree | undefined;
  readonly macros: Macros;
}

function replacement(whole: string, expression: string, scope: Scope): string {
  const newlines = '\n'.repeat(whole.split('\n').length - 1);
  if (SILENT.test(expression) || OPENS.test(expression)) return CONTROL + newlines;
  if (expression.startsWith('.spectro.')) {
    const macro = resolveMacros(whole, scope.macros);
    return macro.resolved ? macro.text : whole;
  }
  const text = evaluate(expression, scope) ?? MARK;
  // A value of several lines would move all lines after it.
  return (text.includes('\n') ? MARK : text) + newlines;
}

function evaluate(expression: string, { values, macros }: Scope): string | undefined {
  const [head = '', ...filters] = expression.split('|').map((part) => part.trim());
  const path = PLAIN.exec(head)?.[1];
  if (path === undefined) return undefined;
  const node = at(values, ...path.slice(1).split('.'));
  if (node === undefined || !isGiven(node)) return applyFilters(undefined, filters);
  return node.kind === 'text' ? applyFilters(resolveMacros(node.text, macros).text, filters) : undefined;
}

function applyFilters(text: string | undefined, filters: readonly string[]): string | undefined {
  let result = text;
  for (const filter of filters) {
    const fallback = /^default\s+"([^"\\]*)"$/.exec(filter)?.[1];
    if (fallback !== undefined) result ??= fallback;
    else if (!/^s?quote$/.test(filter)) return undefined;
    else if (result !== undefined) result = JSON.stringify(result);
  }
  return result;
}

/**
 * Objects under two blocks often have no `---` between them, since at most one is printed. Where a second object begins
 * after a line of control actions, that line becomes the separator.
 */
function separate(text: string): string {
  const lines = text.split('\n');
  const seen = new Set<string>();
  let control = -1;
  for (const [index, line] of lines.entries()) {
    const key = /^(apiVersion|kind)\s*:/.exec(line)?.[1];
    if (isControl(line)) control = index;
    if (line.startsWith('---')) seen.clear();
    if (key === undefined) continue;
    if (seen.has(key) && control >= 0) {
      lines[control] = '---';
      seen.clear();
    }
    seen.add(key);
  }
  return lines.join('\n').replaceAll(CONTROL, '');
}

function isControl(line: string): boolean {
  return line.includes(CONTROL) && line.replaceAll(CONTROL, '').trim() === '';
}

/** An action alone on a line without indentation can print documents of its own. */
function hidesObjects(template: string): boolean {
  for (const match of template.matchAll(/^\{\{([^}\n]*)\}\}[ \t]*$/gm)) {
    const expression = expressionOf(match[1] ?? '');
    if (!SILENT.test(expression) && !OPENS.test(expression)) return true;
  }
  return false;
}
