import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { buildTool } from '../../../scripts/assets/build-tool.ts';

/** The modules lie beside the sources of this file, not beside what the compiler makes of them. */
const MODULES = join(import.meta.dirname, '../../../../test/bench/programs');

/** Other people's programs that are measured: the Go package that is built, and the module that pins its version. */
const PEERS = {
  /** Its client code as a module that offers it to programs; ours prints what it lists. */
  ketall: { source: '.', module: 'github.com/flanksource/ketall' },
  kor: { source: 'github.com/yonahd/kor', module: 'github.com/yonahd/kor' },
  'kube-lineage': {
    source: 'github.com/tohjustin/kube-lineage/cmd/kube-lineage',
    module: 'github.com/tohjustin/kube-lineage',
  },
} as const;

/** Name of a program that is measured against others. */
type Peer = keyof typeof PEERS;

const PEER_NAMES: readonly Peer[] = ['ketall', 'kor', 'kube-lineage'];

/** A program that was built. */
interface Built {
  readonly path: string;
  /** `v1.2.3` */
  readonly version: string;
}

/** Programs in Go that only the benchmark needs. */
export interface GoPrograms {
  readonly peer: (name: Peer) => Built;
  /** Path of the one that runs a program and writes what it took. */
  readonly measured: string;
}

/** Builds the programs from pinned modules into the cache, once for each state of their sources. */
export async function ensureGoPrograms(report: (line: string) => void): Promise<GoPrograms> {
  const peers = new Map<Peer, Built>();
  for (const name of PEER_NAMES) {
    const { source, module } = PEERS[name];
    const version = pinOf(name, module);
    peers.set(name, { path: await ensureProgram({ name, version, source }, report), version });
  }
  const measured = await ensureProgram({ name: 'measured', version: 'for the benchmark', source: '.' }, report);
  const peer = (name: Peer): Built => {
    const built = peers.get(name);
    if (built === undefined) throw new Error(`${name} was not built`);
    return built;
  };
  return { peer, measured };
}

async function ensureProgram(
  { name, version, source }: { readonly name: string; readonly version: string; readonly source: string },
  report: (line: string) => void,
): Promise<string> {
  const folder = join(MODULES, name);
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const path = join(cache, 'kubectl-palette-audit', `bench-${hashOf(folder)}`, 'bin', name);
  const how = existsSync(path) ? 'cached' : 'built';
  const buildArguments = ['-trimpath', '-mod=readonly', '-ldflags', '-s -w', source];
  if (how === 'built') await buildTool({ name, version, folder, buildArguments }, path);
  report(`${name} ${how}`);
  return path;
}

function hashOf(folder: string): string {
  const hash = createHash('sha256').update(`${process.platform}/${process.arch}`);
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isFile()) hash.update(entry.name).update(readFileSync(join(folder, entry.name)));
  return hash.digest('hex').slice(0, 16);
}

/** Throws an Error where the program's go.mod does not name the module. */
function pinOf(name: Peer, module: string): string {
  const pinned = readFileSync(join(MODULES, name, 'go.mod'), 'utf8')
    .split('\n')
    .map((line) => line.trim().split(' '))
    .find(([path, version]) => path === module && version?.startsWith('v') === true);
  if (pinned?.[1] === undefined) throw new Error(`${name}/go.mod does not pin ${module}`);
  return pinned[1];
}
