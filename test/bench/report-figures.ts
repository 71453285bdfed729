import { at } from '../../src/cluster/json.ts';
import { FORMATS } from '../../src/render/formats.ts';
import { spreadOf, type Figure } from './figure.ts';
import type { WorldSize } from './large-world.ts';
import { serveLargeWorld } from './measure/large-world-process.ts';
import { measureOnce } from './measure/process-run.ts';
import { programsFor, type Tools } from './measure/programs.ts';

const ROUNDS = 5;

/** A fifth of the namespaces is a pack's, the others are additional ones of these packs: all objects are at stake. */
const ORDINARY: WorldSize = { namespaces: 500, packs: 100, claimed: 500, workloads: 12, loose: 0, customTypes: 160 };

/** Nearly every fourth object is an application of its own, as in no cluster that anybody looks after. */
const SCATTERED: WorldSize = { namespaces: 500, packs: 100, claimed: 500, workloads: 9, loose: 50, customTypes: 160 };

/** What takes time apart from the cluster: from the inventory to the text of the answer, in each format. */
export async function reportFigures(tools: Tools, folder: string): Promise<readonly Figure[]> {
  const ordinary = await figuresOf(tools, folder, { size: ORDINARY, world: 'ordinary' });
  return [...ordinary, ...(await figuresOf(tools, folder, { size: SCATTERED, world: '25,000 applications' }))];
}

interface Reported {
  readonly seconds: number;
  readonly objects: number;
}

async function figuresOf(
  tools: Tools,
  folder: string,
  { size, world }: { readonly size: WorldSize; readonly world: string },
): Promise<readonly Figure[]> {
  const served = await serveLargeWorld(size, folder);
  try {
    const { report } = programsFor(tools, folder, served.kubeconfig);
    const formats = FORMATS.map((format) => ({ format, runs: new Array<Reported>() }));
    for (let round = 0; round < ROUNDS; round += 1)
      for (const { format, runs } of formats) {
        const { stdout } = await measureOnce(tools.go.measured, report(format));
        runs.push(reportedBy(stdout));
      }
    return formats.map(({ format, runs }) => figureOf(format, world, runs));
  } finally {
    served.stop();
  }
}

function reportedBy(stdout: string): Reported {
  const said: unknown = JSON.parse(stdout);
  return { seconds: Number(at(said, 'seconds')), objects: Number(at(said, 'objects')) };
}

function figureOf(format: string, world: string, runs: readonly Reported[]): Figure {
  const spread = spreadOf(runs.map(({ seconds }) => seconds));
  return {
    title: `attribution to rendered report, ${String(runs[0]?.objects)} objects, ${world}, ${format}`,
    goal: { sense: 'at most', limit: 0.6, words: 's' },
    value: spread.median,
    unit: 's',
    measured: [{ name: `-o ${format}`, unit: 's', spread }],
  };
}
