import { mkdtempSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ports } from '../../../src/cli/ports.ts';
import { sealed } from '../../../src/cluster/snapshot-seal.ts';
import { run } from '../../../src/cli/run.ts';
import type { FakeCluster } from '../../support/fake-api/description.ts';
import { startFakeApi } from '../../support/fake-api/fake-api.ts';
import type { SeenRequest } from '../../support/fake-api/fake-api.ts';
import type { FaultRule } from '../../support/fake-api/fault.ts';
import type { LoopbackIdentity } from '../../support/loopback-identity.ts';
import { loadCluster } from './load-cluster.ts';

/** The source tree's fixtures; this file runs as `build/test/scenarios/support/scenario.js`. */
const FIXTURES = join(import.meta.dirname, '../../../../test/fixtures');

/** One call of the program: `name` is the golden's, `argv` as typed. */
interface Call {
  readonly name: string;
  readonly argv: readonly string[];
}

/** A cluster, the calls to make on it and the requests that it refuses. */
export interface Scenario {
  readonly name: string;
  readonly folder: string;
  readonly cluster: FakeCluster;
  readonly faults: readonly FaultRule[];
  readonly calls: readonly Call[];
}

/** What a call gave. */
export interface Answer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly requests: readonly SeenRequest[];
}

/** `NAME: ARGUMENTS` on each line; arguments are apart by blanks, and `'…'` holds one with blanks in it. */
function callsIn(path: string): readonly Call[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [, name, text = ''] = /^([\w-]+):(.*)$/.exec(line) ?? [];
    if (name === undefined) return [];
    const words = [...text.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
    return [{ name, argv: words }];
  });
}

/** One path a line: every request that contains it is forbidden. */
function forbiddenIn(path: string): readonly FaultRule[] {
  if (!existsSync(path)) return [];
  const paths = readFileSync(path, 'utf8').split('\n');
  return paths
    .filter((one) => one !== '')
    .map((one) => ({ path: one, fault: { kind: 'status', status: 403, message: 'forbidden: no right to list this' } }));
}

/** One scenario of the fixtures' folder. */
export function loadScenario(name: string): Scenario {
  return {
    name,
    folder: join(FIXTURES, name),
    cluster: loadCluster(FIXTURES, name),
    faults: forbiddenIn(join(FIXTURES, name, 'forbidden')),
    calls: callsIn(join(FIXTURES, name, 'arguments')),
  };
}

/** Every scenario of the fixtures' folder. */
export function scenarios(): readonly Scenario[] {
  const folders = readdirSync(FIXTURES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .map(({ name }) => name)
    .toSorted()
    .map(loadScenario);
}

const NOW = Date.UTC(2026, 10, 10, 14, 2, 11);
/** As wide as the real one, whose port is another at every run. */
const SHOWN_HOST = '127.0.0.1:40000';

/** A text without what differs from run to run. */
function shown(text: string, url: string): string {
  return text.replaceAll(new URL(url).host, SHOWN_HOST);
}

/** Runs the program in the scenario's folder. `server` is where it is told to look. */
export async function called(
  argv: readonly string[],
  folder: string,
  limits?: Ports['limits'],
): Promise<Omit<Answer, 'requests'>> {
  const written = { stdout: '', stderr: '' };
  const before = process.cwd();
  process.chdir(folder);
  try {
    const exitCode = await run(argv, {
      env: {},
      stdout: (text) => (written.stdout += text),
      stderr: (text) => (written.stderr += text),
      readStdin: () => Promise.resolve(new Uint8Array()),
      now: () => NOW,
      stdoutIsTerminal: false,
      runtime: { node: 'v20.19.0', platform: 'linux/amd64' },
      stderrIsTerminal: false,
      signal: new AbortController().signal,
      limits,
    });
    return { exitCode, ...written };
  } finally {
    process.chdir(before);
  }
}

/** What differs between two runs on one cluster without being part of the answer. */
export interface Variation {
  readonly cluster?: FakeCluster;
  readonly faults?: readonly FaultRule[];
  readonly more?: readonly string[];
  readonly limits?: Ports['limits'];
  /** With it the cluster speaks HTTP/2, else HTTP/1.1 without TLS. */
  readonly identity?: LoopbackIdentity | undefined;
}

/** Asks the live cluster. */
export async function live(scenario: Scenario, argv: readonly string[], variation: Variation = {}): Promise<Answer> {
  const { cluster = scenario.cluster, faults = scenario.faults, more = [], limits, identity } = variation;
  const api = await startFakeApi(() => cluster, faults, identity);
  try {
    const answer = await called([...argv, ...api.flags, ...more], scenario.folder, limits);
    const { stdout, stderr } = answer;
    return { ...answer, stdout: shown(stdout, api.url), stderr: shown(stderr, api.url), requests: api.requests };
  } finally {
    await api.stop();
  }
}

/** Flags that say what is read from where; a snapshot has them in it, an audit of it does not repeat them. */
const READING: ReadonlySet<string> = new Set(['-f', '--filename', '--var', '--cluster-uid', '--pack-name']);
const SWITCHES: ReadonlySet<string> = new Set(['--without-releases']);
/** Labels that only some calls ask for. */
const KEPT_LABELS = ['-L', 'team,app,constructor,__proto__'];

/** Splits a command line into what the snapshot takes and what the audit of it does. */
export function parted(argv: readonly string[]): {
  readonly taking: readonly string[];
  readonly asking: readonly string[];
} {
  const taking: string[] = [...KEPT_LABELS];
  const asking: string[] = [];
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? '';
    const value = argv[index + 1] ?? '';
    if (READING.has(word)) taking.push(word, value);
    else if (SWITCHES.has(word)) taking.push(word);
    else asking.push(word);
    // What --to names, an audit of a snapshot reads.
    if (word === '--var' && argv.includes('--to')) asking.push(word, value);
    if (READING.has(word)) index += 1;
  }
  return { taking, asking };
}

/**
 * Takes a snapshot of the live cluster and asks that; undefined when no snapshot can be taken. Files are in the
 * snapshot, or `filesBeside` it.
 */
export async function offline(
  scenario: Scenario,
  argv: readonly string[],
  { filesBeside = false } = {},
): Promise<Answer | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'palette-audit-'));
  const file = join(folder, 'snapshot.json');
  const { taking, asking } = filesBeside ? { taking: [], asking: argv } : parted(argv);
  try {
    const warnings = await takeSnapshot(scenario, [file, ...taking]);
    if (!existsSync(file)) return undefined;
    const answer = await called([...asking, '--snapshot', file], scenario.folder);
    return { ...answer, stderr: warnings + answer.stderr, requests: [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Takes a snapshot of the scenario's cluster, for which the server's address is always the same. Returns what it warned of. */
export async function takeSnapshot(scenario: Scenario, [file = '', ...taking]: readonly string[]): Promise<string> {
  const api = await startFakeApi(() => scenario.cluster, scenario.faults);
  try {
    const { stderr } = await called(['snapshot', file, ...taking, '--server', api.url], scenario.folder);
    if (existsSync(file)) writeFileSync(file, sealed(shown(readFileSync(file, 'utf8'), api.url)));
    return shown(stderr, api.url);
  } finally {
    await api.stop();
  }
}

/** The same cluster whose every list is in the opposite order. */
export function reversed(cluster: FakeCluster): FakeCluster {
  const objects = new Map([...cluster.objects].map(([type, listed]) => [type, listed.toReversed()] as const));
  return { ...cluster, types: cluster.types.toReversed(), objects, unsorted: true };
}
