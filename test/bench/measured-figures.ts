import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureAssets } from '../../scripts/assets/ensure-assets.ts';
import { asLastResort } from '../real-cluster/support/last-resort.ts';
import { startControlPlane, type ControlPlane } from '../real-cluster/support/control-plane.ts';
import type { Figure } from './figure.ts';
import { fewNamespacesFigures, oneTypeFigures, sizeFigures, type Asked } from './large-figures.ts';
import { manifestFigures } from './manifest-figures.ts';
import type { Agreed } from './measure/agreement.ts';
import { ensureGoPrograms } from './measure/go-programs.ts';
import { programsFor, type Tools } from './measure/programs.ts';
import { unpackedArchive } from './measure/standalone.ts';
import { memoryFigures } from './memory-figures.ts';
import { namespaceFigures } from './namespace-figures.ts';
import { peerFigures } from './peer-figures.ts';
import { startFigures } from './start-figures.ts';
import { wholeClusterFigures } from './whole-cluster-figures.ts';
import { reportFigures } from './report-figures.ts';
import { renderedCharts } from './world/charts.ts';
import { addOneType, growTo } from './world/grow.ts';
import { fillUp, seedPacks, type WorldSize } from './world/worlds.ts';

/** What one run of the benchmark found. */
export interface Run {
  readonly figures: readonly Figure[];
  readonly agreed: Agreed;
  readonly tools: Tools;
  readonly summary: string;
}

type Report = (line: string) => void;

const SMALL = { packs: 40, types: 110 };
const SMALL_OBJECTS = 5600;
const LARGE = { objects: 100_000, namespaces: 500, types: 200 };
const ONE_TYPE = 60_000;
const FEW = 10;

/** Builds what is measured, fills clusters, measures, and takes everything down again. */
export async function measuredFigures(report: Report): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'palette-audit-bench-'));
  const removeFolder = (): void => rmSync(folder, { recursive: true, force: true });
  const forget = asLastResort(removeFolder);
  try {
    const go = await ensureGoPrograms(report);
    const tools = { assets: await ensureAssets(report), go, standalone: await unpackedArchive(folder) };
    const figures = [...(await startFigures(tools, folder))];
    report('start was measured');
    figures.push(...(await reportFigures(tools, folder)), ...(await memoryFigures(tools, folder)));
    report('reports and memory were measured');
    const measured = await onClusters(tools, report);
    return { ...measured, tools, figures: [...measured.figures, ...figures] };
  } finally {
    removeFolder();
    forget();
  }
}

async function onClusters(tools: Tools, report: Report): Promise<Omit<Run, 'tools'>> {
  const planes: ControlPlane[] = [];
  const seeded = async (size: WorldSize): Promise<Asked> => {
    const plane = await startControlPlane({ assets: tools.assets });
    planes.push(plane);
    const world = await seedPacks(plane, await renderedCharts(plane), size);
    return { world, programs: programsFor(tools, plane.folder, plane.kubeconfig) };
  };
  const { measured } = tools.go;
  try {
    const small = await seeded(SMALL);
    const manifests = manifestFigures(await renderedCharts(small.world.plane));
    await fillUp(small.world, SMALL_OBJECTS);
    report('the small cluster is filled');
    const whole = await wholeClusterFigures(measured, small.programs, small.world);
    report(`all programs saw the same ${String(whole.agreed.objects)} objects, and were measured`);
    const one = await namespaceFigures(measured, small.programs, small.world);
    const peers = await peerFigures(measured, small.programs, small.world);
    report('other programs were measured');
    const large = await seeded({ ...SMALL, packs: FEW });
    const filled = await addOneType(large.world, ONE_TYPE);
    report('the large cluster holds many objects of one type');
    const oneType = await oneTypeFigures(measured, large, ONE_TYPE);
    await growTo(large.world, LARGE, filled);
    report('the large cluster is filled');
    const size = await sizeFigures(measured, large, small);
    await small.world.plane.stop();
    const alone = await seeded({ packs: FEW, types: LARGE.types });
    report('the small number of namespaces is there alone');
    const few = await fewNamespacesFigures(measured, large, alone);
    return { ...whole, figures: [...whole.figures, ...one, ...peers, ...few, ...oneType, ...size, ...manifests] };
  } finally {
    for (const plane of planes) await plane.stop();
  }
}
