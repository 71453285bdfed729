import assert from 'node:assert/strict';
import { assert as holds, array, asyncProperty, constantFrom, nat, record } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { at, listAt, textAt } from '../../src/cluster/json.ts';
import { FAILURES } from '../scenarios/support/failures.ts';
import { isSameRequest } from '../scenarios/support/routes.ts';
import { fullName } from '../support/fake-api/description.ts';
import type { FakeCluster } from '../support/fake-api/description.ts';
import { ask } from './support/ask.ts';
import type { Outcome } from './support/ask.ts';
import { CHART, clearWorld } from './support/clear-world.ts';

const RUNS = 2000;

/** What two packs have, and what tells of them: the fewer types, the more runs. */
const FEW: ReadonlySet<string> = new Set([
  'namespaces',
  'configmaps',
  'secrets',
  'services',
  'deployments.apps',
  'customresourcedefinitions.apiextensions.k8s.io',
  'apiservices.apiregistration.k8s.io',
  'packs.cluster.spectrocloud.com',
  'spectroclusters.cluster.spectrocloud.com',
]);

const STRANGER = {
  metadata: {
    name: 'feature-flags',
    namespace: CHART,
    managedFields: [{ manager: 'kubectl-create', operation: 'Update', time: '2026-10-29T09:14:00Z' }],
  },
};

function small(strangers: boolean): FakeCluster {
  const { types, objects, ...rest } = clearWorld();
  const kept = new Map([...objects].filter(([name]) => FEW.has(name)));
  if (strangers) kept.set('configmaps', [...(kept.get('configmaps') ?? []), STRANGER]);
  return { ...rest, types: types.filter((type) => FEW.has(fullName(type))), objects: kept };
}

/** Which request fails, how, and how often; `times` 0 is always. */
interface Strike {
  readonly at: number;
  readonly how: number;
  readonly times: number;
}

const strike: Arbitrary<Strike> = record({
  at: nat(1000),
  how: nat(1000),
  times: constantFrom(0, 0, 1, 2, 3),
});

interface World {
  readonly cluster: FakeCluster;
  readonly whole: unknown;
  readonly urls: readonly string[];
}

async function worldWith(strangers: boolean): Promise<World> {
  const cluster = small(strangers);
  const { code, stdout, requests } = await ask({ cluster });
  assert.equal(code, strangers ? 1 : 0, stdout);
  return { cluster, whole: JSON.parse(stdout), urls: [...new Set(requests.map(({ url }) => url))].toSorted() };
}

/** Hangs are rare, for each takes its time. */
const QUICK = FAILURES.filter(({ fault }) => fault.kind !== 'hang');
const HANG = FAILURES.filter(({ fault }) => fault.kind === 'hang');

function failureFor({ how }: Strike) {
  const choice = how % 250 === 0 ? HANG : QUICK;
  return choice[how % choice.length] ?? assert.fail('no failure');
}

async function struck({ cluster, urls }: World, strikes: readonly Strike[]): Promise<Outcome> {
  const faults = strikes.map((one) => {
    const url = urls[one.at % urls.length] ?? '';
    const path = (other: string): boolean => isSameRequest(url, other);
    return { path, fault: failureFor(one).fault, times: one.times === 0 ? Infinity : one.times };
  });
  const hangs = strikes.some((one) => failureFor(one).fault.kind === 'hang');
  return ask({ cluster, faults, limits: { ...(hangs ? HANG : QUICK)[0]?.limits } });
}

function idsOf(report: unknown): readonly string[] {
  return listAt(report, 'findings').map((finding) => textAt(finding, 'id') ?? '');
}

/** How much each pack owns in each namespace. */
function ownedIn(report: unknown): ReadonlyMap<string, number> {
  const stakes = listAt(report, 'stakes');
  return new Map(stakes.map((one) => [`${textAt(one, 'namespace')} ${textAt(one, 'pack')}`, Number(at(one, 'own'))]));
}

function judgement(report: unknown): string {
  return JSON.stringify([idsOf(report), listAt(report, 'stakes'), listAt(report, 'applications')]);
}

/** Everything but line ends that a terminal may take for an order. */
function hasControls(text: string): boolean {
  return /[^\P{Cc}\n]/u.test(text) || /[\u202a-\u202e\u2066-\u2069\u200b-\u200f]/.test(text);
}

/** Whatever failed: nothing is clear that was not, nothing is lost or made up without a gap. */
function assertHonest(outcome: Outcome, { whole }: World): void {
  const { code, stdout, stderr, requests } = outcome;
  assert.ok([0, 1, 3, 4].includes(code), `exit code ${code}: ${stderr}`);
  assert.ok(!hasControls(stdout + stderr), 'control characters');
  assert.deepEqual([...new Set(requests.map(({ method }) => method))], ['GET']);
  if (code === 4) {
    assert.ok(stdout === '' && stderr !== '', 'stopped, and not said why');
    return;
  }
  const report: unknown = JSON.parse(stdout);
  const isComplete = at(report, 'complete') === true;
  if (code === 0) assert.ok(isComplete && judgement(report) === judgement(whole), 'clear, and not the same report');
  const found = new Set(idsOf(report));
  const lost = idsOf(whole).filter((id) => !found.has(id));
  assert.ok(lost.length === 0 || !isComplete, `findings lost without a gap: ${lost.join()}`);
  const owned = ownedIn(whole);
  for (const [stake, own] of ownedIn(report)) {
    assert.ok(own <= (owned.get(stake) ?? 0), `${stake} owns more than when all is seen`);
  }
}

/** A request that always fails leaves a trace, or the run is not clear anyway. */
function assertAdmitted({ code, stdout }: Outcome, strikes: readonly Strike[], { urls }: World): void {
  const lasting = strikes.filter(({ times }) => times === 0).map((one) => urls[one.at % urls.length] ?? '');
  const needed = lasting.filter((url) => !url.endsWith('/namespace-labeler-labels'));
  if (needed.length === 0 || code === 4) return;
  const coverage: unknown = at(JSON.parse(stdout), 'coverage');
  const admitted = listAt(coverage, 'gaps').length + listAt(coverage, 'notes').length;
  assert.ok(admitted > 0, `not a word about ${needed.join()}`);
}

describe('any number of faults at once', () => {
  it('never make an all-clear, a lost finding without a gap, or an owner', async () => {
    const worlds = [await worldWith(false), await worldWith(true)];
    const codes = new Map<number, number>();
    const strikes = array(strike, { minLength: 1, maxLength: 6 });
    await holds(
      asyncProperty(strikes, nat(1), async (chosen, which) => {
        const world = worlds[which] ?? assert.fail('no world');
        const outcome = await struck(world, chosen);
        codes.set(outcome.code, (codes.get(outcome.code) ?? 0) + 1);
        assertHonest(outcome, world);
        assertAdmitted(outcome, chosen, world);
      }),
      { numRuns: RUNS },
    );
    const counted = [...codes].toSorted(([a], [b]) => a - b).map(([code, count]) => `exit ${code}: ${count}`);
    console.log(`      ${counted.join(', ')}`);
    for (const code of [0, 1, 3, 4]) assert.ok((codes.get(code) ?? 0) > 0, `no run ended with ${code}`);
  }).timeout(400_000);
});
