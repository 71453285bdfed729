import type {
  Breakage,
  CheckRun,
  DataAtStake,
  DestroyedGroup,
  DestroyedResource,
  HangRisk,
  Reason,
  Removal,
  RemovalReport,
  RemovedNamespace,
} from '../model/removal.ts';
import type { RemovalOverview } from '../model/removal-overview.ts';
import type { ObjectRef } from '../model/resource.ts';
import { separationDocument } from './document-parts.ts';
import { head } from './documents.ts';
import { breakageText } from './words/breakages.ts';
import { hangText } from './words/hangs.ts';
import { conflictText, coreLayerText, doubtText, namespaceFateText } from './words/removals.ts';

/** The document of `removal` with a name; `verify` reads it again. */
export function removalDocument(report: RemovalReport, exitCode: number) {
  return {
    ...head('Removal', report, exitCode),
    verdict: report.verdict,
    narrowedTo: report.narrowedTo,
    removals: report.removals.map(removalPart),
    coreLayers: report.coreLayers.map((core) => ({ pack: core.pack, layer: core.layer, message: coreLayerText(core) })),
    movesIn: report.movesIn.map(({ pack, namespace, groups }) => ({
      pack,
      namespace,
      groups: groups.map(groupDocument),
    })),
    separations: report.separations.map(separationDocument),
    stays: report.stays.map(({ type, namespace, objects }) => ({ type, namespace, objects })),
  };
}

function removalPart(removal: Removal) {
  const { targets, verdict, hooks, kept, breakages, checks, hangs } = removal;
  return {
    targets: targets.map(({ kind, name }) => ({ kind, name })),
    packs: removal.packs.map(({ name }) => name),
    verdict,
    conflicts: removal.conflicts.map((reason) => ({ ...reasonDocument(reason), message: conflictText(reason) })),
    doubts: removal.doubts.map((reason) => ({ ...reasonDocument(reason), message: doubtText(reason) })),
    accepted: removal.accepted.map((reason) => ({ ...reasonDocument(reason), message: doubtText(reason) })),
    namespaces: removal.namespaces.map(namespaceDocument),
    outside: removal.outside.map(groupDocument),
    hooks: hooks.map(({ release, namespace, kind, name, events }) => ({ release, namespace, kind, name, events })),
    kept: kept.map(({ namespace, type, kind, name, uid, release, saved }) => {
      return { namespace, type, kind, name, uid, release, saved };
    }),
    data: dataDocument(removal.data),
    breakages: breakages.map(breakageDocument),
    checks: checks.map(checkDocument),
    hangs: hangs.map(hangDocument),
  };
}

function reasonDocument({ code, count, subjects }: Reason<string>) {
  return { code, count, subjects };
}

function namespaceDocument(namespace: RemovedNamespace) {
  const { fate, basis, sources, packs, exists, uid, deletingSince, groups } = namespace;
  return {
    namespace: namespace.namespace,
    fate,
    basis,
    sources,
    packs,
    exists,
    uid,
    deletingSince,
    message: namespaceFateText(namespace),
    groups: groups.map(groupDocument),
  };
}

function groupDocument({ ownerClass, owner, strengths, resources }: DestroyedGroup) {
  return { ownerClass, owner, strengths, resources: resources.map(resourceDocument) };
}

function resourceDocument(resource: DestroyedResource) {
  const { namespace, type, kind, name, uid, createdAt, lastWriter, data, finalizers = [] } = resource;
  const { step, because, owner, ownerClass, strength } = resource;
  const identity = { namespace, type, kind, name, uid, createdAt, lastWriter, data, finalizers };
  return { ...identity, ownerClass, owner, strength, step, because };
}

function refDocument({ group, kind, namespace, name }: ObjectRef) {
  return { group, kind, namespace, name };
}

function factsDocument(facts: ReadonlyMap<string, string>) {
  return Object.fromEntries([...facts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function dataDocument(data: DataAtStake) {
  return {
    volumes: data.volumes.map(({ claim, volume, capacity, storageClass, driver, reclaimPolicy, fate, mountedBy }) => {
      const { namespace, name, uid, ownerClass, owner } = claim;
      const owned = { namespace, claim: name, uid, ownerClass, owner };
      return { ...owned, volume, capacity, storageClass, driver, reclaimPolicy, fate, mountedBy };
    }),
    stranded: data.stranded.map(({ namespace, claim, volume, capacity, driver, because, lost }) => {
      return { namespace, claim, volume, capacity, driver, because, lost };
    }),
    snapshots: data.snapshots.map(({ namespace, name, ready, createdAt, fate }) => {
      return { namespace, name, ready, createdAt, fate };
    }),
    backups: data.backups.map(({ namespace, name, includes, phase, completedAt }) => {
      return { namespace, name, includes, phase, completedAt };
    }),
    addresses: data.addresses.map(({ type, namespace, name, hosts, addresses }) => {
      return { type, namespace, name, hosts, addresses };
    }),
    secrets: data.secrets.map(({ namespace, name, uid }) => ({ namespace, name, uid })),
    histories: data.histories.map(({ namespace, release, revisions }) => ({ namespace, release, revisions })),
  };
}

function breakageDocument(breakage: Breakage) {
  const { check, severity, from, to, facts } = breakage;
  return {
    check,
    severity,
    message: breakageText(breakage),
    from: refDocument(from),
    to: refDocument(to),
    facts: factsDocument(facts),
  };
}

function checkDocument({ check, critical, ran, needs, hits }: CheckRun) {
  return { check, critical, ran, needs, hits };
}

function hangDocument(hang: HangRisk) {
  const { cause, subject, facts, count } = hang;
  return { cause, count, message: hangText(hang), subject: refDocument(subject), facts: factsDocument(facts) };
}

/** The document of `removal` without a name. */
export function overviewDocument(overview: RemovalOverview, exitCode: number) {
  return {
    ...head('RemovalOverview', overview, exitCode),
    removals: overview.rows.map(
      ({ kind, name, verdict, layers, namespaces, foreign, own, data, conflicts, doubts }) => ({
        kind,
        name,
        verdict: verdict ?? null,
        coreLayers: layers,
        namespaces,
        foreign,
        own,
        data,
        conflicts: conflicts.map((reason) => ({ ...reasonDocument(reason), message: conflictText(reason) })),
        doubts: doubts.map((reason) => ({ ...reasonDocument(reason), message: doubtText(reason) })),
      }),
    ),
  };
}
