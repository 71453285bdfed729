import type { Finding, RuleId } from '../model/finding.ts';
import type { ApplicationSummary, Report, Separation, SeparationStep } from '../model/report.ts';
import { distinct, list } from './counts.ts';
import type { Block, Step } from './page.ts';
import { REFERENCE } from './words/reference.ts';
import { cautionText, installCommands, staysText, stepText } from './words/separation.ts';

/** The separation of every namespace with a conflict, then what to do about findings it does not settle. */
export function recommendationBlocks(report: Report, helm: string): readonly Block[] {
  const { separations, applications, findings } = report;
  const further = separations.some(({ steps }) => steps.length > 0);
  return [
    ...separations.map((separation) => separationBlock(separation, helm)),
    {
      kind: 'steps',
      title: further ? 'What else to do' : 'What to do',
      intro: '',
      steps: [...ownerlessSteps(applications), ...remedies(findings)],
    },
  ];
}

/** What nobody is known to have made is not advised to move: first somebody has to know it. */
function ownerlessSteps(applications: readonly ApplicationSummary[]): readonly Step[] {
  const ownerless = applications.filter(({ listed, movable }) => listed && !movable);
  return distinct(ownerless.map(({ namespace }) => namespace)).map((namespace) => {
    const names = ownerless.filter((application) => application.namespace === namespace).map(({ name }) => name);
    const text = `Find out whose ${list(names)} in ${namespace} ${names.length === 1 ? 'is' : 'are'}, before any pack there is removed.`;
    return { text, snippet: [], notes: [] };
  });
}

/** The steps that separate one namespace; `helm` is how Helm is called, '' where that cannot be said. */
export function separationBlock(separation: Separation, helm: string): Block {
  const said = new Set<string>();
  return {
    kind: 'steps',
    title: 'Recommended',
    intro: staysText(separation),
    steps: separation.steps.map((step) => separationStep(step, { separation, helm, said })),
  };
}

interface Telling {
  readonly separation: Separation;
  readonly helm: string;
  readonly said: Set<string>;
}

/** A caution that an earlier step of the same namespace gave word for word is not given again; `said` collects them. */
function separationStep(step: SeparationStep, { separation: { namespace }, helm, said }: Telling): Step {
  const notes = step.cautions.map(cautionText).filter((note) => !said.has(note));
  for (const note of notes) said.add(note);
  return {
    text: stepText(step, namespace),
    snippet: step.kind === 'move-pack' ? snippetLines(step.snippet) : installCommands(step, namespace, helm),
    notes,
  };
}

function snippetLines(snippet: string): readonly string[] {
  return snippet === '' ? [] : snippet.trimEnd().split('\n');
}

const SETTLED: ReadonlySet<RuleId> = new Set(['unmanaged-resource', 'shared-namespace']);

/** What to do about each other rule with an error or a warning, once per rule. */
function remedies(findings: readonly Finding[]): readonly Step[] {
  const rules = new Set(
    findings.filter(({ rule, severity }) => severity !== 'info' && !SETTLED.has(rule)).map(({ rule }) => rule),
  );
  return [...rules].map((rule) => ({ text: `${rule}: ${REFERENCE[rule].remedy}`, snippet: [], notes: [] }));
}
