import assert from 'node:assert/strict';
import { join } from 'node:path';
import { runCli } from '../run-cli.ts';
import { whole } from './case.ts';
import type { CredentialCase } from './case.ts';
import { forget, sightOf } from './world.ts';
import type { CredentialWorld, Setting, Sight } from './world.ts';

/** What came of one call. */
export interface Ran {
  readonly worked: boolean;
  readonly code: number;
  readonly stderr: string;
  readonly sight: Sight;
}

/** The environment of a case: a home of its own, where there is no kubeconfig. */
export function environment(world: CredentialWorld, setting: Setting): Readonly<Record<string, string>> {
  return { PATH: '/usr/bin:/bin', HOME: join(world.folder, 'home'), ...setting.env };
}

/** Runs the program: `rbac` asks for what the server serves, and for nothing else. */
export async function runProgram(world: CredentialWorld, setting: Setting): Promise<Ran> {
  forget(world, setting);
  const { code, stderr } = await runCli(['rbac', ...(setting.flags ?? [])], { env: environment(world, setting) });
  return { worked: code === 0, code, stderr, sight: sightOf(world) };
}

/** Checks the program's own run against the case. */
export function checkProgram({ outcome }: CredentialCase, ran: Ran): void {
  assert.doesNotMatch(ran.stderr, /CANARY|\n {4}at /);
  if ('says' in outcome) {
    assert.match(ran.stderr, outcome.says);
    assert.ok(ran.code === 2 || ran.code === 4, `exit code ${ran.code}`);
    const lines = ran.stderr.trimEnd().split('\n');
    assert.ok(lines.filter((line) => !line.startsWith('warning: ')).length <= 2, ran.stderr);
    return;
  }
  assert.equal(ran.worked, true, ran.stderr);
  assert.deepEqual(ran.sight.caller, whole(outcome.caller));
  for (const [name, expected] of Object.entries(outcome.sight ?? {})) {
    assert.deepEqual(Reflect.get(ran.sight, name), expected, name);
  }
  if (outcome.kind === 'same' && outcome.warns !== undefined) assert.match(ran.stderr, outcome.warns);
}
