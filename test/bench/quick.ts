// A first impression in half a minute, without a cluster: `npm run bench:quick`. Audits a world of 5,000 objects that a
// fake API server makes up, and prints how many times the floor that takes. Node's own start is in both.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ratioOf, spreadOf, type Figure, type Spread } from './figure.ts';
import { figureTable } from './figure-table.ts';
import { namespaceName } from './large-world.ts';
import { serveLargeWorld, type ServedWorld } from './measure/large-world-process.ts';

const PROGRAM = join(import.meta.dirname, '../../../bin/kubectl-palette_audit');
const FLOOR = join(import.meta.dirname, 'floor.js');
const SIZE = { namespaces: 40, packs: 40, claimed: 40, workloads: 7, loose: 0, customTypes: 160 };
const ROUNDS = 5;

/** Milliseconds from the start of a script to its end. */
async function timed({ kubeconfig }: ServedWorld, argv: readonly string[]): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, argv, {
    env: { KUBECONFIG: kubeconfig },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'close');
  const isFinding = code === 1 && argv[0] === PROGRAM;
  if (code !== 0 && !isFinding) throw new Error(`${argv.join(' ')} ended with ${String(code)}`);
  return performance.now() - started;
}

/** Each script in turn, round after round; the first round is not counted. */
async function interleaved(world: ServedWorld, scripts: readonly (readonly string[])[]): Promise<readonly Spread[]> {
  const times = scripts.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const [index, argv] of scripts.entries()) {
      const time = await timed(world, argv);
      if (round > 0) times[index]?.push(time);
    }
  return times.map(spreadOf);
}

async function figureOf(
  world: ServedWorld,
  title: string,
  [ours, floor]: readonly (readonly string[])[],
): Promise<Figure> {
  const [audit, least] = await interleaved(world, [
    [PROGRAM, ...(ours ?? [])],
    [FLOOR, ...(floor ?? [])],
  ]);
  if (audit === undefined || least === undefined) throw new Error('nothing was measured');
  return {
    title,
    value: ratioOf(audit, least),
    unit: 'times',
    measured: [
      { name: 'palette-audit', unit: 'ms', spread: audit },
      { name: 'floor', unit: 'ms', spread: least },
    ],
  };
}

const folder = mkdtempSync(join(tmpdir(), 'palette-audit-quick-'));
const world = await serveLargeWorld(SIZE, folder);
try {
  const one = namespaceName(0);
  console.log(
    figureTable([
      await figureOf(world, '`-A`, 5,000 objects in 40 namespaces', [['-A'], []]),
      await figureOf(world, '`-n` of one of them', [['-n', one], [one]]),
    ]),
  );
} finally {
  world.stop();
  rmSync(folder, { recursive: true, force: true });
}
