import type { PredictedObject, RemainingNamespace, VerifyReport } from '../model/verification.ts';
import { age } from './age.ts';
import { count } from './counts.ts';
import { filled, type Block, type Page, type Verdict } from './page.ts';
import type { PageStyle } from './page-style.ts';
import { clusterText, unseenBlock } from './preamble.ts';
import { targetsText } from './words/removals.ts';

/** The answer of `verify` as a page: predicted against what is there. */
export function verifyPage(report: VerifyReport, style: PageStyle): Page {
  const line = verdict(report);
  return {
    title: 'Verification of a removal',
    verdict: line,
    blocks: filled([
      unseenBlock({ ...report, packs: [] }),
      { kind: 'facts', rows: facts(report) },
      remainingBlock(report),
      { kind: 'notes', lines: report.namespaces.flatMap((namespace) => namespaceLines(namespace, report)) },
      objectsBlock('There again', 'THERE AGAIN IN', report.recreated),
      objectsBlock('Not predicted', 'NOT PREDICTED IN', report.unpredicted),
      { kind: 'closing', parts: [`Exit code ${style.exitCode}.`] },
    ]),
  };
}

function verdict(report: VerifyReport): Verdict {
  const { predicted, gone, remaining, namespaces, recreated, unpredicted, complete, targets } = report;
  const said = `${gone} of ${count(predicted, 'object')} predicted for ${targetsText(targets)} are gone`;
  const parts = [
    remaining.length === 0 ? '' : `${remaining.length} still there`,
    recreated.length === 0 ? '' : `${recreated.length} there again under a new UID`,
    unpredicted.length === 0 ? '' : `${unpredicted.length} went that had not been predicted`,
  ].filter((text) => text !== '');
  const text = `: ${[said, ...parts].join(', ')}.`;
  if (unpredicted.length > 0) return { tone: 'bad', word: 'NOT AS PREDICTED', text };
  if (parts.length + namespaces.length > 0) return { tone: 'unsure', word: 'NOT FINISHED', text };
  if (!complete || gone < predicted)
    return { tone: 'unsure', word: 'INCOMPLETE', text: `${text} Not everything could be seen.` };
  return { tone: 'good', word: 'AS PREDICTED', text };
}

function facts({ cluster, predictedAt, takenAt, coverage }: VerifyReport): readonly (readonly [string, string])[] {
  return [
    ['Cluster', clusterText(cluster)],
    ['Predicted', `at ${predictedAt}, verified at ${takenAt}`],
    [
      'Covered',
      `${coverage.completeTypes} of ${count(coverage.types, 'resource type')} in ${count(coverage.namespaces, 'namespace')}`,
    ],
  ];
}

function remainingBlock({ remaining, takenAt }: VerifyReport): Block {
  return {
    kind: 'table',
    title: 'Still there',
    columns: [
      { head: 'STILL THERE IN', as: 'name' },
      { head: 'RESOURCE', as: 'name' },
      { head: 'DELETING SINCE' },
      { head: 'HELD BY FINALIZER', as: 'name' },
    ],
    rows: remaining.map(({ namespace, type, name, deletingSince, finalizers }) => [
      namespace,
      `${type}/${name}`,
      deletingSince === '' ? 'not asked for' : age(deletingSince, takenAt),
      finalizers.join(', '),
    ]),
  };
}

function namespaceLines(
  { namespace, deletingSince, conditions, same }: RemainingNamespace,
  { takenAt }: VerifyReport,
): readonly string[] {
  if (!same) return [`Namespace ${namespace} is there again: another one of the same name.`];
  if (deletingSince === '') return [`Namespace ${namespace} is there, and nobody asked for its deletion.`];
  const head = `Namespace ${namespace} is being deleted for ${age(deletingSince, takenAt)}.`;
  return [head, ...conditions.map(({ type, message }) => `${type}: ${message}`)];
}

function objectsBlock(title: string, head: string, objects: readonly PredictedObject[]): Block {
  return {
    kind: 'table',
    title,
    columns: [
      { head, as: 'name' },
      { head: 'RESOURCE', as: 'name' },
    ],
    rows: objects.map(({ namespace, type, name }) => [namespace, `${type}/${name}`]),
  };
}
