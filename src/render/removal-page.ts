import { destroyedGroups } from '../model/destroyed.ts';
import type { Breakage, CheckRun, DestroyedResource, Removal, RemovalReport } from '../model/removal.ts';
import { compareText } from '../model/resource.ts';
import { count, distinct, list } from './counts.ts';
import { filled, type Block, type Page, type Step, type Verdict } from './page.ts';
import type { PageStyle } from './page-style.ts';
import { preambleBlock, unseenBlock } from './preamble.ts';
import { separationBlock } from './recommendation.ts';
import { dataBlocks } from './removal-data.ts';
import { destroyedBlock, removalResourcesBlock } from './removal-resources.ts';
import { removalVerdict } from './removal-verdict.ts';
import { breakageText } from './words/breakages.ts';
import { hangText } from './words/hangs.ts';
import { coreLayerText, groupText, namespaceFateText, targetsText } from './words/removals.ts';

/** The answer of `removal` as a page. Layers that are removed one by one follow each other, the worst first. */
export function removalPage(report: RemovalReport, style: PageStyle): Page {
  const [first, ...others] = worstFirst(report);
  const subject = { ...report, narrowedTo: [] };
  return {
    title: 'Removal',
    verdict: first === undefined ? NOTHING : removalVerdict(first, report),
    blocks: filled([
      unseenBlock(subject),
      preambleBlock(subject, style.full, narrowedRow(report)),
      ...(first === undefined ? [] : removalBlocks(first, report, style)),
      ...others.flatMap((removal) => otherBlocks(removal, report, style)),
      movesInBlock(report),
      { kind: 'notes', lines: report.coreLayers.map(coreLayerText) },
      ...beforeBlocks(report, style.helm),
      { kind: 'notes', lines: [CATALOG] },
      closing(first, report, style),
    ]),
  };
}

const NOTHING: Verdict = { tone: 'unsure', word: 'UNKNOWN', text: ': nothing that can be removed was named.' };

/** Source: Palette docs, Profile Customization and Delete a Cluster Profile. */
const CATALOG =
  "Removing a pack or profile from a cluster destroys what is listed here. Deleting a profile in Palette's catalog does not touch the cluster.";

const WORST_FIRST = ['conflict', 'unknown', 'clear'];

function worstFirst({ removals }: RemovalReport): readonly Removal[] {
  return removals.toSorted(
    (a, b) =>
      WORST_FIRST.indexOf(a.verdict) - WORST_FIRST.indexOf(b.verdict) ||
      compareText(targetsText(a.targets), targetsText(b.targets)),
  );
}

function narrowedRow({ narrowedTo }: RemovalReport): readonly (readonly [string, string])[] {
  return narrowedTo.length === 0 ? [] : [['Printed', `contents of ${list(narrowedTo)} only (-n); judged is all`]];
}

/** The page begins with the verdict of the first removal; each other one begins with its own. */
function otherBlocks(removal: Removal, report: RemovalReport, style: PageStyle): readonly Block[] {
  const { word, text } = removalVerdict(removal, report);
  return [{ kind: 'notes', lines: [`${word}${text}`] }, ...removalBlocks(removal, report, style)];
}

function removalBlocks(removal: Removal, report: RemovalReport, style: PageStyle): readonly Block[] {
  return [
    namespacesBlock(removal),
    destroyedBlock(removal, report, style.full),
    { kind: 'notes', lines: stayingLines(removal) },
    ...(style.full ? [removalResourcesBlock(removal, report)] : []),
    hooksBlock(removal),
    { kind: 'notes', lines: keptLines(removal) },
    ...dataBlocks(removal.data, report.takenAt),
    breakagesBlock(removal),
    { kind: 'notes', lines: checkLines(removal.checks) },
    hangsBlock(removal),
  ];
}

function namespacesBlock({ namespaces }: Removal): Block {
  return {
    kind: 'table',
    title: 'Namespaces',
    columns: [{ head: 'NAMESPACE', as: 'name' }, { head: 'IF REMOVED' }],
    rows: namespaces.map((namespace) => [namespace.namespace, namespaceFateText(namespace)]),
  };
}

/** What becomes of packs that stay in their profiles. */
function stayingLines(removal: Removal): readonly string[] {
  const groups = destroyedGroups(removal);
  const packs = distinct(groups.filter(({ ownerClass }) => ownerClass === 'staying-pack').map(({ owner }) => owner));
  if (packs.length === 0) return [];
  const them = packs.length === 1 ? 'it' : 'them';
  return [
    `${list(packs)}: an outage, then Palette reinstalls ${them}; the data on ${packs.length === 1 ? 'its' : 'their'} volumes is lost.`,
  ];
}

function hooksBlock({ hooks }: Removal): Block {
  return {
    kind: 'table',
    title: 'Hooks',
    columns: [
      { head: 'RUNS CODE', shrinks: true, as: 'name' },
      { head: 'AT' },
      { head: 'RELEASE', shrinks: true, as: 'name' },
    ],
    rows: hooks.map(({ kind, name, events, release }) => [`${kind}/${name}`, events.join(', '), release]),
  };
}

/** What Helm's keep policy saves, and where it saves nothing. */
function keptLines({ kept }: Removal): readonly string[] {
  const names = (saved: boolean): readonly string[] =>
    kept
      .filter((resource) => resource.saved === saved)
      .map(({ namespace, type, name }) => placeText({ namespace, type, name }));
  const saved = names(true);
  const lost = names(false);
  return [
    ...(saved.length === 0 ? [] : [`Kept by helm.sh/resource-policy: ${list(saved)}.`]),
    ...(lost.length === 0
      ? []
      : [`helm.sh/resource-policy: keep saves nothing inside a namespace that is destroyed: ${list(lost)}.`]),
  ];
}

function placeText({ namespace, type, name }: Pick<DestroyedResource, 'namespace' | 'type' | 'name'>): string {
  return `${type}/${name}${namespace === '' ? '' : ` in ${namespace}`}`;
}

function breakagesBlock({ breakages, checks }: Removal): Block {
  const rows = breakages.map(
    (breakage: Breakage) => [breakage.check, breakage.severity, breakageText(breakage)] as const,
  );
  const ran = checks.filter((check) => check.ran).length;
  return {
    kind: 'reasons',
    title: `Breaks outside (${ran} of ${count(checks.length, 'check')} ran, not exhaustive)`,
    heads: ['Check', 'Severity', 'What breaks'],
    rows,
  };
}

/** Which checks ran is always said: nothing found by them is no proof. */
function checkLines(checks: readonly CheckRun[]): readonly string[] {
  const failed = checks.filter(({ ran }) => !ran);
  const ran = checks.filter((check) => check.ran).map(({ check }) => check);
  const hits = checks.reduce((sum, check) => sum + check.hits, 0);
  return [
    `Breaks outside: ${ran.length} of ${count(checks.length, 'check')} ran, ${count(hits, 'hit')}; the list of checks is not exhaustive.`,
    ...(ran.length === 0 ? [] : [`Checks that ran: ${ran.join(', ')}.`]),
    ...failed.map(({ check, needs }) => `${check} did not run${needs === '' ? '' : ` (${needs})`}`),
  ];
}

function hangsBlock({ hangs }: Removal): Block {
  return { kind: 'notes', lines: hangs.map((hang) => `May hang: ${hangText(hang)}`) };
}

/** Packs of a new version that come into namespaces of others. */
function movesInBlock({ movesIn }: RemovalReport): Block {
  return {
    kind: 'notes',
    lines: movesIn.flatMap(({ pack, namespace, groups }) =>
      groups.map(
        (group) =>
          `After this version, the removal of pack ${pack} destroys ${count(group.resources.length, 'resource')} in ${namespace} of ${groupText(group)}.`,
      ),
    ),
  };
}

/** What separates the namespaces before they go. */
function beforeBlocks({ separations, removals }: RemovalReport, helm: string): readonly Block[] {
  if (removals.every(({ verdict }) => verdict === 'clear')) return [];
  const steps: readonly Step[] = separations.length === 0 ? [] : [AGAIN];
  return [
    ...separations.map((separation) => ({ ...separationBlock(separation, helm), title: 'Before you remove it' })),
    { kind: 'steps', title: 'Then', intro: '', steps },
  ];
}

const AGAIN: Step = { text: 'Run this again: what was moved should no longer be listed.', snippet: [], notes: [] };

/** The verdict once more: on a full screen the first line is out of sight. */
function closing(first: Removal | undefined, report: RemovalReport, { exitCode, full }: PageStyle): Block {
  const { word, text } = first === undefined ? NOTHING : removalVerdict(first, report);
  const wide = full ? [] : ['-o wide lists every resource.'];
  return {
    kind: 'closing',
    parts: [...`${word}${text} Exit code ${exitCode}.`.split(/(?<!\bcode) (?!code \d)/u), ...wide],
  };
}
