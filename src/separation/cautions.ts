import { releaseKey } from '../model/attribution.ts';
import type { Release } from '../model/inventory.ts';
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
    ...caution('ownership-not-verified', isDoubtful(application) ? [application.name] : []),
  ];
}

/** What a person made by hand has no owner to prove; a release or a GitOps application has. */
function isDoubtful({ owner, strength }: ApplicationSummary): boolean {
  return owner !== 'person' && strength !== 'verified';
}

/** What to mind when a pack moves. Changing its namespace counts as a removal of the old one, always. */
export function packCautions(pack: string, namespace: string, subject: Subject): readonly Caution[] {
  const own = subject.attributions.filter(
    ({ object, owner }) => object.namespace === namespace && owner.kind === 'pack' && owner.pack === pack,
  );
  const of = (kind: string): string[] =>
    own.filter(({ object }) => object.type.kind === kind).map(({ object }) => object.name);
  const links = new Set(subject.links.filter((link) => link.pack === pack).map(({ release }) => release));
  const releases = subject.inventory.releases.filter((release) => links.has(releaseKey(release)));
  return [
    ...caution('namespace-change-is-removal', [namespace]),
    ...caution('volumes', of('PersistentVolumeClaim')),
    ...caution('services', of('Service')),
    ...caution(
      'cluster-scoped-names',
      releases.flatMap((release) => clusterScoped(release, subject)),
    ),
  ];
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
