import { explainResource } from '../audit/explain-resource.ts';
import { typeName } from '../model/resource.ts';
import type { Subject } from '../model/subject.ts';
import { reachOf } from '../removal/reach.ts';
import { renderCoverage, renderResourceExplanation } from '../render/formats.ts';
import type { Answer, StyleOf } from './answer.ts';
import { refuseMissing, type Target } from './target.ts';

/**
 * Answers `explain TYPE/NAME`. Exit code 3 where anything that the answer needs was not seen.
 *
 * @throws {UserError} when the resource is not there, and its type could be listed.
 */
export function explainTarget(target: Target, subject: Subject, style: StyleOf): Answer {
  const { of, unread } = reachOf(subject, target.type);
  const explanation = explainResource(subject, { ...target, reachedBy: of, unread });
  const { gaps } = explanation.coverage;
  const isListed = !gaps.some(({ resources }) => resources.includes(typeName(target.type)));
  if (isListed) refuseMissing(explanation, subject);
  const code = explanation.complete ? 0 : 3;
  return {
    code,
    text: renderResourceExplanation(explanation, style(code)),
    aside: renderCoverage({ ...explanation, narrowedTo: [] }, style(code)),
  };
}
