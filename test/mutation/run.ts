import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { at, isRecord } from '../scenarios/support/documents.ts';
import { durations, firstFailure, instrumented, loadTests, type Tests } from './suite.ts';

// Stryker's command. Without a mutant it runs all tests, notes which tests reach which mutant, and then judges the
// mutants one after the other in one process. Code that runs while files load is loaded anew for each of its mutants.
// .stryker.config.json looks for the verdicts by itself; with a mutant that has none, for no test reaches it, nothing is run.

const NOTES = 'build/verdicts/reached.json';
/** So many times as often as without it a mutant is reached before its loop counts as one without end. */
const ENDLESS = 100;
/** How long one mutant may take, and the tests without one. In ms. */
const PATIENCE = 30_000;
const PATIENCE_AT_FIRST = 300_000;

function setVerdict(mutant: string, verdict: 'killed' | 'survived'): void {
  writeFileSync(`build/verdicts/${verdict}-${mutant}`, '');
}

function isJudged(mutant: string): boolean {
  return existsSync(`build/verdicts/killed-${mutant}`) || existsSync(`build/verdicts/survived-${mutant}`);
}

function noted(part: 'static' | 'perTest'): Readonly<Record<string, unknown>> {
  const notes: unknown = JSON.parse(readFileSync(NOTES, 'utf8'));
  const found = at(notes, part);
  return isRecord(found) ? found : {};
}

/** Mutants with the tests that reach each, and how often; none that is reached while files load. */
function reached(): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const whileLoading = new Set(Object.keys(noted('static')));
  const mutants = new Map<string, Map<string, number>>();
  for (const [title, hits] of Object.entries(noted('perTest'))) {
    for (const [mutant, count] of isRecord(hits) ? Object.entries(hits) : []) {
      if (whileLoading.has(mutant)) continue;
      const tests = mutants.get(mutant) ?? new Map<string, number>();
      mutants.set(mutant, tests.set(title, Number(count)));
    }
  }
  return mutants;
}

function byCost(tests: Tests): Tests {
  return new Map([...tests].toSorted(([a], [b]) => (durations.get(a) ?? 0) - (durations.get(b) ?? 0)));
}

async function judge(tests: Tests): Promise<void> {
  process.on('unhandledRejection', () => undefined);
  await pass(tests);
  const cheapFirst = byCost(tests);
  for (const [mutant, titles] of reached()) {
    const hits = [...titles.values()].reduce((total, count) => total + count, 0);
    await judgeOne(mutant, { limit: ENDLESS * hits, of: () => [...cheapFirst].filter(([title]) => titles.has(title)) });
  }
  for (const mutant of Object.keys(noted('static'))) {
    await judgeOne(mutant, { limit: Number.POSITIVE_INFINITY, of: () => [...byCost(loadTests())] });
  }
}

/** Runs the tests that `of` yields with the mutant active; one that keeps them from being loaded is noticed as well. */
async function judgeOne(
  mutant: string,
  tests: { readonly limit: number; readonly of: () => readonly (readonly [string, () => unknown])[] },
): Promise<void> {
  if (isJudged(mutant)) return;
  process.send?.(mutant);
  instrumented.activeMutant = mutant;
  instrumented.hitCount = 0;
  instrumented.hitLimit = tests.limit;
  setVerdict(mutant, (await isNoticed(tests.of)) ? 'killed' : 'survived');
}

async function isNoticed(of: () => readonly (readonly [string, () => unknown])[]): Promise<boolean> {
  try {
    return (await firstFailure(new Map(of()))) !== undefined;
  } catch {
    return true;
  }
}

/** Has all mutants judged. One that ends the process or does not end counts as noticed, and the others go on. */
async function judgeAll(): Promise<void> {
  for (let done = false; !done;) {
    done = await new Promise((settle) => {
      const child = spawn(process.execPath, [join(import.meta.dirname, 'run.js'), 'judge'], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      let current = '';
      let clock = setTimeout(() => child.kill('SIGKILL'), PATIENCE_AT_FIRST);
      child.on('message', (mutant: string) => {
        current = mutant;
        clearTimeout(clock);
        clock = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
      });
      child.on('exit', (code) => {
        clearTimeout(clock);
        if (code !== 0 && current === '') throw new Error('the tests cannot be loaded');
        if (code !== 0) setVerdict(current, 'killed');
        settle(code === 0);
      });
    });
  }
}

async function pass(tests: Tests): Promise<void> {
  const failure = await firstFailure(tests);
  if (failure !== undefined) throw new Error(failure.title, { cause: failure.error });
}

async function runWithoutMutant(tests: Tests): Promise<void> {
  await pass(tests);
  mkdirSync('build/verdicts', { recursive: true });
  writeFileSync(NOTES, JSON.stringify(instrumented.mutantCoverage ?? {}));
  await judgeAll();
}

async function main(): Promise<void> {
  if (process.env['__STRYKER_ACTIVE_MUTANT__'] !== undefined) return;
  const began = performance.now();
  const tests = loadTests();
  if (process.argv[2] === 'judge') await judge(tests);
  else if (process.argv[2] === 'time') {
    await pass(tests);
    process.stdout.write(`${tests.size} tests of ${resolve('.')} in ${Math.round(performance.now() - began)} ms\n`);
  } else await runWithoutMutant(tests);
  process.exit();
}

await main();
