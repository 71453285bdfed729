import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { NodePackage } from './targets.ts';

const run = promisify(execFile);

/** Packages by name, without their code being run. */
export type PackageSource = (wanted: NodePackage) => Promise<Buffer>;

/**
 * The tarball of a package, from the cache or else from the registry that npm is set to.
 *
 * @throws {Error} when its sum is not the pinned one.
 */
export const registryPackage: PackageSource = async (wanted) => {
  const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'kubectl-palette-audit', 'packages');
  const path = join(cache, `${wanted.name}-${wanted.version}.tgz`);
  if (existsSync(path)) return checked(wanted, readFileSync(path), path);
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'unfinished-'));
  try {
    await run('npm', ['pack', '--silent', '--pack-destination', folder, `${wanted.name}@${wanted.version}`]);
    const fetched = join(folder, `${wanted.name}-${wanted.version}.tgz`);
    const content = checked(wanted, readFileSync(fetched), 'the registry');
    renameSync(fetched, path);
    return content;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

function checked({ name, version, sha512 }: NodePackage, content: Buffer, from: string): Buffer {
  if (createHash('sha512').update(content).digest('hex') === sha512) return content;
  throw new Error(`${name} ${version} from ${from} does not have the pinned sum: do not use it`);
}
