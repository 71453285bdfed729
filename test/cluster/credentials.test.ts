import { CREDENTIAL_CASES } from '../support/credentials/cases.ts';
import { checkProgram, runProgram } from '../support/credentials/run-case.ts';
import { startCredentialWorld } from '../support/credentials/world.ts';
import type { CredentialWorld } from '../support/credentials/world.ts';

describe('who the server sees', () => {
  let world: CredentialWorld;

  before(async () => {
    world = await startCredentialWorld();
  });

  after(() => world.stop());

  for (const [head, cases] of CREDENTIAL_CASES) {
    describe(head, () => {
      for (const one of cases) {
        it(one.name, async () => checkProgram(one, await runProgram(world, one.setting(world))));
      }
    });
  }
});
