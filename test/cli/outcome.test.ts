import assert from 'node:assert/strict';
import type { OutputFlags } from '../../src/cli/invocation.ts';
import { overviewOutcome, removalOutcome, type ExitCode } from '../../src/cli/outcome.ts';
import { worst } from '../../src/removal/report.ts';
import type { Removal, Verdict } from '../../src/model/removal.ts';
import type { RemovalOverview, RemovalRow } from '../../src/model/removal-overview.ts';
import { judgedGone } from '../support/judged.ts';
import { reference } from '../support/removed-world.ts';
import { cluster, coverage, TAKEN_AT } from '../support/builders.ts';
import { object } from '../support/world.ts';

type FailOn = OutputFlags['failOn'];

const CLAIM = object('gone/PersistentVolumeClaim/data', { facts: { status: 'Bound', volume: 'pv' } });
const volume = (reclaimPolicy: string): Removal => {
  const objects = [CLAIM, object('/PersistentVolume/pv', { facts: { claim: 'gone/data', reclaimPolicy } })];
  return { ...judgedGone({ objects }), breakages: [] };
};
const PLAIN = judgedGone({});
const LOSES_DATA = volume('Delete');
const MAY_LOSE_DATA = volume('');
const KEEPS_DATA = volume('Retain');
const BREAKS = judgedGone({
  references: [
    reference('webhook', ['/ValidatingWebhookConfiguration/policy', 'gone/Service/hook'], { failurePolicy: 'Ignore' }),
  ],
});

interface Case {
  readonly verdict: Verdict;
  readonly complete: boolean;
  readonly removal?: Removal;
  /** Exit codes for `--fail-on` error, warning, data, never. */
  readonly codes: readonly [ExitCode, ExitCode, ExitCode, ExitCode];
  readonly says: string;
}

const CASES: readonly Case[] = [
  { says: 'clear', verdict: 'clear', complete: true, codes: [0, 0, 0, 0] },
  { says: 'clear with an accepted gap', verdict: 'clear', complete: false, codes: [0, 0, 0, 0] },
  { says: 'clear, loses its own data', verdict: 'clear', complete: true, removal: LOSES_DATA, codes: [0, 0, 1, 0] },
  {
    says: 'clear, may lose its own data',
    verdict: 'clear',
    complete: true,
    removal: MAY_LOSE_DATA,
    codes: [0, 0, 1, 0],
  },
  { says: 'clear, keeps its data', verdict: 'clear', complete: true, removal: KEEPS_DATA, codes: [0, 0, 0, 0] },
  { says: 'clear, breaks something outside', verdict: 'clear', complete: true, removal: BREAKS, codes: [0, 1, 0, 0] },
  { says: 'unknown', verdict: 'unknown', complete: true, codes: [3, 3, 3, 3] },
  { says: 'unknown and incomplete', verdict: 'unknown', complete: false, codes: [3, 3, 3, 3] },
  { says: 'unknown, loses its own data', verdict: 'unknown', complete: true, removal: LOSES_DATA, codes: [3, 3, 1, 3] },
  { says: 'unknown, breaks something', verdict: 'unknown', complete: true, removal: BREAKS, codes: [3, 1, 3, 3] },
  { says: 'a conflict', verdict: 'conflict', complete: true, codes: [1, 1, 1, 0] },
  { says: 'a conflict and incomplete', verdict: 'conflict', complete: false, codes: [1, 1, 1, 3] },
];

const FAIL_ON: readonly FailOn[] = ['error', 'warning', 'data', 'never'];

describe('the exit code of a named removal', () => {
  for (const { says, verdict, complete, removal = PLAIN, codes } of CASES) {
    it(`${says}: ${FAIL_ON.map((failOn, index) => `${codes[index]} with --fail-on ${failOn}`).join(', ')}`, () => {
      assert.deepEqual(
        FAIL_ON.map((failOn) => removalOutcome({ verdict, complete, removals: [removal] }, failOn)),
        codes,
      );
    });
  }

  it('is 3 where nothing is removed, of which nothing is known', () => {
    assert.equal(removalOutcome({ verdict: worst([]), complete: true, removals: [] }, 'error'), 3);
  });
});

const row = (verdict: Verdict | undefined, data: readonly string[] = []): RemovalRow => ({
  kind: 'pack',
  name: 'one',
  verdict,
  layers: [],
  namespaces: [],
  foreign: 0,
  own: 0,
  data,
  conflicts: [],
  doubts: [],
});

interface Listed {
  readonly says: string;
  readonly complete?: boolean;
  readonly rows: readonly RemovalRow[];
  /** Without `--fail-on`, then with error, data and never. */
  readonly codes: readonly [ExitCode, ExitCode, ExitCode, ExitCode];
}

const LISTS: readonly Listed[] = [
  { says: 'nothing', rows: [], codes: [0, 0, 0, 0] },
  { says: 'all clear', rows: [row('clear')], codes: [0, 0, 0, 0] },
  { says: 'a conflict', rows: [row('clear'), row('conflict')], codes: [0, 1, 1, 0] },
  { says: 'an unknown one', rows: [row('clear'), row('unknown')], codes: [0, 3, 3, 3] },
  { says: 'own data that goes', rows: [row('clear', ['8Gi'])], codes: [0, 0, 1, 0] },
  { says: 'a layer that cannot be removed', rows: [row(undefined)], codes: [0, 0, 0, 0] },
  { says: 'anything unseen', complete: false, rows: [row('clear')], codes: [3, 3, 3, 3] },
  { says: 'a conflict, and anything unseen', complete: false, rows: [row('conflict')], codes: [3, 1, 1, 3] },
];

function flags(failOn: FailOn, failOnGiven: boolean): OutputFlags {
  return {
    output: 'table',
    color: 'never',
    failOn,
    failOnGiven,
    noHeaders: false,
    verbosity: 0,
    labelColumns: [],
  };
}

describe('the exit code of the list of removals', () => {
  for (const { says, complete = true, rows, codes } of LISTS) {
    it(`${says}: ${codes.join(', ')}`, () => {
      const overview: RemovalOverview = {
        cluster: cluster(),
        takenAt: TAKEN_AT,
        complete,
        coverage: coverage(),
        packs: [],
        rows,
      };
      const given = [flags('error', false), flags('error', true), flags('data', true), flags('never', true)];
      assert.deepEqual(
        given.map((one) => overviewOutcome(overview, one)),
        codes,
      );
    });
  }
});
