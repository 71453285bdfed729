import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at, listAt, textAt } from '../scenarios/support/documents.ts';
import { parted, takeSnapshot } from '../scenarios/support/scenario.ts';
import type { Scenario } from '../scenarios/support/scenario.ts';

/** A scenario's cluster as a snapshot, and a call that asks it: everything of a run but the reading. */
export interface Recording {
  readonly scenario: string;
  /** Where files that a call names lie. */
  readonly folder: string;
  readonly call: string;
  readonly asking: readonly string[];
  /** What taking the snapshot said on stderr. */
  readonly warnings: string;
  readonly snapshot: string;
}

/** Options that change how an answer is told, not what it says. */
const TELLING: ReadonlySet<string> = new Set(['-o', '-L', '--fail-on']);

/** What a call asks for, whatever the format. */
function question(argv: readonly string[]): string {
  const words = argv.filter((word, index) => !TELLING.has(word) && !TELLING.has(argv[index - 1] ?? ''));
  return words.filter((word) => word !== '--no-headers').join(' ');
}

/** Of calls that ask for the same, only the one that is told the most of: as JSON, else the last. */
function withoutRetelling(calls: Scenario['calls']): Scenario['calls'] {
  const told = new Map<string, Scenario['calls'][number]>();
  for (const call of calls) {
    const before = told.get(question(call.argv));
    if (before?.argv.includes('json') !== true) told.set(question(call.argv), call);
  }
  return [...told.values()];
}

/** Takes the snapshots that a scenario's calls need; none where no snapshot can be taken. */
export async function recordingsOf(scenario: Scenario): Promise<readonly Recording[]> {
  const taken = new Map<string, Pick<Recording, 'warnings' | 'snapshot'> | undefined>();
  const recordings: Recording[] = [];
  for (const { name, argv } of withoutRetelling(scenario.calls)) {
    const { taking, asking } = parted(argv);
    const words = taking.join(' ');
    if (!taken.has(words)) taken.set(words, await snapshotOf(scenario, taking));
    const recorded = taken.get(words);
    if (recorded === undefined) continue;
    recordings.push({ scenario: scenario.name, folder: scenario.folder, call: name, asking, ...recorded });
  }
  return recordings;
}

async function snapshotOf(
  scenario: Scenario,
  taking: readonly string[],
): Promise<Pick<Recording, 'warnings' | 'snapshot'> | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'palette-audit-'));
  const file = join(folder, 'snapshot.json');
  try {
    const warnings = await takeSnapshot(scenario, [file, ...taking]);
    return existsSync(file) ? { warnings, snapshot: readFileSync(file, 'utf8') } : undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const INDEX = 'index.json';

/** Writes recordings into a folder: each snapshot as a file, and an index of the calls. */
export function writeRecordings(folder: string, recordings: readonly Recording[]): void {
  mkdirSync(folder, { recursive: true });
  const index = recordings.map(({ snapshot, ...call }, number) => {
    const file = join(folder, `${number}.json`);
    writeFileSync(file, snapshot);
    return { ...call, snapshot: file };
  });
  writeFileSync(join(folder, INDEX), JSON.stringify(index));
}

/** The recordings of a folder; `snapshot` is the path of a file. */
export function readRecordings(folder: string): readonly Recording[] {
  const index: unknown = JSON.parse(readFileSync(join(folder, INDEX), 'utf8'));
  return listAt({ index }, 'index').map((entry) => ({
    scenario: textAt(entry, 'scenario') ?? '',
    folder: textAt(entry, 'folder') ?? '',
    call: textAt(entry, 'call') ?? '',
    asking: listAt(entry, 'asking').map(String),
    warnings: String(at(entry, 'warnings')),
    snapshot: textAt(entry, 'snapshot') ?? '',
  }));
}
