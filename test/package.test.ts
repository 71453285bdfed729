import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Context } from 'mocha';
import { publint } from 'publint';
import { CLUSTER } from './canaries/world.ts';
import { start } from './support/child.ts';
import { startFakeApi } from './support/fake-api/fake-api.ts';
import { installPackage, npm, type InstalledPackage } from './support/installed-package.ts';
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
  'package/dist/ask.cjs',
  'package/dist/chart-archive.cjs',
  'package/dist/rolldown-runtime.cjs',
  'package/dist/socks.cjs',
  'package/dist/start.cjs',
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

  it('loads no more than it needs to for help and version', () => {
    const loaded =
      'process.on("exit", () => console.error(Object.keys(require.cache).map((path) => path.split("/").at(-1)).join()))';
    for (const flag of ['--help', '-h', '--version']) {
      const script = `${loaded}; process.argv = [process.execPath, ${JSON.stringify(binary)}, '${flag}']; require(process.argv[1])`;
      const { code, stderr } = run(process.execPath, ['-e', script], folder);
      assert.deepEqual([code, stderr.trim()], [0, 'kubectl-palette_audit,start.cjs']);
    }
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

describe('the package, installed globally into an empty home', function () {
  this.timeout(120_000);
  let folder = '';
  let installed: InstalledPackage;
  const call = (command: string, argv: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    const path = [installed.bin, dirname(process.execPath), process.env['PATH']].join(delimiter);
    return start(command, argv, { cwd: installed.home, env: { PATH: path, HOME: installed.home, ...more } }).ended;
  };

  const version = async (node24: string, variables: Readonly<Record<string, string>>): Promise<void> => {
    const program = join(installed.bin, 'kubectl-palette_audit');
    const ended = await call(node24, [program, '--version'], variables);
    assert.deepEqual(ended, { code: 0, stdout: `kubectl palette-audit ${VERSION}\n`, stderr: '' });
  };

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'palette-audit-global-'));
    installed = installPackage(folder);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('audits a cluster', async () => {
    const api = await startFakeApi(() => CLUSTER);
    const { code, stdout, stderr } = await call('kubectl-palette_audit', ['--server', api.url]);
    await api.stop();
    assert.deepEqual([code, stderr], [1, '']);
    assert.match(stdout, /^AT RISK/);
  });

  it('has with it what only a SOCKS proxy needs', async () => {
    const argv = ['version', '--server', 'https://192.0.2.1'];
    const { stderr } = await call('kubectl-palette_audit', argv, { HTTPS_PROXY: 'socks5://127.0.0.1:1' });
    assert.match(stderr, /the proxy 127\.0\.0\.1:1 cannot be reached/);
  });

  it('has with it what only the archive of a chart needs', async () => {
    const pack = join(folder, 'pack');
    mkdirSync(join(pack, 'web'), { recursive: true });
    const content = { name: 'web', displayName: 'Web', version: '1.0.0', layer: 'addon', charts: ['web.tgz'] };
    writeFileSync(join(pack, 'pack.json'), JSON.stringify(content));
    writeFileSync(join(pack, 'web/Chart.yaml'), 'name: web\nversion: 2.0.0\n');
    execFileSync('tar', ['-czf', 'web.tgz', 'web'], { cwd: pack });
    const api = await startFakeApi(() => CLUSTER);
    const told = async (): Promise<boolean> => {
      const { code } = await call('kubectl-palette_audit', ['snapshot', 'a.json', '--server', api.url, '-f', pack]);
      assert.equal(code, 0);
      const file = join(installed.home, 'a.json');
      const text = readFileSync(file, 'utf8');
      rmSync(file);
      return text.includes('chart-unreadable');
    };
    const whole = await told();
    writeFileSync(join(pack, 'web.tgz'), 'cut');
    const cut = await told();
    await api.stop();
    assert.deepEqual([whole, cut], [false, true]);
  });

  it('completes under its other name', async () => {
    const ended = await call('kubectl_complete-palette_audit', ['vers']);
    assert.equal(ended.stderr, '');
    assert.match(ended.stdout, /^version\t[^\n]+\n:4\n$/);
  });

  it('is run from the tarball by npx, too', () => {
    const { home } = installed;
    assert.equal(npm(home, 'npx', '--yes', installed.tarball, '--version'), `kubectl palette-audit ${VERSION}\n`);
  });

  it('says which commit it was made of', async () => {
    const { stdout } = await call('kubectl-palette_audit', ['version', '--client', '-o', 'json']);
    const commit = existsSync(join(ROOT, '.git')) ? /"gitCommit": "[0-9a-f]{40}(?:-dirty)?"/ : /"gitCommit": ""/;
    assert.match(stdout, commit);
  });

  it('is found by kubectl, which has nothing to warn of', async function () {
    const listed = await call('kubectl', ['plugin', 'list']).catch(() => lacking(this, 'there is no kubectl on PATH'));
    assert.equal(listed.code, 0, listed.stderr);
    assert.ok(listed.stdout.includes(`${join(installed.bin, 'kubectl-palette_audit')}\n`));
  });

  describe('keeps what Node compiled, where Node can', () => {
    it('in the folder that Node is told', async function () {
      const cache = join(folder, 'told');
      await version(node24Or(this), { NODE_COMPILE_CACHE: cache });
      assert.ok(kept(cache) > 1);
    });

    it("in the user's own cache, which nobody else may write to", async function () {
      const home = join(folder, 'home-of-a-user');
      mkdirSync(home);
      await version(node24Or(this), { HOME: home });
      assert.ok(kept(join(home, '.cache/kubectl-palette-audit/compiled')) > 1);
      assert.equal(statSync(join(home, '.cache/kubectl-palette-audit')).mode & 0o777, 0o700);
    });

    it('nowhere, if others may write there', async function () {
      const cache = join(folder, 'shared');
      const compiled = join(cache, 'kubectl-palette-audit/compiled');
      mkdirSync(compiled, { recursive: true });
      chmodSync(compiled, 0o777);
      await version(node24Or(this), { XDG_CACHE_HOME: cache });
      assert.equal(kept(compiled), 0);
    });

    for (const cache of ['/proc/nowhere', '/dev/null', 'relative'])
      it(`and does without in ${cache}`, async function () {
        await version(node24Or(this), { XDG_CACHE_HOME: cache, HOME: '/dev/null' });
      });
  });
});

/** How many files and folders Node put there. */
function kept(cache: string): number {
  return existsSync(cache) ? readdirSync(cache, { recursive: true }).length : 0;
}

function node24Or(context: Context): string {
  const node24 = process.env['PALETTE_AUDIT_NODE24'] ?? '';
  if (existsSync(node24)) return node24;
  return lacking(context, 'PALETTE_AUDIT_NODE24 names no Node 24');
}
