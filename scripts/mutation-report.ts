// Writes docs/mutation.md from what Stryker measured: `npm run test:mutation`.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** One mutant of Stryker's report, in the form of the mutation testing report schema. */
interface Mutant {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
}

interface MutationReport {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>;
}

function isReport(value: unknown): value is MutationReport {
  return typeof value === 'object' && value !== null && 'files' in value;
}

function read(): MutationReport {
  const value: unknown = JSON.parse(readFileSync(`${ROOT}build/mutation.json`, 'utf8'));
  if (!isReport(value)) throw new Error('build/mutation.json is no mutation report');
  return value;
}

function isKilled({ status }: Mutant): boolean {
  return status === 'Killed' || status === 'Timeout';
}

function share(mutants: readonly Mutant[]): string {
  const killed = mutants.filter(isKilled).length;
  return `${killed} of ${mutants.length} (${((100 * killed) / Math.max(1, mutants.length)).toFixed(1)} %)`;
}

function survivor(file: string, { location, mutatorName, replacement = '' }: Mutant): string {
  const text = replacement.replaceAll(/\s+/g, ' ').replaceAll('`', "'").slice(0, 80);
  return `- ${file}:${location.start.line}:${location.start.column} ${mutatorName}: \`${text}\``;
}

function page(report: MutationReport, commit: string): string {
  const files = Object.entries(report.files);
  const rows = files.map(([file, { mutants }]) => {
    const timeouts = mutants.filter(({ status }) => status === 'Timeout').length;
    return `| ${file} | ${share(mutants)} | ${timeouts} |`;
  });
  const survivors = files.flatMap(([file, { mutants }]) =>
    mutants.filter((mutant) => !isKilled(mutant)).map((mutant) => survivor(file, mutant)),
  );
  const all = files.flatMap(([, { mutants }]) => mutants);
  return [
    '# Mutation testing',
    '<!-- Made by "npm run test:mutation". -->',
    `Measured at commit ${commit}: ${share(all)} killed. A mutant that made the tests run without end counts as killed.`,
    ['| File | Killed | of them by time |', '| --- | --- | --- |', ...rows].join('\n'),
    '## Survivors',
    survivors.join('\n'),
    '',
  ].join('\n\n');
}

const commit = execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
writeFileSync(`${ROOT}docs/mutation.md`, page(read(), commit));
