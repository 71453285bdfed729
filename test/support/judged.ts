import { wholeCoverage } from '../../src/audit/coverage.ts';
import { packSummaries } from '../../src/audit/summaries.ts';
import type { Accepted, Removal, RemovalReport, RemovalTarget } from '../../src/model/removal.ts';
import type { Subject } from '../../src/model/subject.ts';
import { removalReport, type Grounds } from '../../src/removal/report.ts';
import { removedWorld, type Given } from './removed-world.ts';

/** What a judgement of this subject rests on. */
export function groundsOf(subject: Subject, accept: readonly Accepted[] = []): Grounds {
  return { subject, accept, coverage: wholeCoverage(subject), packs: packSummaries(subject) };
}

/** The judgement of the removal of packs and profiles, given as `pack/NAME` and `profile/NAME`. */
export function reported(
  subject: Subject,
  names: readonly string[],
  accept: readonly Accepted[] = [],
): Omit<RemovalReport, 'separations'> {
  const targets = names.map((text): RemovalTarget => {
    const [kind = '', name = ''] = text.split('/');
    return { kind: kind === 'profile' ? 'profile' : 'pack', name };
  });
  return removalReport(groundsOf(subject, accept), targets, []);
}

/** The first removal of such a judgement. */
function judged(subject: Subject, names: readonly string[], accept: readonly Accepted[] = []): Removal {
  const [removal] = reported(subject, names, accept).removals;
  if (removal === undefined) throw new Error(`nothing of ${names.join(', ')} is removed`);
  return removal;
}

/** The judgement of the removal of pack `gone` from a small world. */
export function judgedGone(given: Given, accept: readonly Accepted[] = []): Removal {
  return judged(removedWorld(given).world.subject, ['pack/gone'], accept);
}
