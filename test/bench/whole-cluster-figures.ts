import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../../src/cluster/json.ts';
import { ratioOf, spreadOf, type Figure, type Spread } from './figure.ts';
import { agreementOf, type Agreed } from './measure/agreement.ts';
import { interleaved, timesOf, type Contest, type Result } from './measure/interleaved.ts';
import { measureOnce, type Command } from './measure/process-run.ts';
import type { Programs } from './measure/programs.ts';
import { sentBy, type Sent } from './measure/sent.ts';
import type { SeededWorld } from './world/worlds.ts';

const ROUNDS = 8;
const AUDIT = 'palette-audit -A';
const FLOOR = 'floor';
const KETALL = 'ketall -o name';
const KUBECTL = 'kubectl get of all types';

interface WholeCluster {
  readonly figures: readonly Figure[];
  readonly agreed: Agreed;
  /** For those who want to know no more. */
  readonly summary: string;
}

/** The figures of an audit of the whole cluster against others, and what all of them saw. */
export async function wholeClusterFigures(
  measured: string,
  programs: Programs,
  world: SeededWorld,
): Promise<WholeCluster> {
  const types = world.types.join(',');
  const contest = {
    [AUDIT]: programs.audit('-A'),
    [FLOOR]: programs.floor(),
    [KETALL]: programs.ketall(),
    [KUBECTL]: programs.kubectl('get', types, '-A', '-o', 'name'),
  } satisfies Contest;
  const agreed = await agreement(measured, programs, world, contest);
  const results = await interleaved(measured, contest, ROUNDS);
  const sent = await sentBy(measured, world.plane, contest);
  const figures = [...timeFigures(results), ...sentFigures(sent, world), memoryFigure(results(AUDIT))];
  return { figures, agreed, summary: summaryOf(results, agreed) };
}

function summaryOf(results: (name: string) => Result, { objects, releases }: Agreed): string {
  const [audit, kubectl, floor] = [results(AUDIT), results(KUBECTL), results(FLOOR)];
  const [seconds, least] = [audit, floor].map(({ wall }) => wall.median.toFixed(2));
  const times = ratioOf(kubectl.wall, audit.wall).toFixed(1);
  return `A cluster of ${String(objects)} objects with ${String(releases)} releases is audited in ${seconds ?? ''} s and ${audit.peak.median.toFixed(0)} MB of memory, ${times} times as fast as \`kubectl get\` lists it; the least that any program has to ask for takes ${least ?? ''} s.`;
}

async function agreement(
  measured: string,
  programs: Programs,
  world: SeededWorld,
  contest: Readonly<Record<string, Command>>,
): Promise<Agreed> {
  const stdoutOf = async (name: string): Promise<string> => {
    const command = contest[name];
    if (command === undefined) throw new Error(`no program ${name}`);
    return (await measureOnce(measured, command)).stdout;
  };
  const file = join(world.plane.folder, 'bench.snapshot.json');
  await measureOnce(measured, programs.audit('snapshot', file));
  const report: unknown = JSON.parse((await measureOnce(measured, programs.audit('-A', '-o', 'json'))).stdout);
  if (at(report, 'coverage', 'complete') !== true) throw new Error('the audit did not see everything');
  return agreementOf({
    snapshot: readFileSync(file, 'utf8'),
    floor: await stdoutOf(FLOOR),
    names: { [KETALL]: await stdoutOf(KETALL), [KUBECTL]: await stdoutOf(KUBECTL) },
    releases: world.namespaces.length,
  });
}

function timeFigures(results: (name: string) => Result): readonly Figure[] {
  const [audit, floor] = [results(AUDIT), results(FLOOR)];
  const faster = (name: string, limit: number): Figure => ({
    title: `${AUDIT}, time`,
    goal: { sense: 'at least', limit, words: `times as fast as ${name}` },
    value: ratioOf(results(name).wall, audit.wall),
    unit: 'times',
    measured: [...timesOf(AUDIT, audit), ...timesOf(name, results(name))],
    floor: ratioOf(results(name).wall, floor.wall),
  });
  return [
    faster(KETALL, 6),
    faster(KUBECTL, 9),
    {
      title: `${AUDIT}, time`,
      goal: { sense: 'at most', limit: 1.5, words: 'times the floor' },
      value: ratioOf(audit.wall, floor.wall),
      unit: 'times',
      measured: [...timesOf(AUDIT, audit), ...timesOf(FLOOR, floor)],
    },
  ];
}

function memoryFigure({ peak }: Result): Figure {
  return {
    title: `${AUDIT}, peak memory`,
    goal: { sense: 'at most', limit: 120, words: 'MB' },
    value: peak.median,
    unit: 'MB',
    measured: [{ name: AUDIT, unit: 'MB', spread: peak }],
  };
}

function once(value: number): Spread {
  return spreadOf([value]);
}

function sentFigures(sent: ReadonlyMap<string, Sent>, { namespaces }: SeededWorld): readonly Figure[] {
  const of = (name: string): Sent => {
    const one = sent.get(name);
    if (one === undefined) throw new Error(`no bytes of ${name}`);
    return one;
  };
  const bytes = (name: string) => ({ name, unit: 'MB' as const, spread: once(of(name).bytes / 1e6) });
  const unsettled = namespaces.filter(({ status }) => status !== 'deployed').length;
  const expected = namespaces.length + unsettled;
  return [
    {
      title: `${AUDIT}, sent by the API server`,
      goal: { sense: 'at most', limit: 1 / 8, words: `times ${KETALL}` },
      value: of(AUDIT).bytes / of(KETALL).bytes,
      unit: 'times',
      measured: [bytes(AUDIT), bytes(FLOOR), bytes(KETALL), bytes(KUBECTL)],
    },
    {
      title: `${AUDIT}, release records read`,
      goal: { sense: 'at most', limit: expected, words: 'records' },
      value: of(AUDIT).secretsGot,
      unit: 'count',
      measured: [{ name: AUDIT, unit: 'count', spread: once(of(AUDIT).secretsGot) }],
      note: `One for each of ${String(namespaces.length)} releases, two for the ${String(unsettled)} that failed or are pending`,
    },
  ];
}
