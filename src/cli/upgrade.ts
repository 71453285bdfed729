import { expectedReleaseNames, linkReleases, releaseNamespaces } from '../attribution/link-releases.ts';
import { stakesOf } from '../attribution/stakes.ts';
import type { PackDefinition } from '../model/definition.ts';
import { UserError } from '../model/errors.ts';
import type { Pack } from '../model/pack.ts';
import type { Subject } from '../model/subject.ts';
import { typeScope } from '../model/type-scope.ts';
import { joinPacks } from '../profiles/join.ts';
import { withPresentNames } from '../profiles/kept-names.ts';
import { packsOfProfile, profileNames, uncertainMembers, unseenMembers } from '../removal/membership.ts';
import type { Upgrade } from '../removal/upgrade.ts';

/**
 * Holds the new version of a profile against the packs that the cluster has of it. Pack directories among `next` fill
 * what the version leaves open.
 *
 * @throws {UserError} when `path` names no profile, more than one, or one of which no source tells the present packs.
 */
export function upgradeOf(subject: Subject, next: readonly PackDefinition[], path: string): Upgrade {
  const { name, version } = profileIn(next, path);
  const before = packsOfProfile(subject.packs, name);
  if (before.length === 0) throw unknownProfile(subject, name);
  const after = joinPacks(withPresentNames(next, before)).filter((pack) =>
    pack.profiles.some((one) => one.name === name),
  );
  return {
    target: {
      kind: 'upgrade',
      name: `${version === undefined ? 'the new version' : `version ${version}`} of profile ${name}`,
    },
    profile: name,
    before,
    after,
    stakes: stakesOf({ packs: after, releases: [], links: [], scope: typeScope(subject.inventory.types) }),
    releases: new Set(after.flatMap((pack) => wanted(pack, subject))),
    renamed: before.filter((pack) => isRenamed(pack, after)).map((pack) => pack.name),
    strays: uncertainMembers(subject, name),
    unseen: unseenMembers(subject, name),
  };
}

/** Whether the new version of a pack no longer names a release that the present one names. */
function isRenamed(pack: Pack, after: readonly Pack[]): boolean {
  const next = after.find(({ name }) => name === pack.name);
  if (next === undefined) return false;
  const names = expectedReleaseNames(next);
  return [...expectedReleaseNames(pack)].some((name) => !names.has(name));
}

function profileIn(next: readonly PackDefinition[], path: string) {
  const profiles = new Map(next.flatMap(({ profile }) => (profile === undefined ? [] : [[profile.name, profile]])));
  const [profile] = profiles.values();
  if (profile === undefined)
    throw new UserError(`${path}: it does not say which profile it is`, 'Give the export of a cluster profile.');
  if (profiles.size > 1)
    throw new UserError(`${path}: it holds ${profiles.size} profiles`, 'Give one profile at a time.');
  return profile;
}

function unknownProfile({ packs }: Subject, name: string): UserError {
  const known = profileNames(packs);
  return new UserError(
    `no source tells which packs profile ${name} has now`,
    `Give its present definition with -f.${known.length === 0 ? '' : ` Known are ${known.slice(0, 8).join(', ')}.`}`,
  );
}

/**
 * Releases that the new definition of a pack still names, where it says they are. One that bore the very name of the
 * old definition and only resembles those of the new one is not among them: it gets another name.
 */
function wanted(pack: Pack, { inventory, links }: Subject): readonly string[] {
  const here = releaseNamespaces(pack);
  const candidates = inventory.releases.filter(({ namespace }) => here.has(namespace));
  const named = new Set(links.filter(({ strength }) => strength === 'verified').map(({ release }) => release));
  return linkReleases([pack], candidates)
    .filter(({ release, strength }) => strength === 'verified' || !named.has(release))
    .map(({ release }) => release);
}
