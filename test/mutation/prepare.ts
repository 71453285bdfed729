import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { scenarios } from '../scenarios/support/scenario.ts';
import { recordingsOf, writeRecordings } from './recordings.ts';
import type { Recording } from './recordings.ts';

/** As deep as the compiled tests, which look for the goldens from where they are. */
const BUNDLE = 'build/test/mutation/tests.cjs';
/** Beside the bundle, whose tests look there; made once for all runs of this build. */
const RECORDINGS = 'build/test/mutation/recordings';
const MADE = join(import.meta.dirname, 'recordings');

/** Folders whose tests need neither network nor disk, beside the replays. */
const PURE = ['attribution', 'audit', 'removal'];

/** Tests of size and random worlds: they take longer than all others together, for every mutant. */
const SLOW: ReadonlySet<string> = new Set(['again.test.ts', 'bounds.test.ts', 'invariants.test.ts']);

/** The tests to run against each mutant, in the order of their cost: a mutant ends at the first one that fails. */
function testFiles(): readonly string[] {
  const pure = PURE.map((folder) => join('test', folder)).filter((folder) => existsSync(folder));
  const found = pure.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  const tests = found.filter((name) => name.endsWith('.test.ts') && !SLOW.has(basename(name))).toSorted();
  return ['test/support/property-seed.ts', ...tests, 'test/mutation/replay.test.ts'].map((file) => resolve(file));
}

/** Puts the tests of the source tree in the working directory, mutated as it is, into one file. */
async function bundleTests(): Promise<void> {
  const entry = 'mutation-tests';
  const bundle = await rolldown({
    input: entry,
    platform: 'node',
    transform: { define: { 'import.meta.resolve': 'undefined' } },
    resolve: { alias: { undici: resolve('scripts/stubs/unused.cjs') } },
    treeshake: { moduleSideEffects: (id: string) => !/client-node\/dist\/(?!polyfill)/.test(id) },
    plugins: [
      {
        name: 'tests',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) =>
          id === entry
            ? testFiles()
                .map((file) => `import ${JSON.stringify(file)};`)
                .join('\n')
            : null,
      },
    ],
  });
  await bundle.write({ file: BUNDLE, format: 'cjs', codeSplitting: false });
  await bundle.close();
}

async function record(): Promise<void> {
  const recordings: Recording[] = [];
  for (const scenario of scenarios()) recordings.push(...(await recordingsOf(scenario)));
  writeRecordings(MADE, recordings);
}

if (!existsSync(MADE)) await record();
if (!existsSync(RECORDINGS)) {
  mkdirSync(dirname(RECORDINGS), { recursive: true });
  symlinkSync(MADE, RECORDINGS);
}
await bundleTests();
