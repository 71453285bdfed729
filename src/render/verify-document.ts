import type { PredictedObject, VerifyReport } from '../model/verification.ts';
import { head } from './documents.ts';

/** The document of `verify`. */
export function verificationDocument(report: VerifyReport, exitCode: number) {
  const { predicted, gone, remaining, namespaces, recreated, unpredicted, predictedAt, targets } = report;
  return {
    ...head('Verification', { ...report, packs: [] }, exitCode),
    predictedAt,
    targets: targets.map(({ kind, name }) => ({ kind, name })),
    predicted,
    gone,
    remaining: remaining.map(({ namespace, type, name, uid, deletingSince, finalizers }) => {
      return { namespace, type, name, uid, deletingSince, finalizers };
    }),
    namespaces: namespaces.map(({ namespace, same, deletingSince, conditions }) => {
      return { namespace, same, deletingSince, conditions: conditions.map(({ type, message }) => ({ type, message })) };
    }),
    recreated: recreated.map(objectDocument),
    unpredicted: unpredicted.map(objectDocument),
  };
}

function objectDocument({ namespace, type, name, uid }: PredictedObject) {
  return { namespace, type, name, uid };
}
