import { spreadOf, type Figure, type Measurement } from './figure.ts';
import { interleaved, timesOf } from './measure/interleaved.ts';
import { measureOnce, type Command } from './measure/process-run.ts';
import type { Programs } from './measure/programs.ts';
import type { SeededWorld } from './world/worlds.ts';

const ROUNDS = 4;
const AUDIT = 'palette-audit -A';

/** What other programs take on the same cluster, each for a question of its own: there is no goal in that. */
export async function peerFigures(
  measured: string,
  programs: Programs,
  { namespaces }: SeededWorld,
): Promise<readonly Figure[]> {
  const [first] = namespaces;
  if (first === undefined) throw new Error('the world has no namespace');
  const deployment = await firstDeployment(measured, programs, first.name);
  const [lineage, helm] = ['kube-lineage -A of a Deployment', 'helm list -A'];
  const contest = {
    [AUDIT]: programs.audit('-A'),
    [lineage]: programs.lineage('-A', '-n', first.name, deployment),
    [helm]: programs.helm('list', '-A'),
  };
  const results = await interleaved(measured, contest, ROUNDS);
  return [
    {
      title: 'other questions to the same cluster',
      value: results(AUDIT).wall.median,
      unit: 's',
      measured: [
        ...[AUDIT, lineage, helm].flatMap((name) => timesOf(name, results(name))),
        await takenOnce(measured, 'kor all', programs.kor()),
      ],
      note: "kube-lineage tells what hangs on one object, Helm which releases there are, kor what nobody uses; kor runs once, for it keeps to client-go's default of 5 requests a second",
    },
  ];
}

async function firstDeployment(measured: string, programs: Programs, namespace: string): Promise<string> {
  const { stdout } = await measureOnce(measured, programs.kubectl('get', 'deployments', '-n', namespace, '-o', 'name'));
  const [first] = stdout.split('\n');
  if (first === undefined || first === '') throw new Error(`${namespace} has no Deployment`);
  return first;
}

async function takenOnce(measured: string, name: string, command: Command): Promise<Measurement> {
  const { wallMs, stdout } = await measureOnce(measured, command);
  if (stdout.trim() === '') throw new Error(`${name} said nothing`);
  return { name, unit: 's', spread: spreadOf([wallMs / 1000]) };
}
