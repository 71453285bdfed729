import assert from 'node:assert/strict';
import { at, listAt, textAt } from '../../src/cluster/json.ts';
import { FAILURES, type Failure } from './support/failures.ts';
import { factText, isRouteToSame, isSameRequest } from './support/routes.ts';
import { live, loadScenario, type Answer, type Scenario } from './support/scenario.ts';

/** Removals that are clear, so that each failure has something to spoil. */
const CLEAR: readonly (readonly [scenario: string, target: string])[] = [
  ['separate-namespaces', 'pack/cost-analyzer'],
  ['separate-namespaces', 'pack/hello-universe'],
];

/** Facts on which no verdict rests: without them the judgement is the same. */
const BESIDE: ReadonlyMap<string, string> = new Map([
  ['/version', 'only a macro reads it, and one that is not filled is a gap'],
  ['namespaces kube-system whole', 'tells which cluster this is'],
  ['spectroclusters.cluster.spectrocloud.com whole', 'names the profiles of packs'],
  ['configmaps namespace-labeler-labels whole', 'names managers of Palette; what they wrote is foreign without it'],
]);

/** What goes, in which way, and why that is clear. */
function judgement(report: unknown): string {
  const removals = listAt(report, 'removals').map((removal) =>
    ['verdict', 'conflicts', 'doubts', 'namespaces', 'outside', 'data', 'breakages'].map((key) => at(removal, key)),
  );
  return JSON.stringify(removals);
}

/** Whether anything says that not all was seen: a gap, a note, or a check that did not run. */
function admits(report: unknown): boolean {
  const checks = listAt(report, 'removals').flatMap((removal) => listAt(removal, 'checks'));
  const quiet = checks.filter((check) => at(check, 'ran') === false);
  const { length } = [...listAt(report, 'coverage', 'gaps'), ...listAt(report, 'coverage', 'notes'), ...quiet];
  return length > 0 || listAt(report, 'packs').some((pack) => listAt(pack, 'gaps').length > 0);
}

function isClear(answer: Answer): boolean {
  return answer.exitCode === 0 || textAt(JSON.parse(answer.stdout || '{}'), 'verdict') === 'clear';
}

/** What is wrong with the answer to a run that could not learn something; '' when nothing is. */
function problem(failed: Answer, whole: Answer): string {
  if (failed.exitCode === 4) return failed.stderr === '' ? 'stopped without a word' : '';
  if (failed.exitCode === 2 && failed.stdout === '') return '';
  const report: unknown = JSON.parse(failed.stdout);
  if (!admits(report)) return 'neither a gap nor a note';
  const same = judgement(report) === judgement(JSON.parse(whole.stdout));
  return isClear(failed) && !same ? 'clear, and another judgement' : '';
}

interface Sweep {
  readonly scenario: Scenario;
  readonly target: string;
  readonly failure: Failure;
}

function asked({ scenario, target, failure }: Sweep, isFailing?: (url: string) => boolean): Promise<Answer> {
  const faults = isFailing === undefined ? [] : [{ path: isFailing, fault: failure.fault }];
  return live(scenario, ['removal', target, '-o', 'json'], { faults, limits: failure.limits });
}

/** By name, an absence is an answer: nobody can tell it from a failure. */
function isAbsence(fact: string, { fault }: Failure): boolean {
  return fault.kind === 'status' && fault.status === 404 && fact.startsWith('configmaps namespace-labeler');
}

/** Fails a request alone, then together with every other route to the same fact. */
async function survivors(sweep: Sweep): Promise<readonly string[]> {
  const whole = await asked(sweep);
  assert.equal(whole.exitCode, 0, whole.stdout);
  const found: string[] = [];
  for (const url of new Set(whole.requests.map((request) => request.url))) {
    const alone = await asked(sweep, (other) => isSameRequest(url, other));
    const cutOff = await asked(sweep, (other) => isRouteToSame(url, other));
    const fact = factText(url);
    if (isAbsence(fact, sweep.failure)) continue;
    const clear = isClear(cutOff) && !BESIDE.has(fact) && !onlyWarnings(cutOff) ? 'clear without the fact' : '';
    const problems = new Set([problem(alone, whole), problem(cutOff, whole), clear].filter((text) => text !== ''));
    if (problems.size > 0) found.push(`${url}: ${[...problems].join('; ')}`);
  }
  return found;
}

/** Whether nothing was missing but for checks that only warn, and that say that they did not run. */
function onlyWarnings({ stdout }: Answer): boolean {
  const report: unknown = JSON.parse(stdout);
  const checks = listAt(report, 'removals').flatMap((removal) => listAt(removal, 'checks'));
  const quiet = checks.filter((check) => at(check, 'ran') === false);
  return quiet.length > 0 && quiet.every((check) => at(check, 'critical') === false) && at(report, 'complete') === true;
}

describe('whichever request of a removal fails', () => {
  for (const failure of FAILURES.filter(({ name }) => ['a 403', 'a 404'].includes(name))) {
    for (const [name, target] of failure === FAILURES[0] ? CLEAR : CLEAR.slice(0, 1)) {
      it(`${name}, ${target}, ${failure.name}: it is never clear without a word about it`, async () => {
        assert.deepEqual(await survivors({ scenario: loadScenario(name), target, failure }), []);
      }).timeout(120_000);
    }
  }
});
