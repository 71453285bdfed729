import { reasonOf, type Reason } from './mutation-reasons.ts';

/**
 * A change of the code that no test noticed: `original` became `replacement`, both with single blanks and cut to 160
 * characters. `code` is the whole line as it was, without its indent.
 */
export interface Survivor {
  readonly line: number;
  readonly column: number;
  readonly mutator: string;
  readonly original: string;
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

/** Text as code on a page, cut to 80 characters. */
function quoted(text: string): string {
  const short = text.length > 80 ? `${text.slice(0, 79)}…` : text;
  return short === '' ? 'nothing' : `\`${short.replaceAll('`', "'")}\``;
}

/** The survivors of a file, each with why no test notices it. */
function survivorList(file: string, { survivors }: Measured, reasons: readonly Reason[]): readonly string[] {
  if (survivors.length === 0) return [];
  const entries = survivors.map((survivor) => {
    const { line, column, mutator, original, replacement } = survivor;
    const change = `${quoted(original)} as ${quoted(replacement)}`;
    return `- ${line}:${column} ${mutator}, ${change}: ${reasonOf(file, survivor, reasons)}`;
  });
  return [`### ${file}\n\n${entries.join('\n')}`];
}

function missing(results: ReadonlyMap<string, Measured>, files: readonly string[]): readonly string[] {
  const unmeasured = files.filter((file) => !results.has(file));
  if (unmeasured.length === 0) return [];
  return [`Not measured yet: ${unmeasured.map((file) => `\`${file}\``).join(', ')}.`];
}

/** What `docs/mutation.md` is made of: what was measured, the files that there are to measure, and given reasons. */
export interface PageInput {
  readonly results: ReadonlyMap<string, Measured>;
  readonly files: readonly string[];
  readonly reasons: readonly Reason[];
}

/** `docs/mutation.md`. */
export function page({ results, files, reasons }: PageInput): string {
  const all = [...results.values()];
  const killed = sum(all.map((one) => one.killed + one.timeouts));
  return [
    '# Mutation testing',
    '<!-- Made by "npm run test:mutation". -->',
    `${share(killed, sum(all.map(({ mutants }) => mutants)))} killed, of ${all.length} of ${files.length} files; 90 % is the aim. The commit beside a file is the one whose code and tests were measured. A mutant that made the tests run without end counts as killed, and is counted apart, too. No mutator is left out.`,
    ...missing(results, files),
    ['| File | Killed | of them by time | Commit |', '| --- | --- | --- | --- |', ...[...results].map(row)].join('\n'),
    '## Survivors',
    ...[...results].flatMap(([file, measured]) => survivorList(file, measured, reasons)),
    '',
  ].join('\n\n');
}
