import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { ensureAssets } from '../../scripts/assets/ensure-assets.ts';
import type { CredentialCase } from '../support/credentials/case.ts';
import { CREDENTIAL_CASES } from '../support/credentials/cases.ts';
import { checkProgram, environment, runProgram } from '../support/credentials/run-case.ts';
import type { Ran } from '../support/credentials/run-case.ts';
import { forget, sightOf, startCredentialWorld } from '../support/credentials/world.ts';
import type { CredentialWorld, Setting } from '../support/credentials/world.ts';

const execute = promisify(execFile);

/** Asks what the program asks first, with the same flags and environment, and with nobody to answer questions. */
async function runKubectl(kubectl: string, world: CredentialWorld, setting: Setting): Promise<Ran> {
  forget(world, setting);
  const env = environment(world, setting);
  mkdirSync(env['HOME'] ?? '', { recursive: true });
  const call = execute(kubectl, ['get', '--raw', '/api', ...(setting.flags ?? [])], { env, timeout: 20_000 });
  call.child.stdin?.end();
  const { code, stderr } = await call.then(
    (done) => ({ code: 0, stderr: done.stderr }),
    (error: unknown) => ({ code: 1, stderr: String(error) }),
  );
  return { worked: code === 0, code, stderr, sight: sightOf(world) };
}

/** What both must have in common, by the kind of case. */
function compare({ outcome }: CredentialCase, kubectl: Ran, program: Ran): void {
  const worked = { same: true, refused: false, stricter: true, further: false }[outcome.kind];
  assert.equal(kubectl.worked, worked, `kubectl: ${kubectl.stderr}`);
  if (outcome.kind !== 'same') return;
  assert.deepEqual(program.sight, kubectl.sight);
}

describe('kubectl and the program are seen as the same', () => {
  let world: CredentialWorld;
  let kubectl: string;

  before(async () => {
    kubectl = (await ensureAssets()).tool('kubectl').path;
    world = await startCredentialWorld();
  });

  after(() => world.stop());

  for (const [head, cases] of CREDENTIAL_CASES) {
    describe(head, () => {
      for (const one of cases) {
        it(`${one.outcome.kind}: ${one.name}`, async () => {
          const setting = one.setting(world);
          const theirs = await runKubectl(kubectl, world, setting);
          const ours = await runProgram(world, setting);
          checkProgram(one, ours);
          compare(one, theirs, ours);
        });
      }
    });
  }
});
