import { releaseKey } from '../model/attribution.ts';
import { ownWriters, type Release } from '../model/inventory.ts';
import type { ApplicationSummary, Caution, CautionCode } from '../model/report.ts';
import { rememberedOf } from '../model/remembered.ts';
import { compareText, kindKey, type ObjectRef } from '../model/resource.ts';
import type { Subject } from '../model/subject.ts';

function caution(code: CautionCode, subjects: readonly string[]): readonly Caution[] {
  return subjects.length === 0 ? [] : [{ code, subjects: [...new Set(subjects)].toSorted(compareText) }];
}

/** What to mind when an application moves: its volumes, its Services' addresses, its cluster-scoped names. */
export function applicationCautions(
  application: ApplicationSummary,
  release: Release | undefined,
  subject: Subject,
): readonly Caution[] {
  const volumes: string[] = [];
  const services: string[] = [];
  for (const { kind, name } of application.resources) {
    if (kind === 'PersistentVolumeClaim') volumes.push(name);
    else if (kind === 'Service') services.push(name);
  }
  return [
    ...caution('volumes', volumes),
    ...caution('services', services),
    ...caution('cluster-scoped-names', release === undefined ? [] : clusterScoped(release, subject)),
    ...caution('deployed-elsewhere', deployersOf(application, release, subject)),
    ...caution('ownership-not-verified', isDoubtful(application) ? [application.name] : []),
  ];
}

/** What deploys by itself, by the owner of an application. */
const DEPLOYERS: ReadonlyMap<string, string> = new Map([
  ['argocd', 'Argo CD'],
  ['flux', 'Flux'],
  ['olm', 'OLM'],
]);

/** Flux's manager of Helm releases. */
const HELM_CONTROLLER = 'helm-controller';

/** Who deploys an application from elsewhere, and would do so again; none where a person did it here. */
function deployersOf(
  application: ApplicationSummary,
  release: Release | undefined,
  subject: Subject,
): readonly string[] {
  const deployer = DEPLOYERS.get(application.owner);
  if (deployer !== undefined) return [deployer];
  if (release === undefined) return [];
  if (isByController(application, subject)) return [HELM_CONTROLLER];
  const { name, namespace, storageNamespace } = release;
  if (namespace !== application.namespace) return [`release ${name} in ${namespace}`];
  return storageNamespace === namespace ? [] : [`release ${name}, stored in ${storageNamespace}`];
}

function isByController({ resources }: ApplicationSummary, { attributions }: Subject): boolean {
  const uids = new Set(resources.map(({ uid }) => uid));
  return attributions.some(
    ({ object }) => ownWriters(object).some(({ manager }) => manager === HELM_CONTROLLER) && uids.has(object.uid),
  );
}

/** What a person made by hand has no owner to prove; a release or a GitOps application has. */
function isDoubtful({ owner, strength }: ApplicationSummary): boolean {
  return owner !== 'person' && strength !== 'verified';
}

/** What to mind when a pack moves. Changing its namespace counts as a removal of the old one, always. */
export function packCautions(pack: string, namespace: string, subject: Subject): readonly Caution[] {
  const own = ownIn(pack, namespace, subject);
  const links = new Set(subject.links.filter((link) => link.pack === pack).map(({ release }) => release));
  const releases = subject.inventory.releases.filter((release) => links.has(releaseKey(release)));
  return [
    ...caution('namespace-change-is-removal', [namespace]),
    ...caution('volumes', namesOf('PersistentVolumeClaim', own)),
    ...caution('services', namesOf('Service', own)),
    ...caution(
      'cluster-scoped-names',
      releases.flatMap((release) => clusterScoped(release, subject)),
    ),
  ];
}

/** What to mind of the pack that keeps a namespace while another one leaves, which may destroy it. */
export function stayingCautions(stays: string, namespace: string, subject: Subject): readonly Caution[] {
  if (stays === '') return [];
  return [
    ...caution('staying-pack', [stays]),
    ...caution('volumes-of-staying-pack', namesOf('PersistentVolumeClaim', ownIn(stays, namespace, subject))),
  ];
}

function ownIn(pack: string, namespace: string, { attributions }: Subject): Subject['attributions'] {
  return attributions.filter(
    ({ object, owner }) => object.namespace === namespace && owner.kind === 'pack' && owner.pack === pack,
  );
}

function namesOf(kind: string, own: Subject['attributions']): readonly string[] {
  return own.filter(({ object }) => object.type.kind === kind).map(({ object }) => object.name);
}

/** Names that exist once in the cluster, so that a second installation meets the first. */
function clusterScoped(release: Release, { inventory }: Subject): readonly string[] {
  const scoped = kindsWithoutNamespace(inventory.types);
  return release.objects.filter(({ ref }) => scoped.has(`${ref.group}/${ref.kind}`)).map(({ ref }) => mention(ref));
}

const kindsWithoutNamespace = rememberedOf(
  (types: Subject['inventory']['types']): ReadonlySet<string> =>
    new Set(types.filter(({ namespaced }) => !namespaced).map(kindKey)),
);

function mention({ kind, name }: ObjectRef): string {
  return `${kind} ${name}`;
}
