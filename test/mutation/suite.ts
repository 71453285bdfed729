import { createRequire } from 'node:module';
import { resolve } from 'node:path';

/** A test by its whole title. */
export type Tests = ReadonlyMap<string, () => unknown>;

/** What Stryker's instrumentation reads and notes. */
export interface Instrumented {
  activeMutant?: string;
  currentTestId?: string | undefined;
  /** How often the active mutant was reached, and how often at most before it throws. */
  hitCount?: number;
  hitLimit?: number;
  /** Mutants reached while no test ran, and by each test, with how often. */
  readonly mutantCoverage?: {
    readonly static: Readonly<Record<string, number>>;
    readonly perTest: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };
}

/** Where the instrumented code looks. It has to be there before that code is loaded. */
export const instrumented: Instrumented = {};

/**
 * Loads the bundled tests of the working directory. Without mocha, which takes longer to start than most mutants take
 * to be noticed, and would not run one test again and again; so these tests have no hooks.
 */
export function loadTests(): Tests {
  const tests = new Map<string, () => unknown>();
  const titles: string[] = [];
  const chained = { timeout: () => undefined };
  const describe = (title: string, body: () => void): typeof chained => {
    titles.push(title);
    body();
    titles.pop();
    return chained;
  };
  const it = (title: string, test: () => unknown): typeof chained => {
    tests.set(`${[...titles, title].join(' ')} #${tests.size}`, test);
    return chained;
  };
  Object.assign(globalThis, { describe, it, __stryker__: instrumented });
  createRequire(import.meta.url)(resolve('build/test/mutation/tests.cjs'));
  return tests;
}

/** The first of these tests that fails, with its error; undefined when all pass. */
export async function firstFailure(tests: Tests): Promise<{ title: string; error: unknown } | undefined> {
  for (const [title, test] of tests) {
    instrumented.currentTestId = title;
    try {
      await test();
    } catch (error) {
      return { title, error };
    } finally {
      instrumented.currentTestId = undefined;
    }
  }
  return undefined;
}
