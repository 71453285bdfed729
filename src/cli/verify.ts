import { wholeCoverage } from '../audit/coverage.ts';
import { UserError } from '../model/errors.ts';
import { compareText } from '../model/resource.ts';
import type { Prediction } from '../model/verification.ts';
import type { Subject } from '../model/subject.ts';
import { verifyReport } from '../removal/verify.ts';
import { renderCoverage, renderVerification } from '../render/formats.ts';
import type { Answer, StyleOf } from './answer.ts';
import { verifyOutcome } from './outcome.ts';

/**
 * A snapshot from before the prediction shows what was not yet there, and that would pass for gone. Live clusters are
 * not compared so, for the clocks of two machines may differ. Throws UserError.
 */
export function refuseOlderSnapshot({ inventory }: Subject, { takenAt }: Prediction, snapshot: string): void {
  if (compareText(inventory.takenAt, takenAt) >= 0) return;
  throw new UserError(
    `${snapshot} was taken at ${inventory.takenAt}, before the prediction at ${takenAt}`,
    'Take a snapshot after the removal, or ask the cluster itself.',
  );
}

/** Holds a prediction against the cluster. Throws UserError when it is of another cluster. */
export function answerVerify(subject: Subject, prediction: Prediction, style: StyleOf): Answer {
  const { inventory } = subject;
  if (inventory.cluster.uid !== '' && inventory.cluster.uid !== prediction.clusterUid)
    throw new UserError(
      `the prediction is of another cluster (UID ${prediction.clusterUid}, and this one has ${inventory.cluster.uid})`,
      'Choose the --context in which it was made.',
    );
  const report = verifyReport(inventory, wholeCoverage(subject), prediction);
  const code = verifyOutcome(report);
  const aside = renderCoverage({ ...report, packs: [], narrowedTo: [] }, style(code));
  return { code, aside, text: renderVerification(report, style(code)) };
}
