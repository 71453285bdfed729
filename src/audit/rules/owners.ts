import { coveredBy } from '../../model/covered.ts';
import type { FindingOf } from '../../model/finding.ts';
import type { ClusterObject, Inventory, OwnerReference } from '../../model/inventory.ts';
import { listed } from '../../model/listed.ts';
import { namedOwners } from '../../model/named-objects.ts';
import { compareText, kindKey, typeName } from '../../model/resource.ts';
import { grouped } from '../../model/grouped.ts';
import { lastRemembered } from '../../model/remembered.ts';
import { destroyedBy } from '../claims.ts';
import { finding, type Audited } from '../rule.ts';

/**
 * Finds objects none of whose owners is there: the garbage collector may delete them at any time, whatever becomes of
 * the pack. An owner in another namespace counts as absent. Source: Kubernetes docs, "Owners and Dependents".
 */
export function missingOwners({ claims, attributions, subject }: Audited): FindingOf<'owner-missing'>[] {
  const named = namedOwners(subject.inventory.objects);
  const seen = seenTypes(subject.inventory);
  return [...destroyedBy(claims).keys()].flatMap((namespace) => {
    // Neighbours often share one list of owners.
    const isOrphaned = lastRemembered(
      (owners: ClusterObject['owners']) =>
        owners.length > 0 && owners.every((owner) => !isThere(owner, namespace, named) && seen(owner, namespace)),
    );
    const orphans = attributions(namespace)
      // What was made for another object by its owner references has an owner that is there.
      .filter(({ object, root }) => object === root && isOrphaned(object.owners))
      .map(({ object }) => object);
    return [...grouped(orphans, namesOf)].map(([key, objects]) =>
      finding('owner-missing', { namespace, key, resources: objects.map(listed) }, { owners: key.split(', ') }),
    );
  });
}

function namesOf({ owners }: ClusterObject): string {
  return [...new Set(owners.map(({ kind, name }) => `${kind} ${name}`))].toSorted(compareText).join(', ');
}

function isThere({ uid, kind }: OwnerReference, namespace: string, named: ReadonlyMap<string, ClusterObject>): boolean {
  const owner = named.get(uid);
  return owner?.type.kind === kind && (owner.namespace === '' || owner.namespace === namespace);
}

/** Whether all objects of an owner's type were seen, so that one that is not among them is not there. */
function seenTypes({ types, coverage }: Inventory): (owner: OwnerReference, namespace: string) => boolean {
  const names = new Map(types.map((type) => [kindKey(type), typeName(type)]));
  const covered = coveredBy(coverage);
  return ({ group, kind }, namespace) => {
    const name = names.get(`${group}/${kind}`);
    return name !== undefined && covered.seen(name, namespace);
  };
}
