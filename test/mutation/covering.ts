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
  var __stryker__: { currentTestId?: string | undefined; mutantCoverage?: Reached } | undefined;
}

/** The titles of the tests that reach a mutant; undefined when all may, as for code that runs while files load. */
function testsReaching(mutant: string): ReadonlySet<string> | undefined {
  if (!existsSync(NOTES)) return undefined;
  const notes: unknown = JSON.parse(readFileSync(NOTES, 'utf8'));
  if (at(notes, 'static', mutant) !== undefined) return undefined;
  const tests = listAt(notes, 'tests').filter((test) => at(test, 'mutants', mutant) !== undefined);
  return new Set(tests.map((test) => String(at(test, 'title'))));
}

function keep(suite: Suite, titles: ReadonlySet<string>): void {
  suite.tests = suite.tests.filter((test) => titles.has(test.fullTitle()));
  for (const inner of suite.suites) keep(inner, titles);
}

const mutant = process.env['__STRYKER_ACTIVE_MUTANT__'];
const instrumented = globalThis.__stryker__ ?? {};
globalThis.__stryker__ = instrumented;

before(function () {
  const titles = mutant === undefined ? undefined : testsReaching(mutant);
  if (titles !== undefined && this.test?.parent !== undefined) keep(this.test.parent, titles);
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
