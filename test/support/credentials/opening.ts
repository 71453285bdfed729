import assert from 'node:assert/strict';
import { openCluster } from '../../../src/cluster/open.ts';
import type { ClusterReader } from '../../../src/cluster/open.ts';
import type { ClusterOptions, ClusterPorts } from '../../../src/cluster/options.ts';
import { UserError } from '../../../src/model/errors.ts';
import { optionsFor, portsFor } from '../fake-api/reading.ts';

/** Ports with this environment, beside a PATH. */
export function portsOf(env: ClusterPorts['env'], more: Partial<ClusterPorts> = {}) {
  const { ports, warnings } = portsFor({ PATH: '/usr/bin:/bin', ...env });
  return { ports: { ...ports, ...more }, warnings };
}

/** How a cluster is opened. */
interface Opening {
  readonly env: ClusterPorts['env'];
  readonly options?: Partial<ClusterOptions>;
  readonly more?: Partial<ClusterPorts>;
}

export function open({ env, options, more }: Opening): Promise<ClusterReader> {
  return openCluster({ ...optionsFor(undefined), ...options }, portsOf(env, more).ports);
}

/** Expects a UserError of this text, in which no canary is. */
export async function refused(work: Promise<unknown>, exitCode: 2 | 4, text: RegExp): Promise<void> {
  await assert.rejects(work, (error: unknown) => {
    assert.ok(error instanceof UserError, String(error));
    assert.equal(error.exitCode, exitCode);
    assert.match(`${error.message}. ${error.remedy}`, text);
    assert.doesNotMatch(`${error.message} ${error.remedy}`, /CANARY/);
    return true;
  });
}
