import assert from 'node:assert/strict';
import { at, listAt } from '../../src/cluster/json.ts';
import type { FaultRule } from '../support/fake-api/fault.ts';
import { FAILURES } from './support/failures.ts';
import type { Failure } from './support/failures.ts';
import { factText, isRouteToSame, isSameRequest } from './support/routes.ts';
import { live, scenarios } from './support/scenario.ts';
import type { Answer, Scenario } from './support/scenario.ts';

/** Scenarios whose answer rests on requests of every sort, several of them without any finding. */
const REFUSED: ReadonlySet<string> = new Set([
  'additional-namespaces',
  'cluster-scoped-owner',
  'documented-example',
  'flux-kustomization',
  'former-namespace',
  'leftover',
  'release-name-override',
  'separate-namespaces',
]);
/** Swept with every failure: it is clear, so that each failure has something to spoil. */
const CLEAR = 'release-name-override';

/** Facts on which no verdict rests: without them the report is the same but for what they say, with a note. */
const BESIDE: ReadonlyMap<string, string> = new Map([
  ['/version', 'only a macro reads it, and one that is not filled is a gap'],
  ['namespaces kube-system whole', 'tells which cluster this is'],
  ['spectroclusters.cluster.spectrocloud.com whole', 'names the profiles of packs'],
  ['configmaps namespace-labeler-labels whole', 'names managers of Palette; what they wrote is foreign without it'],
]);

/** Facts that an audit may ask for and turn out not to need: then nothing need be said of them. */
const UNNEEDED: ReadonlyMap<string, string> = new Map([
  ['persistentvolumes metadata', 'tell what becomes of data, and nothing at stake claims a volume'],
]);

/** What a report says apart from who the cluster is and how it was read; packs without the names of profiles. */
function judgement(report: unknown): string {
  const packs = listAt(report, 'packs').map((pack) => ['name', 'version', 'state', 'gaps'].map((key) => at(pack, key)));
  const rest = ['findings', 'stakes', 'applications', 'folded', 'notAtStake'].map((key) => at(report, key));
  return JSON.stringify([packs, rest]);
}

function admits(report: unknown): boolean {
  const gaps = listAt(report, 'coverage', 'gaps').length + listAt(report, 'coverage', 'notes').length;
  return gaps > 0 || listAt(report, 'packs').some((pack) => listAt(pack, 'gaps').length > 0);
}

/** By name, an absence is an answer: nobody can tell it from a failure. */
function isAbsence(url: string, { fault }: Failure): boolean {
  return fault.kind === 'status' && fault.status === 404 && factText(url).startsWith('configmaps namespace-labeler');
}

interface Sweep {
  readonly scenario: Scenario;
  readonly failure: Failure;
  readonly whole: Answer;
}

/** What is wrong with the answer to a run in which this fact's request failed; '' when nothing is. */
function problem(failed: Answer, { whole }: Sweep, fact: string): string {
  if (failed.exitCode === 4) return failed.stderr === '' ? 'stopped without a word' : '';
  const report: unknown = JSON.parse(failed.stdout);
  const same = judgement(report) === judgement(JSON.parse(whole.stdout));
  if (!admits(report) && !(same && UNNEEDED.has(fact))) return 'neither a gap nor a note';
  return failed.exitCode === 0 && !same ? 'an all-clear, and another report' : '';
}

interface Tally {
  runs: number;
  readonly survivors: string[];
}

/** Fails the request alone, then together with every other route to the same fact. */
async function failAt(sweep: Sweep, url: string, tally: Tally): Promise<void> {
  const { scenario, failure } = sweep;
  const { fault, limits } = failure;
  const without = (path: FaultRule['path']): Promise<Answer> => {
    tally.runs += 1;
    return live(scenario, ['-o', 'json'], { faults: [...scenario.faults, { path, fault }], limits });
  };
  const alone = await without((other) => isSameRequest(url, other));
  const hasRoutes = alone.requests.some(
    (request) => !isSameRequest(url, request.url) && isRouteToSame(url, request.url),
  );
  const cutOff = hasRoutes ? await without((other) => isRouteToSame(url, other)) : alone;
  const fact = factText(url);
  const mayBeClear = BESIDE.has(fact) || UNNEEDED.has(fact);
  const clear = cutOff.exitCode === 0 && !mayBeClear ? 'an all-clear without the fact' : '';
  const problems = [problem(alone, sweep, fact), problem(cutOff, sweep, fact), clear];
  const wrong = new Set(problems.filter((text) => text !== ''));
  if (wrong.size > 0 && !isAbsence(url, failure)) tally.survivors.push(`${url}: ${[...wrong].join('; ')}`);
}

async function sweepAll(scenario: Scenario, failure: Failure): Promise<Tally> {
  const whole = await live(scenario, ['-o', 'json']);
  const tally: Tally = { runs: 0, survivors: [] };
  for (const url of new Set(whole.requests.map((request) => request.url))) {
    await failAt({ scenario, failure, whole }, url, tally);
  }
  return tally;
}

describe('whichever request of an audit fails', () => {
  const all = scenarios().filter(({ name }) => REFUSED.has(name));
  let runs = 0;

  for (const failure of FAILURES) {
    for (const scenario of failure === FAILURES[0] ? all : all.filter(({ name }) => name === CLEAR)) {
      it(`${scenario.name}, ${failure.name}: no all-clear, and never without a word about it`, async () => {
        const tally = await sweepAll(scenario, failure);
        runs += tally.runs;
        assert.deepEqual(tally.survivors, []);
      }).timeout(120_000);
    }
  }

  it('requests were swept', () => {
    assert.ok(runs > 0);
    console.log(`      ${runs} runs, each with a request failing`);
  });
});
