import type { FindingOf, PackMention } from '../../model/finding.ts';
import type { ClusterObject } from '../../model/inventory.ts';
import { compareText, typeName } from '../../model/resource.ts';
import { destroyedBy } from '../claims.ts';
import { listed } from '../../model/listed.ts';
import { finding, type Audited } from '../rule.ts';

/**
 * Finds applications that no pack owns in namespaces that a removal destroys: the reason this program exists.
 * One finding per namespace and application, however many packs share the namespace.
 * Source: Palette docs, Profile Customization, "Namespace Considerations".
 */
export function unmanagedResources({ claims, applications }: Audited): FindingOf<'unmanaged-resource'>[] {
  return [...destroyedBy(claims)].flatMap(([namespace, packs]) =>
    applications(namespace).map(({ key, name, owner, resources }) =>
      finding(
        'unmanaged-resource',
        { namespace, application: name, key, resources },
        { application: name, owner, packs },
      ),
    ),
  );
}

/**
 * Finds the namespaces that two or more packs would destroy, or that one would destroy while another has objects
 * there: leaving one out of the next profile version is the usual removal, and it takes the others down. Lists the
 * packs' volumes, whose data does not come back with a reinstallation.
 */
export function sharedNamespaces({ claims, holdings, subject }: Audited): FindingOf<'shared-namespace'>[] {
  return [...destroyedBy(claims)].flatMap(([namespace, destroying]) => {
    const present = claims.filter((claim) => claim.namespace === namespace && claim.fate !== 'labelled-only');
    const packs = [...new Set(present.map(({ pack }) => pack))].toSorted(compareText);
    if (packs.length < 2) return [];
    const owned = [...holdings(namespace).byPack.values()].flat();
    const resources = owned.filter(({ object }) => isVolume(object)).map(({ object }) => listed(object));
    const facts = { packs: packs.map((pack) => mention(pack, subject)) };
    const known = destroying.length < packs.length ? { ...facts, destroying } : facts;
    return [finding('shared-namespace', { namespace, resources }, known)];
  });
}

function isVolume({ type }: ClusterObject): boolean {
  return typeName(type) === 'persistentvolumeclaims';
}

function mention(pack: string, { packs }: Audited['subject']): PackMention {
  const found = packs.find(({ name }) => name === pack);
  return { pack, profiles: (found?.profiles ?? []).map(({ name }) => name) };
}

/**
 * Counts what is foreign in the namespaces that Kubernetes refuses to delete. One finding per namespace; its
 * contents are listed only when `-n` names it, for what becomes of them is not public.
 */
export function protectedNamespaces(audited: Audited): FindingOf<'protected-namespace'>[] {
  const { claims, holdings, subject } = audited;
  const namespaces = new Set(claims.filter(({ fate }) => fate === 'protected').map(({ namespace }) => namespace));
  return [...namespaces].map((namespace) => {
    const packs = claims.filter((claim) => claim.namespace === namespace && claim.fate === 'protected');
    const { unmanaged } = holdings(namespace);
    const named = subject.narrowedTo.includes(namespace);
    return finding(
      'protected-namespace',
      { namespace, resources: named ? unmanaged.map(({ object }) => listed(object)) : [] },
      { packs: packs.map(({ pack }) => pack), foreign: unmanaged.length },
    );
  });
}
