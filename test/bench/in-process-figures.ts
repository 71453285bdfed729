import { parseArguments } from '../../src/cli/arguments.ts';
import type { Run } from '../../src/cli/invocation.ts';
import type { Ports } from '../../src/cli/ports.ts';
import { read, type Reading } from '../../src/cli/read.ts';
import { subjectOf } from '../../src/cli/read-subject.ts';
import { answerTo } from '../../src/cli/say.ts';
import { joinPacks } from '../../src/profiles/join.ts';
import { FORMATS } from '../../src/render/formats.ts';
import { spreadOf, type Figure, type Spread } from './figure.ts';
import { startLargeServer } from './large-server.ts';
import type { WorldSize } from './large-world.ts';

const ROUNDS = 3;

/** A fifth of the namespaces is a pack's, the others are additional ones of these packs: all objects are at stake. */
const ORDINARY: WorldSize = { namespaces: 500, packs: 100, claimed: 500, workloads: 12, loose: 0, customTypes: 160 };

/** Nearly every fourth object is an application of its own, as in no cluster that anybody looks after. */
const SCATTERED: WorldSize = { namespaces: 500, packs: 100, claimed: 500, workloads: 9, loose: 50, customTypes: 160 };

/** What in this process takes time, apart from the cluster: from the inventory to the text of the answer. */
export async function inProcessFigures(): Promise<readonly Figure[]> {
  return [...(await reportFigures(ORDINARY, 'ordinary')), ...(await reportFigures(SCATTERED, '25,000 applications'))];
}

async function reportFigures(size: WorldSize, world: string): Promise<readonly Figure[]> {
  const server = await startLargeServer(size);
  try {
    const run = await auditOf(server.url);
    const reading = await readAll(run);
    const figures: Figure[] = [];
    for (const format of FORMATS) {
      const spread = await timesOf(run, reading, format);
      const title = `attribution to rendered report, ${String(reading.inventory.objects.length)} objects, ${world}, ${format}`;
      figures.push({
        title,
        goal: { sense: 'at most', limit: 0.6, words: 's' },
        value: spread.median,
        unit: 's',
        measured: [{ name: `-o ${format}`, unit: 's', spread }],
      });
    }
    return figures;
  } finally {
    await server.stop();
  }
}

async function auditOf(url: string): Promise<Run> {
  const invocation = await parseArguments(['audit', '-A', '--server', url]);
  if (invocation.kind !== 'run') throw new Error('the command line is no audit');
  return invocation;
}

const PORTS: Ports = {
  env: {},
  stdout: () => {},
  stderr: () => {},
  readStdin: () => Promise.resolve(new Uint8Array()),
  now: () => Date.now(),
  stdoutIsTerminal: false,
  stderrIsTerminal: false,
  signal: new AbortController().signal,
  runtime: { node: process.version, platform: 'linux/amd64' },
};

function readAll({ connection, subject }: Run): Promise<Reading> {
  const request = { wholeCluster: true, withoutPalette: false, references: false, extraLabelKeys: new Set<string>() };
  return read({ ...request, connection, subject, log: () => {}, progress: () => {} }, PORTS);
}

/** Seconds from the inventory to the text. */
async function timesOf(run: Run, reading: Reading, format: (typeof FORMATS)[number]): Promise<Spread> {
  const output = { ...run.output, output: format };
  const question = { ...run, output, selector: [], prediction: undefined, next: [], target: undefined };
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    const about = { inventory: reading.inventory, narrowedTo: [], allNamespaces: true };
    const subject = await subjectOf(joinPacks(reading.definitions), about, reading.look);
    const { text } = answerTo(question, subject, PORTS);
    times.push((performance.now() - started) / 1000);
    if (text === '') throw new Error(`-o ${format} said nothing`);
  }
  return spreadOf(times);
}
