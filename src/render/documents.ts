import type { NamespaceExplanation, NamespacesReport, Report } from '../model/report.ts';
import {
  applicationDocument,
  clusterDocument,
  coverageDocument,
  findingDocument,
  packDocument,
  separationDocument,
  stakeDocument,
} from './document-parts.ts';
import { isComplete, severityCounts, type Subject } from './looked-at.ts';

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
