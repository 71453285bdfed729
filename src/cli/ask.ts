import { gapsOf } from '../audit/coverage.ts';
import { encodeSnapshot } from '../cluster/snapshot.ts';
import { writeSnapshotFile } from '../cluster/snapshot-file.ts';
import { packsSeen } from '../model/covered.ts';
import type { Subject } from '../model/subject.ts';
import { joinPacks } from '../profiles/join.ts';
import { renderRights } from '../render/rbac.ts';
import { parseArguments } from './arguments.ts';
import { complete } from './completion/complete.ts';
import { COMPLETE } from './completion/shim.ts';
import { verboseLog } from './cluster-ports.ts';
import type { Command, Run } from './invocation.ts';
import { refuseUnknownNamespaces } from './known-namespaces.ts';
import type { ExitCode } from './outcome.ts';
import type { Ports } from './ports.ts';
import { readPrediction } from './prediction.ts';
import { progressLine } from './progress.ts';
import { openLive, read, type Reading, type ReadRequest } from './read.ts';
import { subjectOf } from './read-subject.ts';
import { answerTo } from './say.ts';
import { parseSelector, selectorKeys, type Selector } from './selector.ts';
import { snapshotSummary } from './snapshot-summary.ts';
import { narrowing } from './target.ts';
import { printVersions } from './versions.ts';

/** Understands the command line and answers it. Rejects with a UserError where that cannot be. */
export async function respond(argv: readonly string[], ports: Ports): Promise<ExitCode> {
  if (argv[0] === COMPLETE) {
    ports.stdout(await complete(argv.slice(1), ports));
    return 0;
  }
  const invocation = await parseArguments(argv);
  if (invocation.kind === 'run') return answer(invocation, ports);
  ports.stdout(`${invocation.text.trimEnd()}\n`);
  return 0;
}

async function answer(invocation: Run, ports: Ports): Promise<ExitCode> {
  const { command, subject: flags } = invocation;
  if (command.name === 'rbac') return printRights(command, invocation, ports);
  if (command.name === 'version') return printVersions(command, invocation, ports);
  const selector = flags.selector === undefined ? [] : parseSelector(flags.selector);
  const prediction = command.name === 'verify' ? await readPrediction(command.file) : undefined;
  const progress = progressLine(ports);
  const request = { ...requestOf(invocation, selector), log: verboseLog(invocation.output, ports) };
  const reading = await read({ ...request, progress: progress.show }, ports).finally(progress.clear);
  if (command.name === 'snapshot') return saveSnapshot(command, reading, ports);
  const subject = await subjectIn(reading, invocation);
  const { target } = reading;
  if (!('namespace' in command))
    refuseUnknownNamespaces({ ...subject, narrowedTo: narrowing(target, flags.namespaces) });
  const { text, aside, code } = answerTo(
    { ...invocation, selector, prediction, next: nextOf(reading), target },
    subject,
    ports,
  );
  ports.stdout(text);
  ports.stderr(aside);
  return code;
}

/** Commands whose answer rests on every type in every namespace. */
const WHOLE_CLUSTER: ReadonlySet<Command['name']> = new Set(['snapshot', 'removal', 'verify']);
/** Commands that need to know what objects say of each other. */
const REFERRING: ReadonlySet<Command['name']> = new Set(['snapshot', 'removal']);

/** What takes one resource along may lie anywhere. */
function isOfWholeCluster(command: Command): boolean {
  return WHOLE_CLUSTER.has(command.name) || 'resource' in command;
}

function requestOf(
  { command, connection, subject: flags, output }: Run,
  selector: Selector,
): Omit<ReadRequest, 'log' | 'progress'> {
  return {
    connection,
    subject: { ...flags, namespaces: narrowed(command, flags) },
    resource: 'resource' in command ? command.resource : undefined,
    wholeCluster: isOfWholeCluster(command) || flags.allNamespaces,
    references: REFERRING.has(command.name) || 'resource' in command,
    withoutPalette: command.name === 'verify',
    to: command.name === 'removal' ? command.to : undefined,
    extraLabelKeys: new Set([...output.labelColumns, ...selectorKeys(selector)]),
  };
}

function subjectIn(
  { definitions, inventory, look, target }: Reading,
  { command, subject: flags }: Run,
): Promise<Subject> {
  const narrowedTo = narrowing(target, narrowed(command, flags));
  const allNamespaces = flags.allNamespaces || isOfWholeCluster(command);
  const listsClaimed = command.name === 'audit';
  const packs = joinPacks(definitions, !packsSeen(inventory.coverage));
  return subjectOf(packs, { inventory, narrowedTo, allNamespaces, target, listsClaimed }, look);
}

/** Namespaces to which the question is narrowed. Of a removal everything is judged, whatever `-n` leaves to print. */
function narrowed(command: Command, { namespaces }: Run['subject']): readonly string[] {
  if ('namespace' in command) return [command.namespace];
  return command.name === 'removal' ? [] : namespaces;
}

/** The new version of `--to`, with the pack directories of `-f` that may tell what is in its packs. */
function nextOf({ next, definitions }: Reading): Reading['next'] {
  return next.length === 0 ? [] : [...next, ...definitions.filter(({ isPackDirectory }) => isPackDirectory)];
}

/** What could not be learnt of the cluster is missing from the roles: exit code 3. */
async function printRights(
  { withoutSecrets, wildcard, removal }: Extract<Command, { name: 'rbac' }>,
  { connection, subject, output }: Run,
  ports: Ports,
): Promise<ExitCode> {
  const log = verboseLog(output, ports);
  const cluster = await openLive({ connection, subject, log, progress: () => {} }, ports);
  const rights = await cluster.readRights({ namespaces: subject.namespaces, withoutSecrets, wildcard, removal });
  ports.stdout(renderRights(rights));
  return rights.unanswered.length === 0 ? 0 : 3;
}

async function saveSnapshot(
  { file, force }: { readonly file: string; readonly force: boolean },
  { inventory, definitions, palette }: Reading,
  ports: Ports,
): Promise<ExitCode> {
  await writeSnapshotFile(file, encodeSnapshot({ inventory, definitions, palette }), { force });
  const gaps = gapsOf(inventory.coverage);
  ports.stdout(snapshotSummary(file, inventory, gaps));
  return gaps.length === 0 ? 0 : 3;
}
