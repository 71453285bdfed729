import type { ResourceExplanation } from '../model/explanation.ts';
import type { NamespaceExplanation, NamespacesReport, Report } from '../model/report.ts';
import { typeName } from '../model/resource.ts';
import {
  applicationDocument,
  clusterDocument,
  coverageDocument,
  findingDocument,
  ownerDocument,
  packDocument,
  resourceDocument,
  separationDocument,
  stakeDocument,
} from './document-parts.ts';
import { isComplete, severityCounts, type Subject } from './looked-at.ts';
import { changeText } from './words/answer-changes.ts';
import { lossLines } from './words/losses.ts';
import { whoseText } from './words/resource-owner.ts';

/** Changes whenever a reader of the schema `docs/report.schema.json` would have to change. */
const API_VERSION = 'palette-audit/v1';

/** What every document begins with; keys stand in the order in which they are written. */
export function head(kind: string, subject: Subject & Pick<Report, 'cluster' | 'takenAt'>, exitCode: number) {
  return {
    apiVersion: API_VERSION,
    kind,
    takenAt: subject.takenAt,
    complete: isComplete(subject),
    exitCode,
    cluster: clusterDocument(subject.cluster),
    coverage: coverageDocument(subject.coverage),
    packs: subject.packs.map(packDocument),
  };
}

function countsOf({ findings }: Pick<Report, 'findings'>) {
  const { error, warning, info } = severityCounts({ findings });
  return { errors: error, warnings: warning, infos: info };
}

/** The document of `audit`. */
export function auditDocument(report: Report, exitCode: number) {
  return {
    ...head('Audit', report, exitCode),
    narrowedTo: report.narrowedTo,
    notAtStake: (report.notAtStake ?? []).map(({ namespace, resources }) => ({ namespace, resources })),
    counts: countsOf(report),
    findings: report.findings.map(findingDocument),
    stakes: report.stakes.map(stakeDocument),
    applications: report.applications.map(applicationDocument),
    folded: {
      kubernetes: report.folded.kubernetes,
      palette: report.folded.palette,
      injected: report.folded.injected,
      injectedBy: report.folded.injectedBy ?? [],
    },
    separations: report.separations.map(separationDocument),
  };
}

/** The document of `namespaces`. */
export function namespacesDocument(report: NamespacesReport, exitCode: number) {
  return {
    ...head('Namespaces', report, exitCode),
    namespaces: report.rows.map(({ namespace, exists, claimedBy, fate, free, why }) => ({
      namespace,
      exists,
      claimedBy,
      fate,
      free,
      why,
    })),
  };
}

/** The document of `explain namespace/NAME`. */
export function explanationDocument(explanation: NamespaceExplanation, exitCode: number) {
  return {
    ...head('Explanation', explanation, exitCode),
    namespace: explanation.namespace,
    exists: explanation.exists,
    ownedBy: explanation.ownedBy,
    takenBy: explanation.takenBy.map(({ pack, type, resources }) => ({ pack, type, resources })),
    counts: countsOf(explanation),
    findings: explanation.findings.map(findingDocument),
    stakes: explanation.stakes.map((stake) => ({ ...stakeDocument(stake), via: stake.via })),
    owners: explanation.owners.map(({ owner, strength, resources, evidence }) => ({
      owner,
      strength,
      resources,
      evidence: evidence.map((reason) => ({ strength: reason.strength, text: reason.text })),
    })),
  };
}

/** The document of `explain TYPE/NAME`; `owner` is null where the resource could not be seen. */
export function resourceExplanationDocument(explanation: ResourceExplanation, exitCode: number) {
  const { resource, owner, strength, evidence, conflict, lastWrite } = explanation;
  return {
    ...head('ResourceExplanation', explanation, exitCode),
    type: typeName(explanation.type),
    otherTypes: explanation.otherTypes,
    namespace: explanation.namespace,
    name: explanation.name,
    resource: resource === undefined ? null : resourceDocument(resource),
    deletingSince: explanation.deletingSince ?? null,
    owner: owner === undefined ? null : ownerDocument(owner),
    strength,
    message: whoseText(explanation),
    conflict,
    madeFor: explanation.root,
    evidence: evidence.map(({ strength: how, text, source }) => ({ strength: how, text, source: source ?? '' })),
    lastWrite: { manager: lastWrite.manager, at: lastWrite.at },
    stakes: explanation.stakes.map((stake) => ({ ...stakeDocument(stake), via: stake.via })),
    losses: explanation.losses.map(({ pack, cause, subject, sure }) => ({ pack, cause, subject, sure })),
    removal: lossLines(explanation),
    changes: explanation.changes.map((change) => ({
      code: change.code,
      subjects: change.subjects,
      message: changeText(change),
    })),
  };
}
