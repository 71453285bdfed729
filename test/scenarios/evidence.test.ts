import { recordingsOf } from '../mutation/recordings.ts';
import { matchesGolden } from '../support/golden.ts';
import { evidenceIn } from './support/evidence.ts';
import { scenarios } from './support/scenario.ts';

describe('the evidence for every resource of a cluster', () => {
  for (const scenario of scenarios()) {
    it(`${scenario.name}: is what is expected`, async () => {
      const [first] = await recordingsOf(scenario);
      if (first !== undefined) matchesGolden(await evidenceIn(first.snapshot), `evidence/${scenario.name}.txt`);
    });
  }
});
