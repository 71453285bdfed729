import { annotationOf, labelOf } from '../../model/evidence-keys.ts';
import type { ApplicationVia, Attribution, Owner } from '../../model/attribution.ts';
import { refOf, type ClusterObject } from '../../model/inventory.ts';
import type { DestroyedResource } from '../../model/removal.ts';
import { typeName } from '../../model/resource.ts';
import type { Aftermath } from '../aftermath.ts';
import { membersOf } from '../destruction.ts';
import { APPLICATIONS, HELM_RELEASES, KUSTOMIZATIONS } from '../gitops.ts';
import { destroyed } from '../owner-class.ts';

/** Types of Secrets that Kubernetes makes, or Helm for its own records. */
const MADE_BY_MACHINE: ReadonlySet<string> = new Set([
  'kubernetes.io/service-account-token',
  'kubernetes.io/dockercfg',
  'bootstrap.kubernetes.io/token',
  'helm.sh/release.v1',
]);

/**
 * Groups whose controllers write a Secret anew from a source outside of it. An operator that made up a password is not
 * among them: the next one is another. Sources: External Secrets, cert-manager, Sealed Secrets, Vault and 1Password operators, SOPS.
 */
const SOURCED_GROUPS: ReadonlySet<string> = new Set([
  'external-secrets.io',
  'generators.external-secrets.io',
  'cert-manager.io',
  'bitnami.com',
  'secrets.hashicorp.com',
  'onepassword.com',
  'isindir.github.com',
]);

/** Marks of Secrets that are certificates of cert-manager, or copies of a Secret elsewhere. */
const SOURCED_ANNOTATIONS = [
  'cert-manager.io/certificate-name',
  'reflector.v1.k8s.emberstack.com/reflects',
  'kubed.appscode.com/origin',
] as const;
const SOURCED_LABELS = ['hnc.x-k8s.io/inherited-from', 'generate.kyverno.io/policy-name'] as const;

/** Secrets that go, and that no pack, GitOps application, controller or issuer makes again; a copy not without its source. */
export function secretsLost(after: Aftermath): readonly DestroyedResource[] {
  const { world, set, ownerOf } = after;
  return membersOf(set, isSecret)
    .filter(({ object, step }) => step === 'copied' || !isSourced(object))
    .filter(({ object }) => !isInstalledAgain(world.attributionOf(object), after))
    .map((member) => destroyed(member, ownerOf));
}

function isSecret({ type }: ClusterObject): boolean {
  return typeName(type) === 'secrets';
}

function isSourced(object: ClusterObject): boolean {
  const { facts, name, owners } = object;
  return (
    MADE_BY_MACHINE.has(facts.type ?? '') ||
    name.startsWith('sh.helm.release.v1.') ||
    owners.some(({ group }) => SOURCED_GROUPS.has(group)) ||
    SOURCED_ANNOTATIONS.some((key) => annotationOf(object, key) !== undefined) ||
    SOURCED_LABELS.some((key) => labelOf(object, key) !== undefined)
  );
}

/** Who puts a Secret back without being asked. */
const MAKES_ANEW: ReadonlySet<Owner['kind']> = new Set(['kubernetes', 'injected', 'palette']);

/** Whether who has it in a release, a manifest or a repository installs it anew; marks alone do not show that. */
function isInstalledAgain(attribution: Attribution | undefined, after: Aftermath): boolean {
  if (attribution === undefined) return false;
  const { owner, strength, root, object } = attribution;
  if (owner.kind === 'pack') return strength === 'verified' && root === object;
  if (owner.kind === 'application') return strength === 'verified' && isDelivered(owner, after);
  return MAKES_ANEW.has(owner.kind);
}

/** What delivers applications from a repository again and again. */
const DELIVERING: ReadonlyMap<ApplicationVia, readonly string[]> = new Map([
  ['argocd', [APPLICATIONS]],
  ['flux', [KUSTOMIZATIONS, HELM_RELEASES]],
]);

/** One that nobody sees here delivers from elsewhere. */
function isDelivered({ via, name }: Owner & { readonly kind: 'application' }, { world, goes }: Aftermath): boolean {
  const types = DELIVERING.get(via);
  if (types === undefined) return false;
  const deliverers = types.flatMap((type) => world.byType.get(type) ?? []).filter((object) => object.name === name);
  return deliverers.length === 0 || deliverers.some((object) => !goes(refOf(object)));
}
