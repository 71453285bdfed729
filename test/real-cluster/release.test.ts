import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { ensureAssets, type Assets } from '../../scripts/assets/ensure-assets.ts';
import { executablePlatform } from '../../scripts/release/executable-platform.ts';
import { TARGETS } from '../../scripts/release/targets.ts';
import { unpacked } from '../../scripts/release/unpack.ts';
import { isRecord, listAt, textAt } from '../../src/cluster/json.ts';
import { live, loadScenario } from '../scenarios/support/scenario.ts';
import { startFakeApi } from '../support/fake-api/fake-api.ts';
import { zipFiles } from '../support/zip-files.ts';
import { startControlPlane, type ControlPlane } from './support/control-plane.ts';
import type { Runner } from './support/runner.ts';
import { buildExample } from './world/example.ts';
import { krewUser, writeIndex, type KrewUser } from './world/krew.ts';
import { must } from './world/palette.ts';
import { programOf } from './world/program.ts';
import { makeRelease, type MadeRelease } from './world/release.ts';

/** The platforms with a .tar.gz. */
const WITH_TAR = TARGETS.filter((target) => !target.startsWith('windows'));

describe('a release', () => {
  let release: MadeRelease;
  let archive: (target: string) => string;

  before(() => {
    release = makeRelease();
    archive = (target) =>
      `kubectl-palette_audit-${release.tag}-${target}.${target.startsWith('windows') ? 'zip' : 'tar.gz'}`;
  });
  after(() => release?.remove());

  it('consists of an archive for each platform, sums, a bill of materials, a manifest and what changed', () => {
    const bill = `kubectl-palette_audit-${release.tag}.cdx.json`;
    const expected = [...TARGETS.map(archive), bill, 'CHANGES.md', 'SHA256SUMS', 'palette-audit.yaml'];
    assert.deepEqual(readdirSync(release.folder).toSorted(), expected.toSorted());
  });

  it('has the sums of its archives', () => {
    const sums = TARGETS.map((target) => `${sha256(release.file(archive(target)))}  ${archive(target)}\n`);
    assert.equal(release.file('SHA256SUMS').toString(), sums.join(''));
    const manifest = release.file('palette-audit.yaml').toString();
    assert.ok(manifest.includes(`sha256: '${sha256(release.file(archive('linux-x64')))}'`), manifest);
  });

  it('says what changed, as the changelog does', () => {
    const changes = release.file('CHANGES.md').toString();
    assert.match(changes, /^- `kubectl palette-audit` reports /);
    assert.ok(!changes.includes('## '));
  });

  for (const target of WITH_TAR) {
    it(`holds for ${target} a Node of that platform, launchers, the bundle and the licences`, async () => {
      const listed = await listing(release.file(archive(target)));
      assert.deepEqual(
        listed.filter(([name]) => !name.includes('complete')),
        [
          ['LICENSE', 0o644],
          ['LICENSE.node', 0o644],
          ['THIRD_PARTY_LICENSES', 0o644],
          ['kubectl-palette_audit', 0o755],
          ['lib/bin/kubectl-palette_audit', 0o644],
          ['lib/bin/package.json', 0o644],
          ['lib/dist/ask.cjs', 0o644],
          ['lib/dist/chart-archive.cjs', 0o644],
          ['lib/dist/rolldown-runtime.cjs', 0o644],
          ['lib/dist/socks.cjs', 0o644],
          ['lib/dist/start.cjs', 0o644],
          ['lib/node', 0o755],
        ],
      );
      const files = await unpacked(release.file(archive(target)), ['lib/node', 'LICENSE.node', 'LICENSE']);
      assert.equal(executablePlatform(files.get('lib/node') ?? Buffer.alloc(0)), target);
      assert.match(String(files.get('LICENSE.node')), /^Node\.js is licensed for use as follows/);
      assert.match(String(files.get('LICENSE')), /Apache License/);
    });
  }

  it('holds for windows-x64 a Node of that platform, launchers, the bundle and the licences', () => {
    const files = zipFiles(release.file(archive('windows-x64')));
    assert.deepEqual(
      files.filter(({ path }) => !path.includes('complete')).map(({ path }) => path),
      [
        'LICENSE',
        'LICENSE.node',
        'THIRD_PARTY_LICENSES',
        'kubectl-palette_audit.cmd',
        'lib/bin/kubectl-palette_audit',
        'lib/bin/package.json',
        'lib/dist/ask.cjs',
        'lib/dist/chart-archive.cjs',
        'lib/dist/rolldown-runtime.cjs',
        'lib/dist/socks.cjs',
        'lib/dist/start.cjs',
        'lib/node.exe',
      ],
    );
    const content = (name: string): Buffer => files.find(({ path }) => path === name)?.content ?? Buffer.alloc(0);
    assert.equal(executablePlatform(content('lib/node.exe')), 'windows-x64');
    assert.match(String(content('LICENSE.node')), /^Node\.js is licensed for use as follows/);
  });

  it('holds in its bill of materials what npm says of the packages, and the builds of Node', () => {
    const bill: unknown = JSON.parse(release.file(`kubectl-palette_audit-${release.tag}.cdx.json`).toString());
    const npm = execFileSync('npm', ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'], {
      cwd: release.source,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const known = new Set(listAt(JSON.parse(npm), 'components').map(identity));
    const components = listAt(bill, 'components');
    const nodes = components.filter((one) => textAt(one, 'type') === 'platform');
    const libraries = components.filter((one) => textAt(one, 'type') === 'library');
    assert.equal(nodes.length, TARGETS.length);
    assert.deepEqual(
      libraries.map(identity).filter((one) => !known.has(one)),
      [],
    );
    for (const name of ['@kubernetes/client-node', 'yargs', 'yaml', 'cli-table3', 'socks', 'tar-stream'])
      assert.ok(
        libraries.some((one) => textAt(one, 'name') === name),
        name,
      );
    for (const name of ['typescript', 'mocha', 'undici', 'openid-client', 'hpagent'])
      assert.ok(!libraries.some((one) => textAt(one, 'name') === name), name);
  });

  it('is the same bytes when it is made again', () => {
    const before = sumsOf(release);
    assert.equal(release.again(release.tag), '');
    assert.deepEqual(sumsOf(release), before);
  });

  it('is not made of a changed folder, nor under another tag, and leaves what is there alone', () => {
    const before = sumsOf(release);
    writeFileSync(join(release.source, 'more.txt'), '');
    assert.match(release.again(release.tag), /^release: the folder differs from its commit[^]*more\.txt/);
    assert.match(release.again('v9.9.9'), /^release: package\.json says .*, the tag v9\.9\.9/);
    assert.deepEqual(sumsOf(release), before);
  });

  describe('in the hands of a user of krew without Node', () => {
    let assets: Assets;
    let user: KrewUser;
    let npmProgram: string;

    before(async () => {
      assets = await ensureAssets();
      user = await krewUser(assets, release);
      // Also makes krew's own index needless, which it would fetch.
      await must(user.kubectl(), 'krew', 'index', 'add', 'palette-audit', writeIndex(user));
      npmProgram = installedByNpm(release, join(user.folder, 'npm'));
    });
    after(() => user?.stop());

    const byKrew =
      (kubeconfig?: string): Runner =>
      (...args) =>
        user.kubectl(kubeconfig)('palette-audit', ...args);
    const byNpm =
      (kubeconfig?: string): Runner =>
      (...args) =>
        user.program(process.execPath, kubeconfig)(npmProgram, ...args);

    it('meets a PATH on which there is no Node', async () => {
      const { code, stdout } = await user.program('/bin/sh')('-c', 'command -v readlink; command -v node');
      assert.equal(code, 127, stdout);
      assert.match(stdout, /^\S+\/readlink\n$/);
    });

    it('is valid to the word of validate-krew-manifest, which installs it too', async () => {
      const { code, stderr } = await user.validate('-manifest', user.manifest);
      assert.equal(code, 0, stderr);
      assert.match(stderr, /all 1 spec\.platforms installed fine/);
    });

    it('is installed from the archive, runs through kubectl, and is uninstalled', async () => {
      const kubectl = user.kubectl();
      const file = join(release.folder, archive('linux-x64'));
      const said = await kubectl('krew', 'install', `--manifest=${user.manifest}`, `--archive=${file}`);
      assert.equal(said.code, 0, said.stderr);
      assert.match(`${said.stdout}${said.stderr}`, /kubectl palette-audit rbac/, 'the caveats');
      assert.deepEqual(user.installed(), ['kubectl-palette_audit']);
      assert.equal(await must(kubectl, 'palette-audit', '--version'), `kubectl palette-audit ${release.version}\n`);
      assert.equal((await kubectl('palette-audit', '--no-such-option')).code, 2);
      assert.match(await must(kubectl, 'krew', 'list'), /palette-audit/);
      await must(kubectl, 'krew', 'uninstall', 'palette-audit');
      assert.deepEqual(user.installed(), []);
    });

    it('is not installed when the archive has another sum', async () => {
      const file = join(release.folder, archive('linux-arm64'));
      const { code, stderr } = await user.kubectl()(
        'krew',
        'install',
        `--manifest=${user.manifest}`,
        `--archive=${file}`,
      );
      assert.notEqual(code, 0);
      assert.match(stderr, /checksum does not match/);
      assert.deepEqual(user.installed(), []);
    });

    it('also runs unpacked by hand, from a folder on the PATH, and completes there', async () => {
      const folder = join(user.folder, 'unpacked');
      mkdirSync(folder);
      execFileSync('tar', ['-xzf', join(release.folder, archive('linux-x64')), '-C', folder]);
      const line = `PATH=${folder}:$PATH; kubectl plugin list && kubectl __complete palette-audit name`;
      const { code, stdout, stderr } = await user.program('/bin/sh')('-c', `${line}; command -v node`);
      assert.equal(code, 127, `${stdout}${stderr}`);
      assert.match(stdout, /unpacked\/kubectl-palette_audit\n[^]*^namespaces\t/m);
    });

    it('is installed from a custom index', async () => {
      const kubectl = user.kubectl();
      await must(kubectl, 'krew', 'install', 'palette-audit/palette-audit');
      const version: unknown = JSON.parse(await must(kubectl, 'palette-audit', 'version', '--client', '-o', 'json'));
      assert.equal(textAt(version, 'clientVersion', 'gitCommit'), release.commit);
      assert.equal(textAt(version, 'clientVersion', 'nodeVersion'), 'v24.21.0');
    });

    it('audits the fake server as the sources do, and so does the npm package from an empty home', async () => {
      const scenario = loadScenario('documented-example');
      const expected = await live(scenario, ['-o', 'json']);
      const api = await startFakeApi(() => scenario.cluster);
      try {
        for (const program of [byKrew(), byNpm()]) {
          const { code, stdout } = await program('-o', 'json', '--server', api.url);
          assert.equal(code, expected.exitCode);
          for (const part of ['findings', 'stakes', 'applications', 'gaps', 'coverage'])
            assert.deepEqual(listAt(JSON.parse(stdout), part), listAt(JSON.parse(expected.stdout), part), part);
        }
        assert.ok(listAt(JSON.parse(expected.stdout), 'findings').length > 0);
      } finally {
        await api.stop();
      }
    });

    describe('and of a real cluster', () => {
      let plane: ControlPlane;

      before(async () => {
        plane = await startControlPlane({ assets });
        await buildExample(assets, plane);
      });
      after(() => plane?.stop());

      it('audits it as the sources do, and so does the npm package from an empty home', async () => {
        const expected = await findings(programOf({ assets, plane }));
        assert.ok(expected.length > 0);
        assert.deepEqual(await findings(byKrew(plane.kubeconfig)), expected);
        assert.deepEqual(await findings(byNpm(plane.kubeconfig)), expected);
      });
    });
  });
});

/** Installs the package that the release's sources make, into a folder of its own; the program's path. */
function installedByNpm({ source }: MadeRelease, folder: string): string {
  mkdirSync(folder);
  const options = { cwd: source, encoding: 'utf8', env: { ...process.env, HOME: folder } } as const;
  const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
  const tarball = execFileSync('npm', pack, options).trim();
  const install = ['install', '--global', '--offline', '--ignore-scripts', '--silent', `--prefix=${folder}`];
  execFileSync('npm', [...install, join(folder, tarball)], { ...options, cwd: folder });
  return join(folder, 'bin/kubectl-palette_audit');
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function sumsOf({ folder, file }: MadeRelease): ReadonlyMap<string, string> {
  return new Map(readdirSync(folder).map((name) => [name, sha256(file(name))]));
}

async function listing(tgz: Buffer): Promise<readonly (readonly [name: string, mode: number | undefined])[]> {
  const tar = extract();
  tar.end(gunzipSync(tgz));
  const listed: (readonly [string, number | undefined])[] = [];
  for await (const entry of tar) {
    listed.push([entry.header.name, entry.header.mode]);
    entry.resume();
  }
  return listed;
}

/** A component's package, version and sum. */
function identity(component: unknown): string {
  const [hash] = listAt(component, 'hashes');
  return `${textAt(component, 'purl') ?? ''} ${textAt(hash, 'content') ?? ''}`;
}

/** What was found in the real cluster: of each finding its rule, its place and its resources. */
async function findings(run: Runner): Promise<readonly unknown[]> {
  const { code, stdout, stderr } = await run('-o', 'json');
  assert.equal(code, 1, stderr);
  return listAt(JSON.parse(stdout), 'findings').filter(isRecord);
}
