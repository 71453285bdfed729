import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { archiveName, writeArchives } from '../../../scripts/release/archives.ts';
import { readPackageJson } from '../../../scripts/release/package-json.ts';
import { targetOf } from '../../../scripts/release/targets.ts';

const ROOT = join(import.meta.dirname, '../../../..');

/** What somebody has who unpacked the archive for this machine. */
export interface Standalone {
  /** The launcher. */
  readonly program: string;
  /** The archive's own Node. */
  readonly node: string;
  /** Of that Node: `v1.2.3`. */
  readonly version: string;
}

/** Makes the archive for this machine of the bundle that is built, and unpacks it below `folder`. */
export async function unpackedArchive(folder: string): Promise<Standalone> {
  const target = targetOf(`${process.platform}-${process.arch}`);
  if (target === undefined || target.startsWith('windows'))
    throw new Error(`the benchmark has no archive to measure on ${process.platform}-${process.arch}`);
  const home = join(folder, 'standalone');
  mkdirSync(home);
  await writeArchives({ root: ROOT, folder, targets: [target], report: () => {} });
  const file = archiveName(readPackageJson(ROOT).version, target);
  execFileSync('tar', ['-xzf', join(folder, file), '-C', home]);
  const node = join(home, 'lib/node');
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  return { program: join(home, 'kubectl-palette_audit'), node, version };
}
