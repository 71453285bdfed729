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

/** Takes the snapshots that a scenario's calls need; none where no snapshot can be taken. */
export async function recordingsOf(scenario: Scenario): Promise<readonly Recording[]> {
  const folder = mkdtempSync(join(tmpdir(), 'palette-audit-'));
  const file = join(folder, 'snapshot.json');
  const recordings: Recording[] = [];
  try {
    for (const { name, argv } of scenario.calls) {
      const { taking, asking } = parted(argv);
      const warnings = await takeSnapshot(scenario, [file, ...taking]);
      if (!existsSync(file)) continue;
      recordings.push({
        scenario: scenario.name,
        folder: scenario.folder,
        call: name,
        asking,
        warnings,
        snapshot: readFileSync(file, 'utf8'),
      });
      rmSync(file);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return recordings;
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
