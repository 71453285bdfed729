import assert from 'node:assert/strict';
import { DEFAULT_LIMITS } from '../../src/cluster/options.ts';
import type { Fault } from '../support/fake-api/fault.ts';
import type { WireFault } from '../support/fault-proxy/wire-fault.ts';
import { ask, assertClear, assertIncomplete, assertNothing } from './support/ask.ts';
import type { Outcome, Trouble } from './support/ask.ts';
import { POSITIONS } from './support/positions.ts';
import type { Position } from './support/positions.ts';

/** A fault of the matrix, either of the server's answer or of the bytes on their way. */
interface Case {
  readonly id: string;
  readonly what: string;
  readonly fault?: Fault;
  readonly wire?: WireFault;
  readonly at: readonly Position['id'][];
  /** What the error or the gap's reason says where the fault lasts. */
  readonly says?: RegExp;
  /** Faults of which the server may make any number, without the budget of a normal run. */
  readonly only?: 'permanent';
}

const EVERYWHERE = ['D', 'P1', 'Pn', 'H'] as const;

function status(code: number, more: { readonly message?: string; readonly retryAfter?: string } = {}): Fault {
  return { kind: 'status', status: code, ...more };
}

/** A second after what these runs take for now. */
const SOON = 'Fri, 02 Jan 2026 03:04:06 GMT';
const PROXY = /proxy or a login page|no list of|no discovery document|no release|cut or not JSON/;

const CUT = /the answer ended before its end \(gzip\)/;

const CASES: readonly Case[] = [
  { id: 'F01', what: 'a 429 with Retry-After: 1', fault: status(429, { retryAfter: '1' }), at: EVERYWHERE },
  { id: 'F02', what: 'a 429 with Retry-After: 0', fault: status(429, { retryAfter: '0' }), at: EVERYWHERE },
  { id: 'F03', what: 'a 429 with Retry-After as a date', fault: status(429, { retryAfter: SOON }), at: EVERYWHERE },
  { id: 'F04', what: 'a 429 without Retry-After', fault: status(429), at: EVERYWHERE },
  { id: 'F05', what: 'a 500', fault: status(500, { message: 'broken' }), at: EVERYWHERE },
  {
    id: 'F06',
    what: 'a 500 of a new leader',
    fault: status(500, { message: 'etcdserver: leader changed' }),
    at: EVERYWHERE,
  },
  { id: 'F07', what: 'a 502', fault: status(502), at: EVERYWHERE },
  { id: 'F08', what: 'a 503', fault: status(503), at: EVERYWHERE },
  { id: 'F09', what: 'a 504', fault: status(504), at: EVERYWHERE },
  { id: 'F23', what: 'a hang before the headers', wire: { kind: 'hang' }, at: EVERYWHERE },
  { id: 'F25', what: 'a reset before the headers', wire: { kind: 'reset', at: 'start' }, at: EVERYWHERE },
  { id: 'F26', what: 'a reset amid the body', wire: { kind: 'reset', at: 'body' }, at: EVERYWHERE },
  { id: 'F27', what: 'an end before the announced length', wire: { kind: 'short' }, at: EVERYWHERE },
  { id: 'F28', what: 'a missing last chunk', wire: { kind: 'no-last-chunk' }, at: EVERYWHERE },
  { id: 'F28', what: 'an end after 40 bytes', wire: { kind: 'cut', at: 40 }, at: EVERYWHERE },
  { id: 'F29', what: 'a cut that only the connection delimits', wire: { kind: 'close-delimited' }, at: ['P1', 'H'] },
  { id: 'F30', what: 'gzip that is cut', wire: { kind: 'gzip-cut' }, at: ['P1', 'H'], says: CUT },
  { id: 'F31', what: 'gzip without its checksum', wire: { kind: 'gzip-no-trailer' }, at: ['P1', 'H'], says: CUT },
  { id: 'F31', what: 'half of the JSON', wire: { kind: 'half-json' }, at: ['P1', 'H'], says: PROXY },
  { id: 'F32', what: 'a login page', wire: { kind: 'html' }, at: EVERYWHERE, says: PROXY },
  { id: 'F33', what: 'an empty object', fault: { kind: 'body', body: '{}' }, at: EVERYWHERE, says: PROXY },
  {
    id: 'F34',
    what: 'a Status as a 200',
    fault: { kind: 'body', body: '{"kind":"Status","apiVersion":"v1"}' },
    at: EVERYWHERE,
    says: PROXY,
  },
  { id: 'F35', what: 'an empty body', fault: { kind: 'body', body: '' }, at: EVERYWHERE, says: PROXY },
];

/** What clears up is asked for again; a hang is waited for once only, so that the test is short. */
const TIMES = 2;

function troubleOf({ fault, wire }: Case, { isMeant, argv }: Position, times: number): Trouble {
  const rule = { path: isMeant, times };
  return {
    argv,
    ...(fault === undefined ? {} : { faults: [{ ...rule, fault }] }),
    ...(wire === undefined ? {} : { wire: [{ ...rule, fault: wire }] }),
  };
}

function assertLasting(outcome: Outcome, { id, gaps }: Position, says: RegExp): void {
  if (id === 'D') assertNothing(outcome);
  else assertIncomplete(outcome, ...gaps);
  assert.match(outcome.stdout + outcome.stderr, says);
}

describe('a fault of an answer', () => {
  it('packing all answers changes nothing', async () => {
    const outcome = await ask({ wire: [{ path: () => true, fault: { kind: 'gzip' } }] });
    assertClear(outcome);
    assert.deepEqual(outcome.requests.length, (await ask({})).requests.length);
  });

  it('F01 P1: what the server asks for is waited', async () => {
    const fault = { kind: 'status', status: 429, retryAfter: '1' } as const;
    const started = performance.now();
    const rule = { path: POSITIONS.P1.isMeant, fault, times: 1 };
    assertClear(await ask({ faults: [rule], limits: { maxWaitMs: DEFAULT_LIMITS.maxWaitMs } }));
    assert.ok(performance.now() - started >= 1000);
    assert.equal(DEFAULT_LIMITS.maxWaitMs, 60_000);
  });

  for (const fault of CASES) {
    for (const position of fault.at.map((id) => POSITIONS[id])) {
      it(`${fault.id} ${position.id}: ${fault.what} at ${position.what} that passes leaves no trace`, async () => {
        const outcome = await ask(troubleOf(fault, position, TIMES));
        assertClear(outcome);
        const asked = outcome.requests.filter(({ url }) => position.isMeant(url)).length;
        assert.ok(asked > TIMES, `asked ${asked} times`);
      });

      it(`${fault.id} ${position.id}: ${fault.what} at ${position.what} that lasts is admitted`, async () => {
        const outcome = await ask(troubleOf(fault, position, Infinity));
        assertLasting(outcome, position, fault.says ?? /./);
        const asked = outcome.requests.filter(({ url }) => position.isMeant(url)).length;
        assert.ok(asked >= 2 && asked <= 5, `asked ${asked} times`);
      });
    }
  }
});
