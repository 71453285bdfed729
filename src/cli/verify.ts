import { wholeCoverage } from '../audit/coverage.ts';
import { UserError } from '../model/errors.ts';
import type { Prediction } from '../model/verification.ts';
import type { Subject } from '../model/subject.ts';
import { verifyReport } from '../removal/verify.ts';
import { renderCoverage, renderVerification } from '../render/formats.ts';
import type { Answer, StyleOf } from './answer.ts';
import { verifyOutcome } from './outcome.ts';

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
