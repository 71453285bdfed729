import type { Finding, FindingOf, RuleId } from '../model/finding.ts';
import { compareText } from '../model/resource.ts';
import type { Audited } from './rule.ts';
import {
  differingDefinitions,
  draftProfiles,
  duplicatePacks,
  invalidLabelTexts,
  invalidNamespaceNames,
  labelsNotChecked,
  namesNotText,
  otherClusters,
  strayLabelKeys,
  unreadableDefinitions,
} from './rules/definitions.ts';
import { claimsRefuted, leftovers, ownerConflicts } from './rules/evidence.ts';
import { missingOwners } from './rules/owners.ts';
import {
  agentNamespaces,
  annotationsNotApplied,
  blockedDeletions,
  formerNamespaces,
  labelsNotApplied,
  missingNamespaces,
  terminatingNamespaces,
} from './rules/namespaces.ts';
import { protectedNamespaces, sharedNamespaces, unmanagedResources } from './rules/sharing.ts';

/** Every rule the audit runs, in report order. `FactsByRule` decides the keys. */
const RULES: { readonly [Id in RuleId]: (audited: Audited) => readonly FindingOf<Id>[] } = {
  'shared-namespace': sharedNamespaces,
  'unmanaged-resource': unmanagedResources,
  'agent-namespace': agentNamespaces,
  'former-namespace': formerNamespaces,
  'protected-namespace': protectedNamespaces,
  'claim-refuted': claimsRefuted,
  'owner-conflict': ownerConflicts,
  'namespace-terminating': terminatingNamespaces,
  'namespace-deletion-blocked': blockedDeletions,
  'namespace-missing': missingNamespaces,
  'labels-not-applied': labelsNotApplied,
  'annotations-not-applied': annotationsNotApplied,
  'definition-unreadable': unreadableDefinitions,
  'definitions-differ': differingDefinitions,
  'duplicate-pack': duplicatePacks,
  'invalid-namespace-name': invalidNamespaceNames,
  'invalid-label-text': invalidLabelTexts,
  'name-not-text': namesNotText,
  'label-not-checked': labelsNotChecked,
  'stray-label-key': strayLabelKeys,
  'draft-only': draftProfiles,
  leftover: leftovers,
  'owner-missing': missingOwners,
  'other-cluster': otherClusters,
};

const SEVERITY_ORDER = ['error', 'warning', 'info'];

/** By severity, then by rule in report order. */
const RANKS: ReadonlyMap<string, number> = new Map(Object.keys(RULES).map((rule, at) => [rule, at]));

function rankOf({ severity, rule }: Finding): number {
  return SEVERITY_ORDER.indexOf(severity) * RANKS.size + (RANKS.get(rule) ?? 0);
}

/** Runs every rule. Findings are sorted by severity, then rule in report order, then namespace, pack, application. */
export function findingsOf(audited: Audited): readonly Finding[] {
  const perRule = Object.values(RULES).map((rule): readonly Finding[] => rule(audited));
  return perRule
    .flatMap((found) => (found[0] === undefined ? [] : [{ rank: rankOf(found[0]), found }]))
    .toSorted((a, b) => a.rank - b.rank)
    .flatMap(({ found }) => found.toSorted(comparePlaces));
}

function comparePlaces(a: Finding, b: Finding): number {
  return (
    compareText(a.namespace, b.namespace) ||
    compareText(a.pack, b.pack) ||
    compareText(a.application, b.application) ||
    compareText(a.id, b.id)
  );
}
