import type { Figure } from './figure.ts';
import { objectCount, type WorldSize } from './large-world.ts';
import { serveLargeWorld } from './measure/large-world-process.ts';
import { measureOnce, type Taken } from './measure/process-run.ts';
import { programsFor, type Tools } from './measure/programs.ts';

/** Ten packs, each with a namespace of its own, in a cluster of so many namespaces. */
function worldOf(namespaces: number): WorldSize {
  return { namespaces, packs: 10, claimed: 10, workloads: 12, loose: 0, customTypes: 160 };
}

/** What the memory of an audit of everything grows by, from 10,000 to 1,000,000 objects. */
export async function memoryFigures(tools: Tools, folder: string): Promise<readonly Figure[]> {
  const sizes = [worldOf(50), worldOf(500), worldOf(4900)];
  const peaks: { readonly objects: number; readonly taken: Taken }[] = [];
  for (const size of sizes) peaks.push({ objects: objectCount(size), taken: await audited(tools, folder, size) });
  const [few, many, most] = peaks;
  if (few === undefined || many === undefined || most === undefined) throw new Error('nothing was measured');
  const perObject = (a: typeof few, b: typeof few): number =>
    ((b.taken.peakMb - a.taken.peakMb) * 2 ** 20) / (b.objects - a.objects);
  const measured = peaks.map(({ objects, taken: { peakMb } }) => ({
    name: `${String(objects)} objects`,
    unit: 'MB' as const,
    spread: { median: peakMb, min: peakMb, max: peakMb, runs: 1 },
  }));
  return [
    {
      title: `${String(most.objects)} objects on a fake server, peak memory of \`-A\``,
      goal: { sense: 'at most', limit: 768, words: 'MB' },
      value: most.taken.peakMb,
      unit: 'MB',
      measured,
    },
    {
      title: 'memory per object from 100,000 to 1,000,000, against that from 10,000 to 100,000',
      goal: { sense: 'at most', limit: 1.1, words: 'times: linear' },
      value: perObject(many, most) / perObject(few, many),
      unit: 'times',
      measured,
    },
  ];
}

async function audited(tools: Tools, folder: string, size: WorldSize): Promise<Taken> {
  const world = await serveLargeWorld(size, folder);
  try {
    return await measureOnce(tools.go.measured, programsFor(tools, folder, world.kubeconfig).audit('-A'));
  } finally {
    world.stop();
  }
}
