import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at, listAt, textAt } from '../../src/cluster/json.ts';
import type { FakeCluster } from '../support/fake-api/description.ts';
import { predicted, without } from './support/after-removal.ts';
import { FAILURES, type Failure } from './support/failures.ts';
import { factText, isRouteToSame, isSameRequest } from './support/routes.ts';
import { live, loadScenario, type Answer, type Scenario } from './support/scenario.ts';

/** A question with an answer that is clear, so that each failure has something to spoil. */
interface Asking {
  readonly scenario: string;
  readonly argv: readonly string[];
}

const PACK: Asking = { scenario: 'separate-namespaces', argv: ['removal', 'pack/cost-analyzer'] };
const CLEAR: readonly Asking[] = [
  PACK,
  { scenario: 'separate-namespaces', argv: ['removal', 'pack/hello-universe'] },
  { scenario: 'removal-older-file', argv: ['removal', 'profile/apps', '-f', 'profiles/same.yaml'] },
  { scenario: 'removal-deployers', argv: ['removal', 'pack/keeps'] },
  { scenario: 'removal-other-values', argv: ['removal', '--to', 'profiles/same.yaml'] },
];

const [REFUSAL = assert.fail(), ...OTHERS] = FAILURES;

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
  readonly argv: readonly string[];
  readonly failure: Failure;
  /** The cluster where it is another than the scenario's. */
  readonly cluster?: FakeCluster;
}

function asked({ scenario, argv, failure, cluster }: Sweep, isFailing?: (url: string) => boolean): Promise<Answer> {
  const faults = isFailing === undefined ? [] : [{ path: isFailing, fault: failure.fault }];
  const variation = { faults, limits: failure.limits, ...(cluster === undefined ? {} : { cluster }) };
  return live(scenario, [...argv, '-o', 'json'], variation);
}

/** By name, an absence is an answer: nobody can tell it from a failure. */
function isAbsence(fact: string, { fault }: Failure): boolean {
  return fault.kind === 'status' && fault.status === 404 && fact.startsWith('configmaps namespace-labeler');
}

/** Of failures but the two that servers give on purpose, one request alone tells no more than all routes at once. */
function isThorough({ failure, argv }: Sweep): boolean {
  return argv === PACK.argv && failure.fault.kind === 'status' && failure.fault.status < 500;
}

/** Which profile has which packs matters where a profile goes. */
function isBeside(fact: string, { argv }: Sweep): boolean {
  return BESIDE.has(fact) && !(fact.startsWith('spectroclusters') && argv.some((word) => word.startsWith('profile')));
}

/** What is wrong where this request fails alone, and together with every other route to the same fact. */
async function problemsAt(url: string, sweep: Sweep, whole: Answer): Promise<readonly string[]> {
  const alone = isThorough(sweep) ? await asked(sweep, (other) => isSameRequest(url, other)) : whole;
  const cutOff = await asked(sweep, (other) => isRouteToSame(url, other));
  const fact = factText(url);
  if (isAbsence(fact, sweep.failure)) return [];
  const clear = isClear(cutOff) && !isBeside(fact, sweep) && !onlyWarnings(cutOff) ? 'clear without the fact' : '';
  const spoilt = alone === whole ? [cutOff] : [alone, cutOff];
  return [...new Set([...spoilt.map((answer) => problem(answer, whole)), clear])].filter((text) => text !== '');
}

/** Fails each request by the failure of its number. */
async function survivors(asking: Asking, failureAt: (number: number) => Failure): Promise<readonly string[]> {
  const of = { scenario: loadScenario(asking.scenario), argv: asking.argv };
  const whole = await asked({ ...of, failure: REFUSAL });
  assert.equal(whole.exitCode, 0, whole.stdout);
  const found: string[] = [];
  for (const [number, url] of [...new Set(whole.requests.map((request) => request.url))].entries()) {
    const failure = failureAt(number);
    const problems = await problemsAt(url, { ...of, failure }, whole);
    if (problems.length > 0) found.push(`${url}, ${failure.name}: ${problems.join('; ')}`);
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

/** The failures but the refusal in turn, so that every sort of request meets every one of them. */
function inTurn(number: number): Failure {
  return OTHERS[number % OTHERS.length] ?? assert.fail('no failure');
}

function words({ scenario, argv }: Asking): string {
  return `${scenario}, ${argv.join(' ')}`;
}

describe('whichever request of a removal fails', () => {
  for (const failure of FAILURES) {
    for (const asking of failure === REFUSAL ? CLEAR : [PACK]) {
      it(`${words(asking)}, ${failure.name}: it is never clear without a word about it`, async () => {
        assert.deepEqual(await survivors(asking, () => failure), []);
      }).timeout(240_000);
    }
  }
  for (const [index, asking] of CLEAR.filter((one) => one !== PACK).entries()) {
    it(`${words(asking)}, the other failures in turn: it is never clear without a word about it`, async () => {
      assert.deepEqual(await survivors(asking, (number) => inTurn(number + index)), []);
    }).timeout(240_000);
  }
});

describe('whichever request of verify fails', () => {
  const folder = mkdtempSync(join(tmpdir(), 'palette-audit-'));
  const file = join(folder, 'prediction.json');
  const scenario = loadScenario(PACK.scenario);
  let cluster = scenario.cluster;

  before(async () => {
    const { stdout } = await live(scenario, [...PACK.argv, '-o', 'json']);
    writeFileSync(file, stdout);
    cluster = without(scenario.cluster, predicted(JSON.parse(stdout)));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const failure of FAILURES) {
    it(`${failure.name}: it does not say that all went as predicted`, async () => {
      const sweep = { scenario, argv: ['verify', file], failure, cluster };
      const whole = await asked(sweep);
      assert.equal(whole.exitCode, 0, whole.stdout + whole.stderr);
      const found: string[] = [];
      for (const url of new Set(whole.requests.map((request) => request.url))) {
        const { exitCode } = await asked(sweep, (other) => isRouteToSame(url, other));
        if (exitCode === 0 && !BESIDE.has(factText(url))) found.push(url);
      }
      assert.deepEqual(found, []);
    }).timeout(240_000);
  }
});

/** Whole objects of types that take nothing along, which are read for what breaks outside. */
function onlyReferences(url: string): boolean {
  const fact = factText(url);
  return (
    fact.endsWith(' whole') && !/^(?:applications|kustomizations|helmreleases|volumesnapshot|packs|secrets)/.test(fact)
  );
}

/** How removals reach the resource. */
function lossesIn({ stdout }: Answer): string {
  return JSON.stringify(listAt(JSON.parse(stdout), 'losses'));
}

describe('whichever request of explain fails', () => {
  const scenario = loadScenario('removal-deployers');

  for (const [index, argv] of [
    ['explain', 'configmap/kept', '-n', 'far'],
    ['explain', 'deployment/shop', '-n', 'far'],
    ['explain', 'xdatabase/orders-x4k2p'],
  ].entries()) {
    const unseen = async (failureAt: (number: number) => Failure): Promise<readonly string[]> => {
      const whole = await asked({ scenario, argv, failure: REFUSAL });
      assert.equal(whole.exitCode, 0, whole.stdout);
      const found: string[] = [];
      for (const [number, url] of [...new Set(whole.requests.map((request) => request.url))].entries()) {
        const failure = failureAt(number);
        const cutOff = await asked({ scenario, argv, failure }, (other) => isRouteToSame(url, other));
        if (cutOff.exitCode !== 0) continue;
        const isNeeded = !(BESIDE.has(factText(url)) || onlyReferences(url));
        if (isNeeded || lossesIn(cutOff) !== lossesIn(whole)) found.push(`${url}, ${failure.name}`);
      }
      return found;
    };

    it(`${argv.join(' ')}: no removal is left out without a word`, async () => {
      assert.deepEqual(await unseen(() => REFUSAL), []);
    }).timeout(240_000);
    it(`${argv.join(' ')}: nor after the other failures in turn`, async () => {
      assert.deepEqual(await unseen((number) => inTurn(number + index)), []);
    }).timeout(240_000);
  }
});
