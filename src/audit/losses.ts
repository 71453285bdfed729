import { releaseKey, type Attribution } from '../model/attribution.ts';
import type { Loss, Reached } from '../model/explanation.ts';
import { grouped } from '../model/grouped.ts';
import { refOf, type ClusterObject } from '../model/inventory.ts';
import { placedInManifests, placedInRelease, placeKey } from '../model/placement.ts';
import type { TakenByType } from '../model/report.ts';
import { compareText, kindName, typeName, type ObjectRef } from '../model/resource.ts';
import type { Subject } from '../model/subject.ts';
import { typeScope } from '../model/type-scope.ts';
import type { Claim } from './claims.ts';

/** What the losses of a resource are worked out from; `claims` are those on every namespace. */
export interface Stakes {
  readonly subject: Subject;
  readonly claims: readonly Claim[];
  readonly namespace: string;
}

/**
 * Every way in which the removal of a pack reaches a resource, or would if it is there: with its namespace, as the
 * pack's own, with its custom type, with the claim of a volume, or with an object that owns it. Sorted by pack; of a
 * pack that destroys the namespace it is not said besides that it takes what is its own.
 */
export function lossesOf(found: Attribution | undefined, stakes: Stakes): readonly Loss[] {
  const withNamespace = namespaceLosses(stakes);
  const destroying = new Set(withNamespace.filter(({ cause }) => cause === 'namespace').map(({ pack }) => pack));
  const own = found?.owner.kind === 'pack' ? found.owner.pack : undefined;
  const other = found === undefined ? [] : [...ownLosses(found, stakes), ...ownerLosses(found.object, stakes)];
  const isSaid = ({ pack, cause }: Loss): boolean =>
    destroying.has(pack) && (pack === own || cause === 'own' || cause === 'kept');
  const losses = [...withNamespace, ...other.filter((loss) => !isSaid(loss))];
  const unique = new Map(losses.map((loss) => [`${loss.pack}\0${loss.cause}\0${loss.subject}`, loss]));
  return [...unique.values()].toSorted((a, b) => compareText(a.pack, b.pack) || compareText(a.cause, b.cause));
}

/** Causes by which nothing goes, or nobody knows whether it does. */
const STAYS: ReadonlySet<Loss['cause']> = new Set<Loss['cause']>(['kept', 'retained', 'stranded', 'protected']);

/** The losses and, for each pack that takes the resource along, or strands it, in a way that is not among them, that it does. */
export function withReached(losses: readonly Loss[], reached: readonly Reached[]): readonly Loss[] {
  const said = new Set(losses.filter(({ cause }) => !STAYS.has(cause)).map(({ pack }) => pack));
  const more = reached
    .filter(({ pack }) => !said.has(pack))
    .map(({ pack, cause, because, sure }): Loss => ({ pack, cause, subject: because, sure }));
  return [...losses, ...more].toSorted((a, b) => compareText(a.pack, b.pack) || compareText(a.cause, b.cause));
}

function namespaceLosses({ claims, namespace }: Stakes): readonly Loss[] {
  return claims
    .filter((claim) => claim.namespace === namespace)
    .flatMap(({ pack, fate }): Loss[] => {
      if (fate === 'destroyed') return [{ pack, cause: 'namespace', subject: namespace, sure: true }];
      return fate === 'protected' ? [{ pack, cause: 'protected', subject: namespace, sure: false }] : [];
    });
}

function ownLosses(attribution: Attribution, stakes: Stakes): readonly Loss[] {
  const { object, owner, strength } = attribution;
  const subject = `${kindName(object.type)}/${object.name}`;
  const brought = bringsOf(refOf(object), stakes);
  const packs = new Set([...brought.map(({ pack }) => pack), ...(owner.kind === 'pack' ? [owner.pack] : [])]);
  const own = [...packs].map((pack): Loss => {
    const proofs = brought.filter((one) => one.pack === pack);
    const kept = proofs.length > 0 && proofs.every((one) => one.kept);
    const isOwner = owner.kind === 'pack' && owner.pack === pack;
    const sure = isOwner && strength === 'verified' && proofs.every((one) => one.sure);
    return { pack, cause: kept ? 'kept' : 'own', subject, sure };
  });
  return [...own, ...typeLosses(object, stakes), ...claimLosses(object, stakes)];
}

/**
 * A resource goes with the definition of its type, wherever it lies. Source: apiextensions-apiserver, finalizing. A
 * definition that only a hook makes stays: Helm deletes none, whatever the hook's policy. Source: Helm, `pkg/action/hooks.go`.
 */
function typeLosses({ type }: ClusterObject, stakes: Stakes): readonly Loss[] {
  const custom = stakes.subject.inventory.customTypes.find(
    ({ group, kind }) => group === type.group && kind === type.kind,
  );
  if (custom === undefined) return [];
  const ref = {
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
    namespace: '',
    name: custom.crd,
  };
  return bringsOf(ref, stakes)
    .filter(({ kept, hook }) => !kept && !hook)
    .map(({ pack, sure }) => ({ pack, cause: 'type', subject: custom.crd, sure }));
}

/** What of these resources goes with the definition of its type, and with which packs. Sorted by pack, then type. */
export function takenByTypes(attributions: readonly Attribution[], subject: Subject): readonly TakenByType[] {
  const byType = grouped(attributions, ({ object }) => typeName(object.type));
  return [...byType]
    .flatMap(([type, [first, ...others]]) => {
      const losses = typeLosses(first.object, { subject, claims: [], namespace: '' });
      const packs = new Set(losses.map(({ pack }) => pack));
      return [...packs].map((pack) => ({ pack, type, resources: 1 + others.length }));
    })
    .toSorted((a, b) => compareText(a.pack, b.pack) || compareText(a.type, b.type));
}

/** A volume goes with its claim unless its reclaim policy keeps it; a policy that was not read counts as the worse. */
function claimLosses({ type, facts }: ClusterObject, { claims }: Stakes): readonly Loss[] {
  const { claim = '', reclaimPolicy = '' } = facts;
  if (type.group !== '' || type.kind !== 'PersistentVolume') return [];
  const namespace = claim.slice(0, Math.max(0, claim.indexOf('/')));
  return claims
    .filter((one) => one.namespace === namespace && (one.fate === 'destroyed' || one.fate === 'protected'))
    .map(({ pack, fate }) => ({
      pack,
      cause: reclaimPolicy === 'Retain' ? 'retained' : 'claim',
      subject: claim,
      sure: fate === 'destroyed' && ['Delete', 'Retain'].includes(reclaimPolicy),
    }));
}

/** A pack that brings an object with a release or a manifest; `kept` where its resource policy saves it. Hooks may stay. */
interface Brings {
  readonly pack: string;
  readonly kept: boolean;
  readonly hook: boolean;
  readonly sure: boolean;
}

function bringsOf(ref: ObjectRef, { subject: { inventory, links, packs } }: Stakes): readonly Brings[] {
  const scope = typeScope(inventory.types);
  const wanted = placeKey(ref);
  const live = inventory.releases.filter(({ status }) => status !== 'uninstalled');
  const byRelease = live.flatMap((release) =>
    links
      .filter((link) => link.release === releaseKey(release))
      .flatMap(({ pack, strength }) =>
        placedInRelease(release, scope)
          .filter(({ key }) => key === wanted)
          .map(({ released }): Brings => ({
            pack,
            kept: released.keep,
            hook: released.hook,
            sure: strength === 'verified' && !released.hook,
          })),
      ),
  );
  const byManifest = packs.flatMap((pack) =>
    placedInManifests(pack, scope)
      .filter(({ key }) => key === wanted)
      .map(({ defined: { keep, possible } }): Brings => ({
        pack: pack.name,
        kept: keep,
        hook: false,
        sure: !possible,
      })),
  );
  return [...byRelease, ...byManifest];
}

/**
 * An object goes with the last of its owners: whichever of them a removal reaches, it may. Chains of any length and
 * cycles are walked once. Source: Kubernetes, garbage collection.
 */
function ownerLosses(start: ClusterObject, stakes: Stakes): readonly Loss[] {
  const byUid = new Map(stakes.subject.attributions.map((attribution) => [attribution.object.uid, attribution]));
  const seen = new Set([start.uid]);
  const queue = [start];
  const losses: Loss[] = [];
  for (let object = queue.pop(); object !== undefined; object = queue.pop()) {
    for (const { uid } of object.owners) {
      const owner = byUid.get(uid);
      if (owner === undefined || seen.has(uid)) continue;
      seen.add(uid);
      queue.push(owner.object);
      const subject = `${kindName(owner.object.type)}/${owner.object.name}`;
      const { namespace } = owner.object;
      const elsewhere = namespace === start.namespace ? [] : namespaceLosses({ ...stakes, namespace });
      const reached = [...ownLosses(owner, stakes), ...elsewhere].filter(({ cause }) => !STAYS.has(cause));
      losses.push(...reached.map(({ pack }): Loss => ({ pack, cause: 'owner', subject, sure: false })));
    }
  }
  return losses;
}
