import { audit } from '../audit/audit.ts';
import { gapsOf } from '../audit/coverage.ts';
import { explainNamespace } from '../audit/explain.ts';
import { namespacesReport } from '../audit/namespaces.ts';
import { encodeSnapshot } from '../cluster/snapshot.ts';
import { writeSnapshotFile } from '../cluster/snapshot-file.ts';
import type { Subject } from '../model/subject.ts';
import { joinPacks } from '../profiles/join.ts';
import { renderCoverage, renderExplanation, renderNamespaces, renderReport, type Style } from '../render/formats.ts';
import { renderRights } from '../render/rbac.ts';
import { separate } from '../separation/separate.ts';
import { parseArguments } from './arguments.ts';
import { wantsColor } from './color.ts';
import { failureOf } from './failure.ts';
import type { Command, Invocation } from './invocation.ts';
import { refuseUnknownNamespaces } from './known-namespaces.ts';
import { auditOutcome, type ExitCode } from './outcome.ts';
import type { Ports } from './ports.ts';
import { progressLine } from './progress.ts';
import { openLive, read, type Reading } from './read.ts';
import { subjectOf } from './read-subject.ts';
import { parseSelector, selected, selectorKeys, withLabels, type Selector } from './selector.ts';
import { snapshotSummary } from './snapshot-summary.ts';

/** How the program is called, in every text that names a command. */
const COMMAND = 'kubectl palette-audit';

/** The whole program: understand, read, judge, say. Never rejects and never exits; every failure is a code and a text. */
export async function run(argv: readonly string[], ports: Ports): Promise<ExitCode> {
  try {
    const invocation = await parseArguments(argv);
    if (invocation.kind === 'text') {
      ports.stdout(`${invocation.text.trimEnd()}\n`);
      return 0;
    }
    return await answer(invocation, ports);
  } catch (error) {
    const { code, text } = failureOf(error);
    ports.stderr(text);
    return code;
  }
}

type Run = Extract<Invocation, { kind: 'run' }>;

async function answer(invocation: Run, ports: Ports): Promise<ExitCode> {
  const { command, subject: flags, output } = invocation;
  if (command.name === 'rbac') return printRights(command, invocation, ports);
  const selector = flags.selector === undefined ? [] : parseSelector(flags.selector);
  const progress = progressLine(ports);
  const reading = await read(
    {
      connection: invocation.connection,
      subject: command.name === 'explain' ? { ...flags, namespaces: [command.namespace] } : flags,
      wholeCluster: command.name === 'snapshot' || flags.allNamespaces,
      references: command.name === 'snapshot',
      extraLabelKeys: new Set([...output.labelColumns, ...selectorKeys(selector)]),
      log: verboseLog(output, ports),
      progress: progress.show,
    },
    ports,
  ).finally(progress.clear);
  if (command.name === 'snapshot') return saveSnapshot(command, reading, ports);
  const narrowedTo = command.name === 'explain' ? [command.namespace] : flags.namespaces;
  const { inventory } = reading;
  const { allNamespaces } = flags;
  const subject = await subjectOf(
    joinPacks(reading.definitions),
    { inventory, narrowedTo, allNamespaces },
    reading.look,
  );
  if (command.name !== 'explain') refuseUnknownNamespaces(subject);
  return say({ ...invocation, selector }, subject, ports);
}

function say(
  { command, output, subject: flags, selector }: Run & { readonly selector: Selector },
  subject: Subject,
  ports: Ports,
): ExitCode {
  const style = (exitCode: ExitCode): Style => ({
    format: output.output,
    color: wantsColor(output, ports),
    noHeaders: output.noHeaders,
    labelColumns: output.labelColumns,
    exitCode,
    command: COMMAND,
  });
  if (command.name === 'namespaces') {
    const report = namespacesReport(subject);
    const code = report.complete ? 0 : 3;
    ports.stdout(renderNamespaces(report, style(code)));
    ports.stderr(renderCoverage({ ...report, narrowedTo: flags.namespaces }, style(code)));
    return code;
  }
  if (command.name === 'explain') {
    const explanation = explainNamespace(subject, command.namespace);
    const code = explanation.complete ? 0 : 3;
    ports.stdout(renderExplanation(explanation, style(code)));
    ports.stderr(renderCoverage({ ...explanation, narrowedTo: [command.namespace] }, style(code)));
    return code;
  }
  const judged = audit(subject);
  const report = { ...judged, separations: separate(judged, subject) };
  const code = auditOutcome(report, output.failOn);
  const shown = flags.selector === undefined ? report : { ...selected(report, selector), selector: flags.selector };
  ports.stdout(renderReport(withLabels(shown, output.labelColumns), style(code)));
  ports.stderr(renderCoverage(report, style(code)));
  return code;
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

function verboseLog({ verbosity }: Run['output'], ports: Ports): (level: number, line: string) => void {
  return (level, line) => {
    if (level <= verbosity) ports.stderr(`${line}\n`);
  };
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
