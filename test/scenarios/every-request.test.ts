import assert from 'node:assert/strict';
import type { Fault } from '../support/fake-api/fault.ts';
import { live, scenarios } from './support/scenario.ts';
import type { Answer, Scenario } from './support/scenario.ts';

/** The other faults are the transport's to tell apart; to it an answer that is refused is the quickest. */
const REFUSED: Fault = { kind: 'status', status: 403, message: 'no' };

/** Scenarios whose answer rests on requests of every sort, several of them without any finding. */
const NAMES: ReadonlySet<string> = new Set([
  'additional-namespaces',
  'cluster-scoped-owner',
  'documented-example',
  'flux-kustomization',
  'former-namespace',
  'leftover',
  'release-name-override',
  'separate-namespaces',
]);

/** An answer that sounds like an all-clear though a request failed, and neither admits it nor says the same as before. */
function isSilent(failed: Answer, whole: Answer): boolean {
  if (failed.exitCode !== 0 || failed.stdout === whole.stdout) return false;
  return whole.exitCode !== 0 || !failed.stdout.includes('\nNotes ');
}

async function silentAfter(scenario: Scenario): Promise<readonly string[]> {
  const argv = scenario.calls[0]?.argv ?? [];
  const whole = await live(scenario, argv);
  const silent: string[] = [];
  for (const url of new Set(whole.requests.map((request) => request.url))) {
    const failed = await live(scenario, argv, { faults: [...scenario.faults, { path: url, fault: REFUSED }] });
    if (isSilent(failed, whole)) silent.push(url);
  }
  return silent;
}

describe('whichever request of a scenario is refused', () => {
  for (const scenario of scenarios().filter(({ name }) => NAMES.has(name))) {
    it(`${scenario.name}: no all-clear without a word about it`, async () => {
      assert.deepEqual(await silentAfter(scenario), []);
    }).timeout(60_000);
  }
});
