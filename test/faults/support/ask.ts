import assert from 'node:assert/strict';
import type { Ports } from '../../../src/cli/ports.ts';
import { at, listAt, textsAt } from '../../../src/cluster/json.ts';
import type { FakeCluster } from '../../support/fake-api/description.ts';
import { startFakeApi } from '../../support/fake-api/fake-api.ts';
import type { SeenRequest } from '../../support/fake-api/fake-api.ts';
import type { FaultRule } from '../../support/fake-api/fault.ts';
import { startFaultProxy } from '../../support/fault-proxy/fault-proxy.ts';
import type { WireFault } from '../../support/fault-proxy/wire-fault.ts';
import { runCli } from '../../support/run-cli.ts';
import type { Ran } from '../../support/run-cli.ts';
import { clearWorld } from './clear-world.ts';

/** Waits between attempts are short, a hang is over soon, and a slow machine still has its time. */
const LIMITS = { backoffMs: 1, maxWaitMs: 5, headersMs: 400, idleMs: 400, requestMs: 1500 };

/** What goes wrong: answers of the server, and bytes on their way; and what differs from an audit of the clear world. */
export interface Trouble {
  readonly faults?: readonly FaultRule[];
  readonly wire?: readonly FaultRule<WireFault>[];
  readonly limits?: Ports['limits'];
  readonly cluster?: FakeCluster | (() => FakeCluster);
  readonly argv?: readonly string[];
  readonly ports?: Partial<Ports>;
  /** How the program gets to the server at a URL; by `--server` where nothing is said. */
  readonly reach?: (url: string) => readonly string[];
}

export interface Outcome extends Ran {
  readonly requests: readonly SeenRequest[];
}

const directly = (url: string): readonly string[] => ['--server', url];

/** Audits a cluster in trouble with the whole program. */
export async function ask(trouble: Trouble): Promise<Outcome> {
  const { faults, wire = [], cluster = clearWorld(), argv = [], ports = {}, reach = directly } = trouble;
  const api = await startFakeApi(typeof cluster === 'function' ? cluster : () => cluster, faults);
  const proxy = wire.length === 0 ? undefined : await startFaultProxy(api.url, wire);
  const limits = { ...LIMITS, ...trouble.limits };
  try {
    const ran = await runCli([...argv, ...reach(proxy?.url ?? api.url), '-o', 'json'], { limits, ...ports });
    return { ...ran, requests: api.requests };
  } finally {
    await proxy?.stop();
    await api.stop();
  }
}

/** Gaps of a report as `RESOURCES in SCOPES: STATE`. */
export function gapsIn(stdout: string): readonly string[] {
  return listAt(JSON.parse(stdout), 'coverage', 'gaps').map((gap) => {
    const where = textsAt(gap, 'scopes').filter((scope) => scope !== '');
    return `${textsAt(gap, 'resources').join(' ')} in ${where.join(' ') || 'all'}: ${String(at(gap, 'state'))}`;
  });
}

/** The notes on how the report's coverage came about. */
export function notesIn(stdout: string): readonly string[] {
  return textsAt(JSON.parse(stdout), 'coverage', 'notes');
}

/** How many packs' namespaces the report has an answer for, whatever else is missing. */
function stakesIn(stdout: string): number {
  return listAt(JSON.parse(stdout), 'stakes').length;
}

/** The run ended as the clear world does: nothing found, nothing missing. */
export function assertClear(outcome: Outcome): void {
  assert.equal(outcome.code, 0, outcome.stdout + outcome.stderr);
  assert.deepEqual(gapsIn(outcome.stdout), []);
}

/** The run admits these gaps and no other, calls nothing clear, and still tells of both namespaces. */
export function assertIncomplete(outcome: Outcome, ...gaps: readonly string[]): void {
  assert.deepEqual(gapsIn(outcome.stdout), gaps);
  assert.equal(outcome.code, 3, outcome.stdout);
  assert.equal(at(JSON.parse(outcome.stdout), 'complete'), false);
  assert.equal(stakesIn(outcome.stdout), 2);
}

/** Nothing could be audited: one sentence and what to do, no report. */
export function assertNothing(outcome: Outcome): void {
  assert.deepEqual([outcome.code, outcome.stdout], [4, '']);
  assert.match(outcome.stderr, /^error: .+\n/);
  assert.doesNotMatch(outcome.stderr, /\n\s+at /);
}
