// Measures the program against others and against the floor, on real API servers that it starts and fills:
// `npm run bench`. Prints the table and writes docs/benchmark.md. Ends with 1 when something could not be measured; a
// goal that is not held is said in the table, and is no failure.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchmarkPage, readmeWith } from './benchmark-page.ts';
import { figureTable } from './figure-table.ts';
import { measuredFigures } from './measured-figures.ts';

const ROOT = join(import.meta.dirname, '../../..');

try {
  const started = performance.now();
  const report = (line: string): void =>
    console.error(`${String(Math.round((performance.now() - started) / 1000)).padStart(4)} s  ${line}`);
  const run = await measuredFigures(report);
  console.log(figureTable(run.figures));
  writeFileSync(join(ROOT, 'docs/benchmark.md'), benchmarkPage(run));
  const readme = join(ROOT, 'README.md');
  writeFileSync(readme, readmeWith(readFileSync(readme, 'utf8'), run));
  report('wrote docs/benchmark.md, and what it says in short into README.md');
} catch (error) {
  console.error(`bench: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  process.exitCode = 1;
}
