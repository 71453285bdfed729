import { ratioOf, type Figure } from './figure.ts';
import { interleaved, timesOf } from './measure/interleaved.ts';
import type { Programs } from './measure/programs.ts';
import { objectsIn, type SeededWorld } from './world/worlds.ts';

const ROUNDS = 6;

/** A cluster, and the programs that ask it. */
export interface Asked {
  readonly programs: Programs;
  readonly world: SeededWorld;
}

/** Many objects of one type, in a cluster that has little else. */
export async function oneTypeFigures(
  measured: string,
  { programs }: Asked,
  objects: number,
): Promise<readonly Figure[]> {
  const [audit, pages] = ['palette-audit -A', 'pages of 500, one after the other'];
  const floor = 'floor, the ConfigMaps namespace by namespace';
  const contest = {
    [audit]: programs.audit('-A'),
    [pages]: programs.pages('/api/v1/configmaps'),
    [floor]: programs.floor('--by-namespace=configmaps'),
  };
  const results = await interleaved(measured, contest, ROUNDS);
  const listed = Number(results(pages).stdout);
  if (listed < objects) throw new Error(`${String(listed)} ConfigMaps of ${String(objects)} were listed`);
  const found = results(floor)
    .stdout.split('\n')
    .filter((line) => line.startsWith('configmaps ')).length;
  if (found < objects) throw new Error(`the floor found ${String(found)} ConfigMaps of ${String(objects)}`);
  return [
    {
      title: `${String(objects)} ConfigMaps in 400 namespaces, all of the cluster audited`,
      goal: { sense: 'at most', limit: 0.6, words: 'times the ConfigMaps alone in pages of 500' },
      value: ratioOf(results(audit).wall, results(pages).wall),
      unit: 'times',
      measured: [audit, pages, floor].flatMap((name) => timesOf(name, results(name))),
      floor: ratioOf(results(floor).wall, results(pages).wall),
    },
  ];
}

/** What 100,000 objects take, against some thousands, in time and memory. */
export async function sizeFigures(measured: string, large: Asked, small: Asked): Promise<readonly Figure[]> {
  const [many, few] = ['palette-audit -A, large', 'palette-audit -A, small'];
  const contest = { [many]: large.programs.audit('-A'), [few]: small.programs.audit('-A') };
  const results = await interleaved(measured, contest, ROUNDS);
  const [manyObjects, fewObjects] = [await objectsIn(large.world), await objectsIn(small.world)];
  const perObject = (name: string, objects: number): number => (results(name).wall.median / objects) * 1000;
  return [
    {
      title: `${String(manyObjects)} objects, peak memory`,
      goal: { sense: 'at most', limit: 256, words: 'MB' },
      value: results(many).peak.median,
      unit: 'MB',
      measured: [many, few].map((name) => ({ name, unit: 'MB', spread: results(name).peak })),
    },
    {
      title: `${String(manyObjects)} objects, time per object`,
      goal: { sense: 'at most', limit: 1, words: `times that of ${String(fewObjects)} objects` },
      value: perObject(many, manyObjects) / perObject(few, fewObjects),
      unit: 'times',
      measured: [many, few].flatMap((name) => timesOf(name, results(name))),
    },
  ];
}

/** The same namespaces in a large cluster and alone. */
export async function fewNamespacesFigures(measured: string, large: Asked, alone: Asked): Promise<readonly Figure[]> {
  const [among, only] = ['palette-audit, large', 'palette-audit, alone'];
  const contest = { [among]: large.programs.audit(), [only]: alone.programs.audit() };
  const results = await interleaved(measured, contest, ROUNDS);
  return [
    {
      title: `${String(alone.world.namespaces.length)} namespaces at stake in a cluster of ${String(await objectsIn(large.world))} objects`,
      goal: { sense: 'at most', limit: 1.3, words: 'times the same namespaces alone' },
      value: ratioOf(results(among).wall, results(only).wall),
      unit: 'times',
      measured: [among, only].flatMap((name) => timesOf(name, results(name))),
    },
  ];
}
