import { reasonOf } from './mutation-reasons.ts';

/** A change of the code that no test noticed. `code` is the line as it was, without its indent. */
export interface Survivor {
  readonly line: number;
  readonly column: number;
  readonly mutator: string;
  readonly replacement: string;
  readonly code: string;
}

/** What mutation testing found of one file, at a commit. */
export interface Measured {
  readonly commit: string;
  readonly mutants: number;
  readonly killed: number;
  /** Mutants that made the tests run without end. */
  readonly timeouts: number;
  readonly survivors: readonly Survivor[];
}

function share(killed: number, mutants: number): string {
  return `${killed} of ${mutants} (${((100 * killed) / Math.max(1, mutants)).toFixed(1)} %)`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function row([file, { commit, mutants, killed, timeouts }]: readonly [string, Measured]): string {
  return `| ${file} | ${share(killed + timeouts, mutants)} | ${timeouts} | ${commit} |`;
}

/** Survivors by their reason, the most frequent first. */
function survivorLists(results: ReadonlyMap<string, Measured>): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const [file, { survivors }] of results) {
    for (const survivor of survivors) {
      const reason = reasonOf(survivor);
      const { line, column, mutator, replacement } = survivor;
      const entry = `- ${file}:${line}:${column} ${mutator}: \`${replacement}\``;
      byReason.set(reason, [...(byReason.get(reason) ?? []), entry]);
    }
  }
  const groups = [...byReason].toSorted(([, a], [, b]) => b.length - a.length);
  return groups.map(([reason, entries]) => `### ${reason}\n\n${entries.join('\n')}`);
}

function missing(results: ReadonlyMap<string, Measured>, files: readonly string[]): readonly string[] {
  const unmeasured = files.filter((file) => !results.has(file));
  if (unmeasured.length === 0) return [];
  return [`Not measured yet: ${unmeasured.map((file) => `\`${file}\``).join(', ')}.`];
}

/** `docs/mutation.md`, from what was measured and the files that there are to measure. */
export function page(results: ReadonlyMap<string, Measured>, files: readonly string[]): string {
  const all = [...results.values()];
  const killed = sum(all.map((one) => one.killed + one.timeouts));
  return [
    '# Mutation testing',
    '<!-- Made by "npm run test:mutation". -->',
    `${share(killed, sum(all.map(({ mutants }) => mutants)))} killed, of ${all.length} of ${files.length} files; 90 % is the aim. The commit beside a file is the one whose code and tests were measured. A mutant that made the tests run without end counts as killed, and is counted apart, too. No mutator is left out.`,
    ...missing(results, files),
    ['| File | Killed | of them by time | Commit |', '| --- | --- | --- | --- |', ...[...results].map(row)].join('\n'),
    '## Survivors',
    ...survivorLists(results),
    '',
  ].join('\n\n');
}
