import assert from 'node:assert/strict';
import type { CheckId } from '../../src/model/check.ts';
import type { Breakage, BreakageSeverity, CheckRun } from '../../src/model/removal.ts';
import { breakagesOf, type Breakages } from '../../src/removal/checks.ts';
import { hangRisks } from '../../src/removal/hang-risks.ts';
import { breakageText } from '../../src/render/words/breakages.ts';
import { readInFull, removedWorld, type Given } from './removed-world.ts';
import { covered } from './world.ts';

/** A check with something to find. */
export interface CheckCase {
  readonly says: string;
  readonly check: CheckId;
  /** The world in which something breaks. */
  readonly given: Given;
  readonly severity: BreakageSeverity;
  readonly sentence: string;
  /** The same with a holder that goes, too, or a target that stays: then nothing breaks. */
  readonly harmless: Given;
  /** A coverage entry without which the check did not run in full. */
  readonly needs: string;
}

/** What breaks when pack `gone` is removed, and how each check ran. */
export function brokenIn(given: Given): Breakages {
  const { after } = removedWorld(given);
  return breakagesOf(after, hangRisks(after));
}

/** The breakages of one check in a world from which pack `gone` is removed. */
export function breakagesBy(check: CheckId, given: Given): readonly Breakage[] {
  return brokenIn(given).breakages.filter((breakage) => breakage.check === check);
}

/** How one check ran there. */
export function runOf(check: CheckId, given: Given): Omit<CheckRun, 'critical'> | undefined {
  const run = brokenIn(given).checks.find((one) => one.check === check);
  return run && { check: run.check, ran: run.ran, needs: run.needs, hits: run.hits };
}

/** Everything was read but one entry, which is forbidden. */
function without(need: string): Given['coverage'] {
  return readInFull().map((entry) =>
    entry.resource === need ? covered(need, { state: 'forbidden', needs: `list ${need}` }) : entry,
  );
}

/** For each case: what is found, what is not, and that the check says when it could not look. */
export function testChecks(cases: readonly CheckCase[]): void {
  for (const { says, check, given, severity, sentence, harmless, needs } of cases) {
    describe(`${check}: ${says}`, () => {
      it('is found', () => {
        assert.deepEqual(
          breakagesBy(check, given).map((breakage) => [breakage.severity, breakageText(breakage)]),
          [[severity, sentence]],
        );
        assert.deepEqual(runOf(check, given), { check, ran: true, needs: '', hits: 1 });
      });

      it('breaks nothing when its holder goes, too, or what it names stays', () => {
        assert.deepEqual(breakagesBy(check, harmless), []);
      });

      it('did not run in full without what it needs, and still tells what it saw', () => {
        const run = runOf(check, { ...given, coverage: without(needs) ?? [] });
        assert.deepEqual(run, { check, ran: false, needs: `list ${needs}`, hits: 1 });
      });
    });
  }
}
