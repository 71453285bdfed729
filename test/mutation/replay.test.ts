import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evidenceIn } from '../scenarios/support/evidence.ts';
import { called } from '../scenarios/support/scenario.ts';
import { isGolden } from '../support/golden.ts';
import { withoutChoice } from '../support/suggestions.ts';
import { readRecordings } from './recordings.ts';

/** Beside the bundle that this file becomes part of. */
const recordings = readRecordings(join(import.meta.dirname, 'recordings'));

describe('a scenario replayed from its snapshot', () => {
  const first = new Map(recordings.toReversed().map(({ scenario, snapshot }) => [scenario, snapshot]));
  for (const [scenario, snapshot] of first) {
    it(`${scenario}, evidence`, async () => {
      isGolden(await evidenceIn(readFileSync(snapshot, 'utf8')), `evidence/${scenario}.txt`);
    });
  }

  for (const { scenario, folder, call, asking, warnings, snapshot } of recordings) {
    it(`${scenario}, ${call}`, async () => {
      const { exitCode, stdout, stderr } = await called([...asking, '--snapshot', snapshot], folder);
      const errors = warnings + stderr === '' ? '' : `stderr:\n${warnings}${stderr}`;
      const answer = `${stdout}${errors}exit code: ${exitCode}\n`;
      isGolden(answer, join('scenarios', `${scenario}.${call}.txt`), withoutChoice);
    });
  }
});
