import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Suite } from 'mocha';
import { at, listAt } from '../scenarios/support/documents.ts';

/** Where the tests that reach each mutant are noted; beside the bundle that this file becomes part of. */
const NOTES = join(import.meta.dirname, 'reached.json');

/** What Stryker's instrumentation notes: the mutants reached while no test ran, and by each test. */
interface Reached {
  readonly static: Readonly<Record<string, number>>;
  readonly perTest: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

declare global {
  var __stryker__:
    | { currentTestId?: string | undefined; mutantCoverage?: Reached; hitCount?: number; hitLimit?: number }
    | undefined;
}

/** So many times as often as without it a mutant is reached before its loop counts as one without end. */
const ENDLESS = 100;

/**
 * The titles of the tests that reach a mutant, and how often each does; undefined when all may, as for code that runs
 * while files load.
 */
function testsReaching(mutant: string): ReadonlyMap<string, number> | undefined {
  if (!existsSync(NOTES)) return undefined;
  const notes: unknown = JSON.parse(readFileSync(NOTES, 'utf8'));
  if (at(notes, 'static', mutant) !== undefined) return undefined;
  const tests = listAt(notes, 'tests').filter((test) => at(test, 'mutants', mutant) !== undefined);
  return new Map(tests.map((test) => [String(at(test, 'title')), Number(at(test, 'mutants', mutant))]));
}

function keep(suite: Suite, titles: ReadonlyMap<string, number>): void {
  suite.tests = suite.tests.filter((test) => titles.has(test.fullTitle()));
  for (const inner of suite.suites) keep(inner, titles);
}

const mutant = process.env['__STRYKER_ACTIVE_MUTANT__'];
const instrumented = globalThis.__stryker__ ?? {};
globalThis.__stryker__ = instrumented;

before(function () {
  const titles = mutant === undefined ? undefined : testsReaching(mutant);
  if (titles === undefined || this.test?.parent === undefined) return;
  keep(this.test.parent, titles);
  instrumented.hitCount = 0;
  instrumented.hitLimit = ENDLESS * [...titles.values()].reduce((total, hits) => total + hits, 0);
});

beforeEach(function () {
  instrumented.currentTestId = this.currentTest?.fullTitle();
});

afterEach(() => {
  instrumented.currentTestId = undefined;
});

after(() => {
  if (mutant !== undefined) return;
  const { static: always = {}, perTest = {} } = instrumented.mutantCoverage ?? {};
  const tests = Object.entries(perTest).map(([title, mutants]) => ({ title, mutants }));
  writeFileSync(NOTES, JSON.stringify({ static: always, tests }));
});
