import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { at, listAt } from '../../../src/cluster/json.ts';
import type { ControlPlane } from '../support/control-plane.ts';
import type { Runner } from '../support/runner.ts';
import type { LiveObject } from './ledger.ts';
import { predictedBy, type Predicted } from './predicted.ts';
import { homeOf } from './program.ts';
import { lastingObjects, vanished } from './removing.ts';

/** Longer than a controller's pause between two looks at the same thing. */
const QUIET = 3000;

/** A prediction, and what was there when it was made. */
export interface Before {
  readonly predicted: Predicted;
  /** Where the program runs, for `verify`. */
  readonly file: string;
  readonly live: ReadonlyMap<string, LiveObject>;
}

/** Predicted but there, and gone but not predicted; by names. */
interface Differences {
  readonly stays: readonly string[];
  readonly unpredicted: readonly string[];
}

/** Holds what the program says of removals against one cluster. */
export interface RemovalProof {
  /** Standard output of the program, which must end with this code. */
  readonly answer: (code: number, ...args: readonly string[]) => Promise<string>;
  /** Asks what a removal takes along, and looks what is there. */
  readonly predict: (code: number, args: readonly string[]) => Promise<Before>;
  /** Waits until just the predicted is gone, and a little longer; a difference is told object by object. */
  readonly assertGone: (before: Before) => Promise<void>;
  /** `verify` finds all gone that was predicted, and nothing else. */
  readonly assertVerified: (before: Before) => Promise<void>;
}

const NONE: Differences = { stays: [], unpredicted: [] };

/** A proof by the program with this profile as its definition. */
export function removalProof(plane: ControlPlane, program: Runner, profile: string): RemovalProof {
  const answer: RemovalProof['answer'] = async (expected, ...args) => {
    const { code, stdout, stderr } = await program(...args);
    assert.equal(code, expected, `${args.join(' ')}\n${stderr}${stdout.slice(0, 4000)}`);
    return stdout;
  };
  return {
    answer,
    predict: async (code, args) => {
      const text = await answer(code, 'removal', ...args, '-f', profile, '-o', 'json');
      const file = `predicted-${args.join('-').replaceAll(/\W/g, '-')}.json`;
      writeFileSync(join(homeOf(plane), file), text);
      return { predicted: predictedBy(text), file, live: await lastingObjects(plane) };
    },
    assertGone: async ({ predicted, live }) => {
      const differs = async (): Promise<Differences> =>
        differences(predicted, vanished(live, await lastingObjects(plane)));
      await plane
        .waitFor('all that was predicted is gone', async () => (await differs()).stays.length === 0)
        .catch(async (error: unknown) => {
          assert.deepEqual(await differs(), NONE);
          throw error;
        });
      await sleep(QUIET);
      assert.deepEqual(await differs(), NONE);
    },
    assertVerified: async ({ predicted, file }) => {
      const report: unknown = JSON.parse(await answer(0, 'verify', file, '-o', 'json'));
      const lists = ['remaining', 'namespaces', 'unpredicted'].map((key) => listAt(report, key));
      assert.deepEqual([at(report, 'gone'), ...lists], [predicted.count, [], [], []]);
    },
  };
}

/** What is predicted, against UIDs and names of what is gone. */
function differences({ goes }: Predicted, gone: ReadonlyMap<string, string>): Differences {
  return {
    stays: [...goes].filter(([uid]) => !gone.has(uid)).map(([, name]) => name),
    unpredicted: [...gone].filter(([uid]) => !goes.has(uid)).map(([, name]) => name),
  };
}
