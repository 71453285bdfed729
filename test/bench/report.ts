// Reads a cluster and measures what comes after: `node report.js FORMAT` prints in JSON the seconds
// from the inventory to the text of the answer, in a process that has judged nothing before, as whoever audits has it.
import { parseArguments } from '../../src/cli/arguments.ts';
import type { Run } from '../../src/cli/invocation.ts';
import type { Ports } from '../../src/cli/ports.ts';
import { read, type Reading } from '../../src/cli/read.ts';
import { subjectOf } from '../../src/cli/read-subject.ts';
import { answerTo } from '../../src/cli/say.ts';
import { joinPacks } from '../../src/profiles/join.ts';

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

async function auditOf(kubeconfig: string, format: string): Promise<Run> {
  const invocation = await parseArguments(['audit', '-A', '--kubeconfig', kubeconfig, '-o', format]);
  if (invocation.kind !== 'run') throw new Error('the command line is no audit');
  return invocation;
}

function readAll({ connection, subject }: Run): Promise<Reading> {
  const request = { wholeCluster: true, withoutPalette: false, references: false, extraLabelKeys: new Set<string>() };
  return read({ ...request, connection, subject, log: () => {}, progress: () => {} }, PORTS);
}

async function secondsOf(run: Run, reading: Reading): Promise<number> {
  const question = { ...run, selector: [], prediction: undefined, next: [], target: undefined };
  const started = performance.now();
  const about = { inventory: reading.inventory, narrowedTo: [], allNamespaces: true };
  const subject = await subjectOf(joinPacks(reading.definitions), about, reading.look);
  const { text } = answerTo(question, subject, PORTS);
  const seconds = (performance.now() - started) / 1000;
  if (text === '') throw new Error(`-o ${run.output.output} said nothing`);
  return seconds;
}

const run = await auditOf(process.env['KUBECONFIG'] ?? '', process.argv[2] ?? '');
const reading = await readAll(run);
const seconds = await secondsOf(run, reading);
console.log(JSON.stringify({ seconds, objects: reading.inventory.objects.length }));
