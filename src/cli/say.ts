import { audit } from '../audit/audit.ts';
import { explainNamespace } from '../audit/explain.ts';
import { namespacesReport } from '../audit/namespaces.ts';
import type { PackDefinition } from '../model/definition.ts';
import type { Prediction } from '../model/verification.ts';
import type { Subject } from '../model/subject.ts';
import { renderCoverage, renderExplanation, renderNamespaces, renderReport } from '../render/formats.ts';
import { separate } from '../separation/separate.ts';
import type { Answer, StyleOf } from './answer.ts';
import { wantsColor } from './color.ts';
import { explainTarget } from './explain-target.ts';
import type { Run } from './invocation.ts';
import { auditOutcome } from './outcome.ts';
import type { Ports } from './ports.ts';
import { answerRemoval } from './removal.ts';
import { selected, withLabels, type Selector } from './selector.ts';
import { suggestedCommand, suggestedHelm } from './suggested-command.ts';
import type { Target } from './target.ts';
import { answerVerify, refuseOlderSnapshot } from './verify.ts';

/** What is asked, with what was read of it beside the cluster. */
export interface Question extends Run {
  readonly selector: Selector;
  readonly prediction: Prediction | undefined;
  /** Of the new version of a profile. */
  readonly next: readonly PackDefinition[];
  /** The resource to explain. */
  readonly target: Target | undefined;
}

/** Judges the subject and words the answer to one question. */
export function answerTo(question: Question, subject: Subject, ports: Ports): Answer {
  const { output, command, prediction } = question;
  const style: StyleOf = (exitCode) => ({
    format: output.output,
    color: wantsColor(output, ports),
    noHeaders: output.noHeaders,
    labelColumns: output.labelColumns,
    exitCode,
    command: suggestedCommand(question),
    helm: suggestedHelm(question),
  });
  const { snapshot } = question.subject;
  if (prediction !== undefined && snapshot !== undefined) refuseOlderSnapshot(subject, prediction, snapshot);
  if (prediction !== undefined) return answerVerify(subject, prediction, style);
  if (command.name === 'namespaces') return answerNamespaces(subject, question.subject.namespaces, style);
  if (question.target !== undefined) return explainTarget(question.target, subject, style);
  if ('namespace' in command) return answerExplain(subject, command.namespace, style);
  if (command.name !== 'removal') return answerAudit(question, subject, style);
  return answerRemoval(subject, { ...command, next: question.next, output, flags: question.subject }, style);
}

function answerNamespaces(subject: Subject, narrowedTo: readonly string[], style: StyleOf): Answer {
  const report = namespacesReport(subject);
  const code = report.complete ? 0 : 3;
  return {
    code,
    text: renderNamespaces(report, style(code)),
    aside: renderCoverage({ ...report, narrowedTo }, style(code)),
  };
}

function answerExplain(subject: Subject, namespace: string, style: StyleOf): Answer {
  const explanation = explainNamespace(subject, namespace);
  const code = explanation.complete ? 0 : 3;
  return {
    code,
    text: renderExplanation(explanation, style(code)),
    aside: renderCoverage({ ...explanation, narrowedTo: [namespace] }, style(code)),
  };
}

function answerAudit({ output, subject: flags, selector }: Question, subject: Subject, style: StyleOf): Answer {
  const judged = audit(subject);
  const report = { ...judged, separations: separate(judged, subject) };
  const code = auditOutcome(report, output.failOn);
  const shown = flags.selector === undefined ? report : { ...selected(report, selector), selector: flags.selector };
  return {
    code,
    text: renderReport(withLabels(shown, output.labelColumns), style(code)),
    aside: renderCoverage(report, style(code)),
  };
}
