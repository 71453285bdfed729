import type { Attribution } from '../model/attribution.ts';
import { grouped } from '../model/grouped.ts';
import type { NamespaceExplanation } from '../model/report.ts';
import { compareText } from '../model/resource.ts';
import type { Subject } from '../model/subject.ts';
import { auditedOf, reportOf } from './audit.ts';
import { takenByTypes } from './losses.ts';
import { ownedBy } from './namespaces.ts';

/** Says why a namespace is at stake or not: the claims with their sources, whose resources it holds and by which evidence. */
export function explainNamespace(subject: Subject, namespace: string): NamespaceExplanation {
  const audited = auditedOf({ ...subject, narrowedTo: [namespace] });
  const { stakes, findings, ...report } = reportOf(audited);
  const viaOf = (pack: string): readonly string[] =>
    audited.claims.filter((claim) => claim.pack === pack).flatMap(({ via }) => via);
  const record = subject.inventory.namespaces.find(({ name }) => name === namespace);
  return {
    cluster: report.cluster,
    takenAt: report.takenAt,
    complete: report.complete,
    coverage: report.coverage,
    packs: report.packs,
    namespace,
    exists: record !== undefined,
    ownedBy: ownedBy(record, subject.inventory.types),
    takenBy: takenByTypes(audited.attributions(namespace), subject),
    stakes: stakes.map((stake) => Object.assign({ via: viaOf(stake.pack) }, stake)),
    owners: ownersIn(audited.attributions(namespace)),
    findings,
  };
}

/** Owners with what they own here, most resources first. Evidence is that of the first resource, as an example. */
function ownersIn(attributions: readonly Attribution[]): NamespaceExplanation['owners'] {
  const groups = grouped(attributions, (attribution) => `${ownerWords(attribution)}\0${attribution.strength}`);
  return [...groups.values()]
    .flatMap((group) =>
      group.slice(0, 1).map((first) => ({
        owner: ownerWords(first),
        strength: first.strength,
        resources: group.length,
        evidence: first.evidence,
      })),
    )
    .toSorted(
      (a, b) => b.resources - a.resources || compareText(a.owner, b.owner) || compareText(a.strength, b.strength),
    );
}

function ownerWords({ owner }: Attribution): string {
  switch (owner.kind) {
    case 'pack':
      return `pack ${owner.pack}`;
    case 'application':
      return `${owner.name} (${owner.via})`;
    case 'person':
      return `nobody, written by ${owner.manager}`;
    case 'palette':
      return 'Palette itself';
    case 'kubernetes':
      return 'Kubernetes itself';
    case 'injected':
      return `put into every namespace by ${owner.manager}`;
    case 'leftover':
      return owner.pack === '' ? 'left over from a pack' : `left over from pack ${owner.pack}`;
    case 'unexplained':
      return 'nobody known';
  }
}
