import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ArchiveEntry } from './archive-entry.ts';
import { executablePlatform } from './executable-platform.ts';
import { commandLauncher, shellLauncher } from './launchers.ts';
import type { PackageSource } from './node-package.ts';
import { readPackageJson } from './package-json.ts';
import { NODE_BUILDS, type NodeBuild, type Target } from './targets.ts';
import { unpacked } from './unpack.ts';

/**
 * All files of a platform's archive: launchers at its top, and below `lib/` Node beside what the npm package holds.
 *
 * @param root the repository, with the bundle built.
 * @throws {Error} when the Node of the package is not one for the platform.
 */
export async function archiveContent(
  root: string,
  target: Target,
  packages: PackageSource,
): Promise<readonly ArchiveEntry[]> {
  const build = NODE_BUILDS.get(target);
  if (build === undefined) throw new Error(`no build of Node is pinned for ${target}`);
  const windows = target.startsWith('windows');
  const { node, licence } = await nodeFiles(build, target, packages);
  const file = (path: string): Buffer => readFileSync(join(root, path));
  const programs = [...readPackageJson(root).bin];
  return [
    ...programs.map(([name]) => launcher(name, windows)),
    ...programs.map(([name, path]) => plain(`lib/bin/${name}`, file(path))),
    plain('lib/bin/package.json', file('bin/package.json')),
    ...bundleFiles(root).map((name) => plain(`lib/dist/${name}`, file(`dist/${name}`))),
    { path: windows ? 'lib/node.exe' : 'lib/node', content: node, executable: true },
    plain('LICENSE', file('LICENSE')),
    plain('LICENSE.node', licence),
    plain('THIRD_PARTY_LICENSES', file('dist/THIRD_PARTY_LICENSES')),
  ];
}

/** The bundle's parts, in the order of their names. */
function bundleFiles(root: string): readonly string[] {
  return readdirSync(join(root, 'dist'))
    .filter((name) => name.endsWith('.cjs'))
    .toSorted();
}

function plain(path: string, content: Buffer): ArchiveEntry {
  return { path, content, executable: false };
}

function launcher(name: string, windows: boolean): ArchiveEntry {
  const { path, text } = windows ? commandLauncher(name) : shellLauncher(name);
  return { path, content: Buffer.from(text), executable: true };
}

async function nodeFiles(
  { node, program, licence = node }: NodeBuild,
  target: Target,
  packages: PackageSource,
): Promise<{ readonly node: Buffer; readonly licence: Buffer }> {
  const [programPath, licencePath] = [`package/${program}`, 'package/LICENSE'];
  const tarball = await packages(node);
  const own = await unpacked(tarball, licence === node ? [programPath, licencePath] : [programPath]);
  const others = licence === node ? own : await unpacked(await packages(licence), [licencePath]);
  const content = own.get(programPath) ?? Buffer.alloc(0);
  const platform = executablePlatform(content);
  if (platform !== target) throw new Error(`${node.name} holds a program for ${platform ?? 'nothing'}, not ${target}`);
  if (!content.includes(`v${node.version}`)) throw new Error(`${node.name} does not hold Node ${node.version}`);
  return { node: content, licence: others.get(licencePath) ?? Buffer.alloc(0) };
}
