// Measures which changes of the judging code no test notices: `npm run test:mutation [-- FILE...] [-- OPTION-OF-STRYKER...]`.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { page } from './mutation-page.ts';
import type { Measured, Survivor } from './mutation-page.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const RESULTS = `${ROOT}test/mutation/results.json`;

/** One mutant of Stryker's report, in the form of the mutation testing report schema. */
interface Mutant {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
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

function survivor({ location, mutatorName, replacement = '' }: Mutant, lines: readonly string[]): Survivor {
  const { line, column } = location.start;
  const text = replacement.replaceAll(/\s+/g, ' ').replaceAll('`', "'").slice(0, 80);
  return { line, column, mutator: mutatorName, replacement: text, code: (lines[line - 1] ?? '').trim() };
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

const words = process.argv.slice(2);
const files = words.filter((word) => !word.startsWith('-'));
const options = words.filter((word) => word.startsWith('-'));
const commit = measuredCommit();
const { status } = spawnSync(
  `${ROOT}node_modules/.bin/stryker`,
  ['run', '.stryker.config.json', ...(files.length === 0 ? [] : ['--mutate', files.join(',')]), ...options],
  { cwd: ROOT, stdio: 'inherit' },
);
if (status !== 0) throw new Error(`stryker ended with ${status}`);

const report = jsonIn(`${ROOT}build/mutation.json`);
const known = jsonIn(RESULTS);
if (!isReport(report) || !isResults(known))
  throw new Error('build/mutation.json or test/mutation/results.json is damaged');
const merged = new Map([...Object.entries(known), ...measured(report, commit)]);
const all = judgingFiles();
const results = Object.fromEntries(
  [...merged].filter(([file]) => all.includes(file)).toSorted(([a], [b]) => (a < b ? -1 : 1)),
);
writeFileSync(RESULTS, `${JSON.stringify(results, null, 1)}\n`);
writeFileSync(`${ROOT}docs/mutation.md`, page(new Map(Object.entries(results)), all));
