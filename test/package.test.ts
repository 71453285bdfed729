import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Context } from 'mocha';
import { publint } from 'publint';
import { lacking } from './support/needs.ts';

const ROOT = join(import.meta.dirname, '../..');

const VERSION = /"version": "([^"]+)"/.exec(readFileSync(join(ROOT, 'package.json'), 'utf8'))?.[1] ?? '';

/** All that the package holds. */
const LISTING = [
  'package/LICENSE',
  'package/README.md',
  'package/bin/kubectl-palette_audit',
  'package/bin/package.json',
  'package/dist/THIRD_PARTY_LICENSES',
  'package/dist/cli.cjs',
  'package/package.json',
];

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(command: string, argv: readonly string[], folder: string): Outcome {
  // The shebang finds the Node of this run first; nothing of this machine's configuration is read.
  const path = [dirname(process.execPath), join(folder, 'node_modules/.bin'), process.env['PATH']].join(delimiter);
  const env = { PATH: path, HOME: folder };
  const { status, stdout, stderr } = spawnSync(command, argv, { cwd: folder, env, encoding: 'utf8', timeout: 60_000 });
  return { code: status, stdout, stderr };
}

describe('package', function () {
  this.timeout(120_000);
  let folder = '';
  let tarball = '';
  let binary = '';

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'palette-audit-package-'));
    tarball = join(folder, `kubectl-palette-audit-${VERSION}.tgz`);
    binary = join(folder, 'node_modules/.bin/kubectl-palette_audit');
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT });
    const install = ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', tarball];
    execFileSync('npm', install, { cwd: folder });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('holds the bundle, its entry, and the licences, and nothing else', () => {
    const listing = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
    assert.deepEqual(listing.toSorted(), LISTING);
  });

  it('brings no other package along', () => {
    const listing = execFileSync('ls', [join(folder, 'node_modules')], { encoding: 'utf8' });
    assert.equal(listing.trim(), 'kubectl-palette-audit');
  });

  it('has nothing that publint objects to', async () => {
    const { messages } = await publint({ pkgDir: join(folder, 'node_modules/kubectl-palette-audit'), pack: false });
    assert.deepEqual(messages, []);
  });

  it('prints its version, which is that of package.json', () => {
    const expected = { code: 0, stdout: `kubectl palette-audit ${VERSION}\n`, stderr: '' };
    assert.deepEqual(run(binary, ['--version'], folder), expected);
  });

  it('prints its help', () => {
    const { code, stdout, stderr } = run(binary, ['--help'], folder);
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^kubectl palette-audit /);
  });

  it('runs on Node 24', function () {
    const node24 = node24Or(this);
    assert.match(run(node24, ['--version'], folder).stdout, /^v24\./);
    const expected = { code: 0, stdout: `kubectl palette-audit ${VERSION}\n`, stderr: '' };
    assert.deepEqual(run(node24, [binary, '--version'], folder), expected);
  });

  for (const spelling of ['palette-audit', 'palette_audit']) {
    it(`is reached by kubectl ${spelling}`, function () {
      if (run('kubectl', ['version', '--client'], folder).code !== 0) lacking(this, 'there is no kubectl on PATH');
      const expected = { code: 0, stdout: `kubectl palette-audit ${VERSION}\n`, stderr: '' };
      assert.deepEqual(run('kubectl', [spelling, '--version'], folder), expected);
    });
  }

  it("passes its exit code through kubectl's", function () {
    if (process.platform === 'win32') lacking(this, 'kubectl on Windows turns every failure into 1');
    if (run('kubectl', ['version', '--client'], folder).code !== 0) lacking(this, 'there is no kubectl on PATH');
    assert.equal(run('kubectl', ['palette-audit', '--no-such-option'], folder).code, 2);
  });
});

function node24Or(context: Context): string {
  const node24 = process.env['PALETTE_AUDIT_NODE24'] ?? '';
  if (existsSync(node24)) return node24;
  return lacking(context, 'PALETTE_AUDIT_NODE24 names no Node 24');
}
