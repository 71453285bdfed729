import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultRule } from '../support/fake-api/fault.ts';
import { live, scenarios } from './support/scenario.ts';

const FORMATS = ['table', 'wide', 'json', 'yaml', 'name', 'markdown'];
const COMMANDS = [[], ['namespaces'], ['explain', 'namespace/shop']];

interface Case {
  readonly says: string;
  readonly faults: readonly FaultRule[];
  /** What every format must say, whatever it puts around it. */
  readonly expect: readonly string[];
}

function forbidden(path: string): FaultRule {
  return { path, fault: { kind: 'status', status: 403, message: 'no right' } };
}

function broken(path: string): FaultRule {
  return { path, fault: { kind: 'status', status: 400, message: 'out of order' } };
}

const CASES: readonly Case[] = [
  {
    says: 'a type that may not be listed, with the right that is missing',
    faults: [forbidden('/secrets')],
    expect: ['24 of 25', 'secrets', 'list secrets in namespace shop', 'Helm release records'],
  },
  {
    says: 'a type that fails, with the failure',
    faults: [broken('/namespaces/shop/services?')],
    expect: ['24 of 25', 'services in shop', 'failed', 'out of order'],
  },
  {
    says: 'each of very many types that fail',
    faults: [broken('/namespaces/shop/')],
    expect: (
      'configmaps deployments.apps endpoints events ingresses.networking.k8s.io jobs.batch limitranges pods ' +
      'persistentvolumeclaims replicasets.apps resourcequotas secrets serviceaccounts services statefulsets.apps'
    ).split(' '),
  },
  {
    says: 'packs that may not be listed',
    faults: [forbidden('/packs')],
    expect: ['packs.cluster.spectrocloud.com', 'list packs.cluster.spectrocloud.com'],
  },
];

/** The answer as one line of plain text: line breaks of a table and the escapes of Markdown say nothing. */
function plain(text: string): string {
  return text.replaceAll(/[\\"]|<!-- -->/g, '').replaceAll(/\s+/g, ' ');
}

/** How much was covered, in whichever form. */
function normalised(text: string): string {
  return plain(text).replaceAll(/types: (\d+),? completeTypes: (\d+)/g, '$2 of $1');
}

describe('every format of every answer says', () => {
  const scenario = scenarios().find(({ name }) => name === 'forbidden-secrets');
  assert.ok(scenario !== undefined);
  for (const { says, faults, expect } of CASES) {
    for (const command of COMMANDS) {
      it(`${says}: ${command.join(' ') || 'audit'}`, async () => {
        for (const format of FORMATS) {
          const { stdout, stderr, exitCode } = await live(scenario, [...command, '-o', format], { faults });
          const said = normalised(stdout + stderr);
          for (const text of expect) assert.ok(said.includes(text), `-o ${format} lacks ${text}:\n${said}`);
          assert.notEqual(exitCode, 0);
        }
      }).timeout(60_000);
    }
  }

  it('what a snapshot lacks, in which namespaces, and how much it has', async () => {
    const file = join(tmpdir(), `palette-audit-gaps-${process.pid}.json`);
    const faults = [forbidden('/secrets'), broken('/api/v1/services?')];
    const { stdout, exitCode } = await live(scenario, ['snapshot', file, '--force'], { faults });
    rmSync(file);
    assert.match(stdout, /^INCOMPLETE: /);
    assert.match(stdout, /^Not seen: .*\bservices in all namespaces: failed \(out of order\)$/m);
    assert.match(
      stdout,
      /^Not seen: Helm release records and secrets in cluster-.*, default, .* and shop: forbidden /m,
    );
    assert.match(stdout, /needs: list secrets there/);
    assert.match(stdout, /^Covered: \d+ of \d+ readings\.$/m);
    assert.equal(exitCode, 3);
  }).timeout(60_000);
});
