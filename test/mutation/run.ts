import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { at, isRecord } from '../scenarios/support/documents.ts';
import { durations, firstFailure, instrumented, loadTests, type Tests } from './suite.ts';

// Stryker's command. Without a mutant it runs all tests, notes which tests reach which mutant, and then judges the
// mutants one after the other in one process. With a mutant it tells what was found, and only for code that runs while
// files load, which has to be loaded anew, it runs the tests. .stryker.config.json looks for the verdicts by itself.

const NOTES = 'build/verdicts/reached.json';
/** So many times as often as without it a mutant is reached before its loop counts as one without end. */
const ENDLESS = 100;
/** How long one mutant may take. In ms. */
const PATIENCE = 20_000;

function setVerdict(mutant: string, verdict: 'killed' | 'survived'): void {
  writeFileSync(`build/verdicts/${verdict}-${mutant}`, '');
}

function isJudged(mutant: string): boolean {
  return existsSync(`build/verdicts/killed-${mutant}`) || existsSync(`build/verdicts/survived-${mutant}`);
}

/** Mutants with the tests that reach each, and how often; none that is reached while files load. */
function reached(): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const notes: unknown = JSON.parse(readFileSync(NOTES, 'utf8'));
  const mutants = new Map<string, Map<string, number>>();
  const perTest = at(notes, 'perTest');
  for (const [title, hits] of isRecord(perTest) ? Object.entries(perTest) : []) {
    for (const [mutant, count] of isRecord(hits) ? Object.entries(hits) : []) {
      if (at(notes, 'static', mutant) !== undefined) continue;
      const tests = mutants.get(mutant) ?? new Map<string, number>();
      mutants.set(mutant, tests.set(title, Number(count)));
    }
  }
  return mutants;
}

async function judge(tests: Tests): Promise<void> {
  process.on('unhandledRejection', () => undefined);
  await pass(tests);
  const cheapFirst = [...tests].toSorted(([a], [b]) => (durations.get(a) ?? 0) - (durations.get(b) ?? 0));
  for (const [mutant, titles] of reached()) {
    if (isJudged(mutant)) continue;
    process.send?.(mutant);
    instrumented.activeMutant = mutant;
    instrumented.hitCount = 0;
    instrumented.hitLimit = ENDLESS * [...titles.values()].reduce((total, hits) => total + hits, 0);
    const failure = await firstFailure(new Map(cheapFirst.filter(([title]) => titles.has(title))));
    setVerdict(mutant, failure === undefined ? 'survived' : 'killed');
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
      let clock = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
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
  const mutant = process.env['__STRYKER_ACTIVE_MUTANT__'];
  if (mutant !== undefined && !runsWhileLoading(mutant)) return;
  if (mutant !== undefined) instrumented.activeMutant = mutant;
  const began = performance.now();
  const tests = loadTests();
  if (process.argv[2] === 'judge') await judge(tests);
  else if (process.argv[2] === 'time') {
    await pass(tests);
    process.stdout.write(`${tests.size} tests of ${resolve('.')} in ${Math.round(performance.now() - began)} ms\n`);
  } else if (mutant === undefined) await runWithoutMutant(tests);
  else if ((await firstFailure(tests)) !== undefined) process.exitCode = 1;
  process.exit();
}

/** Whether code that runs while files load reaches a mutant. One that is not judged, and not here either, no test reaches. */
function runsWhileLoading(mutant: string): boolean {
  const notes: unknown = JSON.parse(readFileSync(NOTES, 'utf8'));
  return at(notes, 'static', mutant) !== undefined;
}

await main();
