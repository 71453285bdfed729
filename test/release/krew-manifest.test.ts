import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Archive } from '../../scripts/release/archives.ts';
import { krewManifest } from '../../scripts/release/krew-manifest.ts';

const TEMPLATE = readFileSync(join(import.meta.dirname, '../../../krew-manifest.yaml'), 'utf8');
/** Digits only: what YAML would take for a number. */
const SUM = '1234567890'.repeat(6) + '1234';
const ARCHIVES: readonly Archive[] = [
  { target: 'linux-arm64', file: 'other', sha256: 'f'.repeat(64) },
  { target: 'linux-x64', file: 'ours', sha256: SUM },
];

function address(version: string): string {
  return `https://github.com/kubectl-palette-audit/kubectl-palette-audit/releases/download/v${version}/kubectl-palette_audit-v${version}-linux-x64.tar.gz`;
}

describe('the manifest of a release', () => {
  it('is the template with the version, the address and the sum of the archive', () => {
    const expected = TEMPLATE.replace(/^#.*\n/gm, '')
      .replace(address('0.1.0'), address('7.8.9'))
      .replace('version: v0.1.0', 'version: v7.8.9')
      .replace('0'.repeat(64), SUM);
    const written = krewManifest(TEMPLATE, '7.8.9', ARCHIVES);
    assert.deepEqual(parse(written), parse(expected));
    assert.ok(!written.includes('#'), 'comments of the template');
  });

  it('is refused for a platform without an archive', () => {
    assert.throws(() => krewManifest(TEMPLATE.replace('os: linux', 'os: darwin'), '7.8.9', ARCHIVES), /no archive/);
    assert.throws(() => krewManifest(TEMPLATE, '7.8.9', ARCHIVES.slice(0, 1)), /no archive/);
  });
});
