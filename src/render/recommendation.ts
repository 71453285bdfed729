import type { Finding, RuleId } from '../model/finding.ts';
import type { Report, Separation, SeparationStep } from '../model/report.ts';
import type { Block, Step } from './page.ts';
import { REFERENCE } from './words/reference.ts';
import { cautionText, installCommand, staysText, stepText } from './words/separation.ts';

/** The separation of every namespace with a conflict, then what to do about findings it does not settle. */
export function recommendationBlocks({ separations, findings }: Report): readonly Block[] {
  return [...separations.map(separationBlock), remediesBlock(findings, separations.length > 0)];
}

function separationBlock(separation: Separation): Block {
  return {
    kind: 'steps',
    title: 'Recommended',
    intro: staysText(separation),
    steps: separation.steps.map((step) => separationStep(step, separation.namespace)),
  };
}

function separationStep(step: SeparationStep, namespace: string): Step {
  return {
    text: stepText(step, namespace),
    snippet: step.kind === 'move-pack' ? snippetLines(step.snippet) : installCommand(step),
    notes: step.cautions.map(cautionText),
  };
}

function snippetLines(snippet: string): readonly string[] {
  return snippet === '' ? [] : snippet.trimEnd().split('\n');
}

const SETTLED: ReadonlySet<RuleId> = new Set(['unmanaged-resource', 'shared-namespace']);

/** What to do about each other rule with an error or a warning, once per rule. */
function remediesBlock(findings: readonly Finding[], further: boolean): Block {
  const rules = new Set(
    findings.filter(({ rule, severity }) => severity !== 'info' && !SETTLED.has(rule)).map(({ rule }) => rule),
  );
  return {
    kind: 'steps',
    title: further ? 'What else to do' : 'What to do',
    intro: '',
    steps: [...rules].map((rule) => ({ text: `${rule}: ${REFERENCE[rule].remedy}`, snippet: [], notes: [] })),
  };
}
