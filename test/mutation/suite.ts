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

/** How long each test took when it ran last. In ms. */
export const durations = new Map<string, number>();

const BUNDLE = resolve('build/test/mutation/tests.cjs');

/**
 * Loads the bundled tests of the working directory, anew at each call. Without mocha, which takes longer to start than most mutants take
 * to be noticed, and would not run one test again and again; so these tests have no hooks.
 * A test that asks for more time than others is one of size, and is left out.
 */
export function loadTests(): Tests {
  const tests = new Map<string, () => unknown>();
  const titles: string[] = [];
  const describe = (title: string, body: () => void): void => {
    titles.push(title);
    body();
    titles.pop();
  };
  const it = (title: string, test: () => unknown): { timeout: () => void } => {
    const whole = `${[...titles, title].join(' ')} #${tests.size}`;
    tests.set(whole, test);
    return { timeout: () => tests.delete(whole) };
  };
  Object.assign(globalThis, { describe, it, __stryker__: instrumented });
  const require = createRequire(import.meta.url);
  Reflect.deleteProperty(require.cache, BUNDLE);
  require(BUNDLE);
  return tests;
}

/** The first of these tests that fails, with its error; undefined when all pass. */
export async function firstFailure(tests: Tests): Promise<{ title: string; error: unknown } | undefined> {
  for (const [title, test] of tests) {
    instrumented.currentTestId = title;
    const began = performance.now();
    try {
      await test();
    } catch (error) {
      return { title, error };
    } finally {
      instrumented.currentTestId = undefined;
      durations.set(title, performance.now() - began);
    }
  }
  return undefined;
}
