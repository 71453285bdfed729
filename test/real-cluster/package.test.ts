import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { ensureAssets, type Assets } from '../../scripts/assets/ensure-assets.ts';
import { at, listAt, textAt } from '../../src/cluster/json.ts';
import { installPackage, type InstalledPackage } from '../support/installed-package.ts';
import { startControlPlane, type ControlPlane } from './support/control-plane.ts';
import { createRunner, type Runner } from './support/runner.ts';
import { configMap, namespace, placed } from './world/objects.ts';
import { must, playPalette } from './world/palette.ts';

const UID = '0123456789abcdef01234567';

describe('the package of npm, installed into an empty home', () => {
  let assets: Assets;
  let plane: ControlPlane;
  let installed: InstalledPackage;

  before(async () => {
    assets = await ensureAssets();
    plane = await startControlPlane({ assets });
    installed = installPackage(plane.folder);
    const pack = { name: 'wordpress', version: '6.4.3', values: stringify({ pack: { namespace: 'blog' } }) };
    await playPalette(plane, { uid: UID, name: 'prod', profiles: [{ name: 'apps', version: '1.0.0', packs: [pack] }] });
    await plane.apply(namespace('blog'), placed(configMap('by-hand'), { namespace: 'blog' }));
  });
  after(() => plane?.stop());

  /** kubectl with these folders before the system's own. */
  const kubectlWith = (...folders: readonly string[]): Runner => {
    const searchPath = [...folders, dirname(assets.tool('kubectl').path), dirname(process.execPath)];
    const { home } = installed;
    return createRunner({ path: assets.tool('kubectl').path, home, kubeconfig: plane.kubeconfig, searchPath });
  };

  it('is found by kubectl, which has nothing to warn of', async () => {
    const { code, stdout, stderr } = await kubectlWith(installed.bin)('plugin', 'list');
    assert.deepEqual([code, stderr], [0, '']);
    assert.ok(stdout.endsWith(`:\n\n${join(installed.bin, 'kubectl-palette_audit')}\n`), stdout);
  });

  it('audits the cluster', async () => {
    const { code, stdout, stderr } = await kubectlWith(installed.bin)('palette-audit', '-o', 'json');
    assert.deepEqual([code, stderr], [1, '']);
    const report: unknown = JSON.parse(stdout);
    const names = listAt(report, 'applications').flatMap((one) => listAt(one, 'resources'));
    assert.ok(names.some((one) => textAt(one, 'name') === 'by-hand'));
  });

  it('says the versions of itself and the server, in the keys of kubectl', async () => {
    const kubectl = kubectlWith(installed.bin);
    const own: unknown = JSON.parse(await must(kubectl, 'palette-audit', 'version', '-o', 'json'));
    const theirs: unknown = JSON.parse(await must(kubectl, 'version', '-o', 'json'));
    for (const key of ['gitVersion', 'gitCommit', 'platform'])
      assert.equal(at(own, 'serverVersion', key), at(theirs, 'serverVersion', key), key);
    assert.equal(at(own, 'clientVersion', 'nodeVersion'), process.version);
    assert.equal(at(own, 'clientVersion', 'platform'), at(theirs, 'clientVersion', 'platform'));
  });

  const CASES: readonly { argv: readonly string[]; words: readonly string[]; end: string }[] = [
    { argv: ['rem'], words: ['removal'], end: ':4' },
    { argv: ['removal', '--fail'], words: ['--fail-on'], end: ':4' },
    { argv: ['-o', 'm'], words: ['markdown'], end: ':4' },
    { argv: ['--output=m'], words: ['markdown'], end: ':4' },
    { argv: ['--context', ''], words: ['control-plane'], end: ':4' },
    { argv: ['-n', 'bl'], words: ['blog'], end: ':4' },
    { argv: ['removal', '-n', 'default,bl'], words: ['default,blog'], end: ':4' },
    { argv: ['removal', ''], words: ['pack/wordpress', 'profile/apps'], end: ':4' },
    { argv: ['removal', 'pack/w'], words: ['pack/wordpress'], end: ':4' },
    { argv: ['--context', 'control-plane', 'removal', 'profile/'], words: ['profile/apps'], end: ':4' },
    { argv: ['explain', 'configm'], words: ['configmaps/'], end: ':6' },
    { argv: ['explain', 'cm/', '-n', 'bl'], words: ['blog'], end: ':4' },
    { argv: ['explain', '-n', 'blog', 'cm/b'], words: ['cm/by-hand'], end: ':4' },
    { argv: ['explain', 'ns/bl'], words: ['ns/blog'], end: ':4' },
    { argv: ['snapshot', ''], words: [], end: ':0' },
    { argv: ['--context', 'nowhere', '-n', ''], words: [], end: ':4' },
    { argv: ['--server=https://127.0.0.1:1', '-n', ''], words: [], end: ':4' },
  ];

  for (const { argv, words, end } of CASES) {
    it(`completes ${JSON.stringify(argv)} through kubectl`, async () => {
      const lines = await completed(kubectlWith(installed.bin), argv);
      assert.deepEqual([...lines.slice(0, -1).map((line) => line.split('\t')[0]), lines.at(-1)], [...words, end]);
    });
  }

  it('completes through the file that "completion" prints, where only the plugin itself is linked', async () => {
    const [links, folder] = [join(plane.folder, 'links'), join(plane.folder, 'shim')];
    for (const path of [links, folder]) mkdirSync(path);
    symlinkSync(join(installed.bin, 'kubectl-palette_audit'), join(links, 'kubectl-palette_audit'));
    assert.deepEqual(await completed(kubectlWith(links), ['removal', '']), [':0']);
    const shim = join(folder, 'kubectl_complete-palette_audit');
    writeFileSync(shim, await must(kubectlWith(links), 'palette-audit', 'completion'));
    chmodSync(shim, 0o755);
    const both = kubectlWith(links, folder);
    for (const argv of [
      ['removal', ''],
      ['--fail-on', ''],
      ['-n', 'bl'],
      ['snapshot', 'a b', ''],
    ])
      assert.deepEqual(await completed(both, argv), await completed(kubectlWith(installed.bin), argv));
    assert.ok(!existsSync(join(links, 'kubectl_complete-palette_audit')));
  });
});

/** What kubectl hands to the shell; what it says to those who debug it is left out. */
async function completed(kubectl: Runner, argv: readonly string[]): Promise<readonly string[]> {
  const { code, stdout, stderr } = await kubectl('__complete', 'palette-audit', ...argv);
  assert.equal(code, 0, stderr);
  const said = stderr.split('\n').filter((line) => !/^(?:\[Debug\] .*|Completion ended with .*|)$/.test(line));
  assert.deepEqual(said, []);
  return stdout.trimEnd().split('\n');
}
