// Measures which changes of the judging code no test notices: `npm run test:mutation [-- FILE...] [-- OPTION-OF-STRYKER...]`.
// With `--page` it measures nothing, and writes docs/mutation.md anew from what is known.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { page } from './mutation-page.ts';
import type { Measured, Survivor } from './mutation-page.ts';
import { givenReasons } from './mutation-reasons.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const RESULTS = `${ROOT}test/mutation/results.json`;

/** One mutant of Stryker's report, in the form of the mutation testing report schema. */
interface Mutant {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

/** Lines and columns count from 1. */
interface Position {
  readonly line: number;
  readonly column: number;
}

interface MutationReport {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

function isReport(value: unknown): value is MutationReport {
  return typeof value === 'object' && value !== null && 'files' in value;
}

function isResults(value: unknown): value is Readonly<Record<string, Measured>> {
  return typeof value === 'object' && value !== null;
}

function jsonIn(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').slice(0, 160);
}

function textBetween({ start, end }: Mutant['location'], lines: readonly string[]): string {
  const inside = lines.slice(start.line - 1, end.line);
  const last = inside.length - 1;
  const upToEnd = inside.map((line, index) => (index === last ? line.slice(0, end.column - 1) : line));
  return upToEnd.join('\n').slice(start.column - 1);
}

function survivor({ location, mutatorName, replacement = '' }: Mutant, lines: readonly string[]): Survivor {
  const { line, column } = location.start;
  return {
    line,
    column,
    mutator: mutatorName,
    original: oneLine(textBetween(location, lines)),
    replacement: oneLine(replacement),
    code: (lines[line - 1] ?? '').trim(),
  };
}

/** What was measured by file. */
function measured(report: MutationReport, commit: string): readonly (readonly [string, Measured])[] {
  return Object.entries(report.files).map(([file, { source, mutants }]) => {
    const lines = source.split('\n');
    const killed = mutants.filter(({ status }) => status === 'Killed').length;
    const timeouts = mutants.filter(({ status }) => status === 'Timeout').length;
    const alive = mutants.filter(({ status }) => status !== 'Killed' && status !== 'Timeout');
    const survivors = alive.map((mutant) => survivor(mutant, lines));
    return [file, { commit, mutants: mutants.length, killed, timeouts, survivors }];
  });
}

function judgingFiles(): readonly string[] {
  const folders = ['src/attribution', 'src/audit', 'src/removal'];
  return execFileSync('git', ['ls-files', ...folders], { cwd: ROOT, encoding: 'utf8' })
    .trim()
    .split('\n');
}

function git(...args: readonly string[]): string {
  return execFileSync('git', [...args], { cwd: ROOT, encoding: 'utf8' }).trim();
}

/** The commit that is measured, with `-dirty` behind it where code or a test differs from it. */
function measuredCommit(): string {
  const changed = git(
    'status',
    '--porcelain',
    '--untracked-files=no',
    '--',
    'src',
    'test',
    ':!test/mutation/results.json',
  );
  return `${git('rev-parse', '--short=12', 'HEAD')}${changed === '' ? '' : '-dirty'}`;
}

/** Measures the files, all if none is named, and adds what is found to what is known. */
function measure(files: readonly string[], options: readonly string[]): ReadonlyMap<string, Measured> {
  const commit = measuredCommit();
  const { status } = spawnSync(
    `${ROOT}node_modules/.bin/stryker`,
    ['run', '.stryker.config.json', ...(files.length === 0 ? [] : ['--mutate', files.join(',')]), ...options],
    { cwd: ROOT, stdio: 'inherit' },
  );
  if (status !== 0) throw new Error(`stryker ended with ${status}`);
  const report = jsonIn(`${ROOT}build/mutation.json`);
  if (!isReport(report)) throw new Error('build/mutation.json is damaged');
  return new Map([...known(), ...measured(report, commit)]);
}

function known(): ReadonlyMap<string, Measured> {
  const results = jsonIn(RESULTS);
  if (!isResults(results)) throw new Error('test/mutation/results.json is damaged');
  return new Map(Object.entries(results));
}

const words = process.argv.slice(2);
const options = words.filter((word) => word.startsWith('-'));
const found = options.includes('--page')
  ? known()
  : measure(
      words.filter((word) => !word.startsWith('-')),
      options,
    );
const files = judgingFiles();
const results = new Map([...found].filter(([file]) => files.includes(file)).toSorted(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(RESULTS, `${JSON.stringify(Object.fromEntries(results), null, 2)}\n`);
writeFileSync(`${ROOT}docs/mutation.md`, page({ results, files, reasons: givenReasons(ROOT) }));
