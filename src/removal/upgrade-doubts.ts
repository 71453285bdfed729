import { DISPLAY_NAME } from '../model/definition.ts';
import type { Pack, Stake } from '../model/pack.ts';
import type { DoubtCode, Reason } from '../model/removal.ts';
import { namesNothing, UNSEEN_CONTENT } from '../model/unseen-content.ts';
import { deployed, isOtherVersion } from './editions.ts';
import type { Grounds } from './report.ts';
import type { Upgrade } from './upgrade.ts';
import { hasUnseenRelease, reason } from './verdict.ts';
import type { World } from './world.ts';

/** Packs of which something goes, and that another profile has, too: whether that lets it go is not known. */
export function sharedAmong({ before, profile }: Upgrade, removed: ReadonlySet<string>): readonly string[] {
  return before
    .filter(({ name, profiles }) => removed.has(name) && profiles.some((one) => one.name !== profile))
    .map(({ name }) => name);
}

/**
 * Packs that move, or name another release, and have one that nobody could read: it is uninstalled then, whatever it
 * contains.
 */
export function unseenReleases(world: World, { before, after, stakes, renamed }: Upgrade): readonly string[] {
  const stay = new Set(after.map(({ name }) => name));
  const moved = before.filter(({ name }) => {
    const next = new Set(homes(stakes, name));
    const isMoved = homes(world.subject.stakes, name).some((home) => !next.has(home));
    return stay.has(name) && (isMoved || renamed.includes(name));
  });
  return moved.filter((pack) => hasUnseenRelease(world, pack)).map(({ name }) => name);
}

/** The namespace in which a pack lives, by each of its definitions. */
function homes(all: readonly Stake[], name: string): readonly string[] {
  return all
    .filter(({ pack, source }) => pack === name && source === 'pack.namespace')
    .map(({ namespace }) => namespace);
}

/** Parts of either version that could not be read may still name what seems to be left. */
export function definitionDoubts(upgrade: Upgrade, grounds: Grounds): readonly Reason<DoubtCode>[] {
  const { before, after, stakes } = upgrade;
  const fresh = new Set(after.map(({ name }) => name));
  const staying = new Set(before.map(({ name }) => name).filter((name) => fresh.has(name)));
  const old = grounds.packs
    .filter(({ name }) => staying.has(name))
    .flatMap(({ name, gaps }) => gaps.map(({ subject }) => `${subject} of pack ${name}`));
  const next = after.flatMap(({ name, definitions }) =>
    definitions
      .flatMap(({ gaps }) => gaps)
      .filter(({ reason: why }) => why !== 'chart-unreadable')
      .map(({ subject }) => `${subject} of pack ${name}`),
  );
  const unknown = [...stakes, ...grounds.subject.stakes.filter(({ pack }) => staying.has(pack))]
    .filter(({ fate }) => fate === 'unknown')
    .map(({ namespace }) => namespace);
  return [
    ...reason('definition-gap', [...new Set([...old, ...next, ...unseenContents(upgrade, grounds)])]),
    ...reason(
      'variable-default',
      after.flatMap((pack) => assumedIn(pack, staying)),
    ),
    ...reason('namespace-unknown', [...new Set(unknown)]),
  ];
}

/** Another version of a pack of which nothing tells what it installs may leave out what the present one has. */
function unseenContents({ before, after }: Upgrade, { subject }: Grounds): readonly string[] {
  const seen = new Set(subject.links.map(({ pack }) => pack));
  return before
    .filter(({ name, definitions }) => !seen.has(name) && definitions.every(namesNothing))
    .filter((pack) => after.some((next) => next.name === pack.name && isOtherVersion(deployed(pack), next)))
    .filter(({ name }) => subject.states.get(name) !== 'planned')
    .map(({ name }) => `${UNSEEN_CONTENT} of pack ${name}`);
}

/** Fields by whose names nothing goes or stays. */
const SETTINGS: ReadonlySet<string> = new Set(['namespaceLabels', 'namespaceAnnotations']);

/**
 * Names of a new version that rest on the default of a variable, of which the cluster may have another value: of what
 * a pack has today then other things would go. Whether it is a pack of today at all its own name decides.
 */
function assumedIn({ name, definitions }: Pack, staying: ReadonlySet<string>): readonly string[] {
  const open = definitions
    .flatMap(({ assumptions = [] }) => assumptions)
    .filter(({ subject }) => subject === DISPLAY_NAME || (staying.has(name) && !SETTINGS.has(subject)));
  const texts = open.map(({ subject, variables = [] }) => {
    const given = variables.map((variable) => `--var ${variable}=VALUE`).join(' ');
    return `${subject} of pack ${name}${given === '' ? '' : ` (${given})`}`;
  });
  return [...new Set(texts)];
}
