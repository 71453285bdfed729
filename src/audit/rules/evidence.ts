import { annotationOf } from '../../model/evidence-keys.ts';
import { releaseKey, type Attribution } from '../../model/attribution.ts';
import type { FindingOf, ListedResource } from '../../model/finding.ts';
import type { ClusterObject } from '../../model/inventory.ts';
import type { Claim } from '../claims.ts';
import { listed } from '../../model/listed.ts';
import { finding, type Audited } from '../rule.ts';
import { grouped, type Group } from '../../model/grouped.ts';

/** Namespaces that a removal destroys. */
function judgedNamespaces(claims: readonly Claim[]): readonly string[] {
  return [...new Set(claims.filter(({ fate }) => fate === 'destroyed').map(({ namespace }) => namespace))];
}

/** Attributions of one namespace that have a text in common, with what reports list of them. */
interface Likes {
  readonly namespace: string;
  readonly key: string;
  readonly members: Group<Attribution>;
  readonly resources: readonly ListedResource[];
}

/** Groups the contested or the folded ones of each namespace; those without the text are left out. */
function likesAmong(
  part: 'contested' | 'folded',
  { claims, holdings }: Audited,
  textOf: (attribution: Attribution) => string | undefined,
): readonly Likes[] {
  return judgedNamespaces(claims).flatMap((namespace) =>
    Array.from(grouped(holdings(namespace)[part], textOf), ([key, members]) => {
      const resources = members.map(({ object }) => listed(object));
      return { namespace, key, members, resources };
    }),
  );
}

/**
 * Finds objects whose marks name an owner that the proof denies: a copied Helm label, or an object that its release
 * lost. The mark is shown and not believed.
 */
export function claimsRefuted(audited: Audited): FindingOf<'claim-refuted'>[] {
  const recorded = new Set(audited.subject.inventory.releases.map(releaseKey));
  return likesAmong('contested', audited, claimedOf).map(({ namespace, key: claimed, members, resources }) =>
    finding(
      'claim-refuted',
      { namespace, key: claimed, resources },
      members.every(({ object }) => namesNoneOf(object, recorded)) ? { claimed, recorded: false } : { claimed },
    ),
  );
}

function claimedOf({ refuted, owner }: Attribution): string | undefined {
  return owner.kind === 'pack' ? undefined : refuted;
}

/** Whether an object's annotations name a release of which there is no record. */
function namesNoneOf(object: ClusterObject, recorded: ReadonlySet<string>): boolean {
  const name = annotationOf(object, 'meta.helm.sh/release-name');
  const namespace = annotationOf(object, 'meta.helm.sh/release-namespace');
  return name !== undefined && namespace !== undefined && !recorded.has(releaseKey({ name, namespace }));
}

/** Finds objects for which two owners have equal proof: believed to be nobody's, hence foreign. */
export function ownerConflicts(audited: Audited): FindingOf<'owner-conflict'>[] {
  return likesAmong('contested', audited, conflictOf).map(({ namespace, key, members, resources }) =>
    finding('owner-conflict', { namespace, key, resources }, { owners: members[0].conflict }),
  );
}

function conflictOf({ conflict }: Attribution): string | undefined {
  return conflict.length > 0 ? conflict.join(', ') : undefined;
}

/** Finds what a pack left behind: Palette does not clean up after updates. */
export function leftovers(audited: Audited): FindingOf<'leftover'>[] {
  return likesAmong('folded', audited, leftBy).map(({ namespace, key: pack, members, resources }) =>
    finding('leftover', { namespace, pack, resources }, { mark: members[0].evidence[0]?.text ?? '' }),
  );
}

function leftBy({ owner }: Attribution): string | undefined {
  return owner.kind === 'leftover' ? owner.pack : undefined;
}
