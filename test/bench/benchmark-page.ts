import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { commitOf } from '../../scripts/commit.ts';
import { isHeld, isNearFloor, TIMES_THE_FLOOR } from './figure.ts';
import { figureTable } from './figure-table.ts';
import type { Run } from './measured-figures.ts';
import { chartSource } from './world/charts.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** docs/benchmark.md: what was measured, on what, and what came out. */
export function benchmarkPage(run: Run): string {
  const { figures, agreed, summary } = run;
  const judged = figures.filter(({ goal }) => goal !== undefined);
  const held = judged.filter(isHeld);
  const near = judged.filter((figure) => isHeld(figure) === false && isNearFloor(figure) === true);
  return `# Benchmark

${summary}

Written by \`npm run bench\`, which needs Go. Commit ${commitOf(ROOT)}.

${String(held.length)} of ${String(judged.length)} goals are held${nearText(near.length)}. Times are medians of whole processes by the clock, in seconds, with the least and the most; programs that are held against each other ran in turn, in an order that changes from round to round, with a pause between.

${figureTable(figures)}

## What was measured

- The small cluster holds ${String(agreed.objects)} objects, of which ${String(agreed.events)} are Events, of ${String(agreed.types)} types with any; 40 namespaces have a pack each, whose release has 10 revisions, made from ${chartSource()}. One release failed and one is being upgraded.
- All programs saw the same objects: the floor by UID, the others by type and name. An Event is served as two types, and counts once; ketall leaves Events out.
- *floor* is a script (\`test/bench/floor.ts\`): discovery, a bare metadata listing of the same types, one GET per release; nothing else.
- *ketall* is its client code as the module \`github.com/flanksource/ketall\` offers it to programs, with ketall's defaults and the newest client-go that it builds with; \`test/bench/programs/ketall\` prints what it lists. The Go module proxy did not offer the program itself when this was written, nor kubectl-tree, for which kube-lineage stands here.
- Bytes are those on the wire, encrypted, counted by a proxy in runs of their own. Memory is the largest resident set, as the kernel counts it.

## On what

| | |
| --- | --- |
${versionRows(run)}
`;
}

function nearText(near: number): string {
  if (near === 0) return '';
  return `; ${String(near)} more ${near === 1 ? 'is' : 'are'} within ${String(TIMES_THE_FLOOR)} times the least that any program has to ask for`;
}

/** README.md with what the benchmark says in short, between two comments. Throws an Error when it has no such place. */
export function readmeWith(readme: string, { summary }: Run): string {
  const [start, end] = ['<!-- benchmark -->\n', '\n<!-- /benchmark -->'];
  const [from, to] = [readme.indexOf(start) + start.length, readme.indexOf(end)];
  if (from < start.length || to < from) throw new Error('README.md has no place for the benchmark');
  return `${readme.slice(0, from)}\n${summary}\n${readme.slice(to)}`;
}

function versionRows({ tools }: Run): string {
  const version = (name: 'kube-apiserver' | 'etcd' | 'kubectl' | 'helm3'): string => tools.assets.tool(name).version;
  const [cpu] = cpus();
  const rows: readonly (readonly [string, string])[] = [
    ['kube-apiserver', version('kube-apiserver')],
    ['etcd', version('etcd')],
    ['kubectl', version('kubectl')],
    ['Helm', version('helm3')],
    ['ketall, as flanksource/ketall', tools.go.peer('ketall').version],
    ['kor', tools.go.peer('kor').version],
    ['kube-lineage', tools.go.peer('kube-lineage').version],
    ['Node of the archive, which also runs the floor', tools.standalone.version],
    ['Node of the npm package', process.version],
    ['processor', `${cpu?.model.trim() ?? 'unknown'}, ${String(cpus().length)} cores, shared by servers and clients`],
    ['memory', `${String(Math.round(totalmem() / 2 ** 30))} GiB`],
  ];
  return rows.map(([what, which]) => `| ${what} | ${which} |`).join('\n');
}
