import { ratioOf, type Figure } from './figure.ts';
import { interleaved, timesOf } from './measure/interleaved.ts';
import type { Programs } from './measure/programs.ts';
import type { SeededWorld } from './world/worlds.ts';

const ROUNDS = 8;

/** What it takes to ask about one namespace. */
export async function namespaceFigures(
  measured: string,
  programs: Programs,
  { namespaces }: SeededWorld,
): Promise<readonly Figure[]> {
  const [first] = namespaces;
  if (first === undefined) throw new Error('the world has no namespace');
  const [audit, kubectl, floor] = ['palette-audit -n', 'kubectl get all -n', 'floor of that namespace'];
  const least = `${floor} and of all releases`;
  const contest = {
    [audit]: programs.audit('-n', first.name),
    [kubectl]: programs.kubectl('get', 'all', '-n', first.name),
    [floor]: programs.floor(first.name),
    [least]: programs.floor('--all-releases', first.name),
  };
  const results = await interleaved(measured, contest, ROUNDS);
  return [
    {
      title: 'one namespace',
      goal: { sense: 'at most', limit: 1.5, words: `times \`${kubectl}\`` },
      value: ratioOf(results(audit).wall, results(kubectl).wall),
      unit: 'times',
      measured: [audit, kubectl, floor].flatMap((name) => timesOf(name, results(name))),
      floor: ratioOf(results(least).wall, results(kubectl).wall),
      note: 'kubectl asks for 9 types, and of no release; the floor lists all types of the namespace',
    },
    {
      title: 'one namespace, against what its answer rests on',
      goal: { sense: 'at most', limit: 1.5, words: `times the ${least}` },
      value: ratioOf(results(audit).wall, results(least).wall),
      unit: 'times',
      measured: [audit, least].flatMap((name) => timesOf(name, results(name))),
      note: 'a release of any namespace may have put something into this one',
    },
  ];
}
