import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { buildTool } from '../../../scripts/assets/build-tool.ts';

/** The module lies beside the sources of this file, not beside what the compiler makes of them. */
const MODULE = join(import.meta.dirname, '../../../../test/bench/programs');

/** Programs of our own in Go, that only the benchmark needs: their paths. */
export interface GoPrograms {
  /** Lists a cluster as client-go's tools do. */
  readonly listAll: string;
  /** Runs a program and writes what it took. */
  readonly measured: string;
  /** The client-go that they are made from: `v1.2.3`. */
  readonly clientGo: string;
}

/** Builds the programs from pinned modules into the cache, once for each state of their sources. */
export async function ensureGoPrograms(report: (line: string) => void): Promise<GoPrograms> {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const bin = join(cache, 'kubectl-palette-audit', `bench-${hashOf(MODULE)}`, 'bin');
  const built = async (name: string): Promise<string> => {
    const path = join(bin, name);
    const how = existsSync(path) ? 'cached' : 'built';
    const buildArguments = ['-trimpath', '-mod=readonly', '-ldflags', '-s -w', `./${name}`];
    if (how === 'built') await buildTool({ name, version: 'for the benchmark', folder: MODULE, buildArguments }, path);
    report(`${name} ${how}`);
    return path;
  };
  return { listAll: await built('list-all'), measured: await built('measured'), clientGo: pinOf('k8s.io/client-go') };
}

function hashOf(folder: string): string {
  const hash = createHash('sha256').update(`${process.platform}/${process.arch}`);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) hash.update(entry.name).update(readFileSync(join(entry.parentPath, entry.name)));
  return hash.digest('hex').slice(0, 16);
}

function pinOf(module: string): string {
  const line = readFileSync(join(MODULE, 'go.mod'), 'utf8')
    .split('\n')
    .find((text) => text.trim().startsWith(`${module} v`));
  return line?.trim().split(' ')[1] ?? 'unknown';
}
