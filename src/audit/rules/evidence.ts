import { annotationOf } from '../../model/evidence-keys.ts';
import { releaseKey, type Attribution } from '../../model/attribution.ts';
import type { FindingOf } from '../../model/finding.ts';
import type { ClusterObject } from '../../model/inventory.ts';
import type { Claim } from '../claims.ts';
import { listed } from '../../model/listed.ts';
import { finding, type Audited } from '../rule.ts';
import { grouped } from '../../model/grouped.ts';

/** Namespaces that a removal destroys. */
function judgedNamespaces(claims: readonly Claim[]): readonly string[] {
  return [...new Set(claims.filter(({ fate }) => fate === 'destroyed').map(({ namespace }) => namespace))];
}

/**
 * Finds objects whose marks name an owner that the proof denies: a copied Helm label, or an object that its release
 * lost. The mark is shown and not believed.
 */
export function claimsRefuted({ claims, holdings, subject }: Audited): FindingOf<'claim-refuted'>[] {
  const recorded = new Set(subject.inventory.releases.map(releaseKey));
  return judgedNamespaces(claims).flatMap((namespace) =>
    Array.from(grouped(holdings(namespace).contested, claimedOf), ([claimed, members]) =>
      finding(
        'claim-refuted',
        { namespace, key: claimed, resources: members.map(({ object }) => listed(object)) },
        members.every(({ object }) => namesNoneOf(object, recorded)) ? { claimed, recorded: false } : { claimed },
      ),
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
export function ownerConflicts({ claims, holdings }: Audited): FindingOf<'owner-conflict'>[] {
  return judgedNamespaces(claims).flatMap((namespace) =>
    Array.from(grouped(holdings(namespace).contested, conflictOf), ([key, members]) =>
      finding(
        'owner-conflict',
        { namespace, key, resources: members.map(({ object }) => listed(object)) },
        { owners: members[0].conflict },
      ),
    ),
  );
}

function conflictOf({ conflict }: Attribution): string | undefined {
  return conflict.length > 0 ? conflict.join(', ') : undefined;
}

/** Finds what a pack left behind: Palette does not clean up after updates. */
export function leftovers({ claims, holdings }: Audited): FindingOf<'leftover'>[] {
  return judgedNamespaces(claims).flatMap((namespace) =>
    Array.from(grouped(holdings(namespace).folded, leftBy), ([pack, members]) =>
      finding(
        'leftover',
        { namespace, pack, resources: members.map(({ object }) => listed(object)) },
        { mark: members[0].evidence[0]?.text ?? '' },
      ),
    ),
  );
}

function leftBy({ owner }: Attribution): string | undefined {
  return owner.kind === 'leftover' ? owner.pack : undefined;
}
