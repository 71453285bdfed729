import type { Attribution } from '../model/attribution.ts';
import type { FactsByRule, FindingOf, ListedResource, RuleId, Severity } from '../model/finding.ts';
import type { Subject } from '../model/subject.ts';
import { findingId, type Application } from './applications.ts';
import type { Claim } from './claims.ts';
import type { Holdings } from './holdings.ts';

/** What every rule looks at; built once per audit. */
export interface Audited {
  readonly subject: Subject;
  readonly claims: readonly Claim[];
  readonly holdings: (namespace: string) => Holdings;
  readonly attributions: (namespace: string) => readonly Attribution[];
  readonly applications: (namespace: string) => readonly Application[];
}

/** Severity of each rule: design, section "Severity". */
export const SEVERITIES: { readonly [Id in RuleId]: Severity } = {
  'unmanaged-resource': 'error',
  'shared-namespace': 'error',
  'agent-namespace': 'error',
  'former-namespace': 'warning',
  'protected-namespace': 'warning',
  'claim-refuted': 'warning',
  'owner-conflict': 'warning',
  'labels-not-applied': 'warning',
  'annotations-not-applied': 'warning',
  'invalid-namespace-name': 'warning',
  'invalid-label-text': 'warning',
  'name-not-text': 'warning',
  'definition-unreadable': 'warning',
  'duplicate-pack': 'warning',
  'definitions-differ': 'warning',
  'namespace-missing': 'warning',
  'namespace-terminating': 'warning',
  'namespace-deletion-blocked': 'warning',
  'label-not-checked': 'info',
  'stray-label-key': 'info',
  'draft-only': 'info',
  leftover: 'info',
  'owner-missing': 'info',
  'other-cluster': 'info',
};

/** Where a finding belongs. `key` tells applications of one name apart in the id; texts are '' where not given. */
interface About {
  readonly namespace?: string;
  readonly pack?: string;
  readonly application?: string;
  readonly key?: string;
  readonly resources?: readonly ListedResource[];
}

/** Makes a finding with its severity and its stable id. */
export function finding<Id extends RuleId>(rule: Id, about: About, facts: FactsByRule[Id]): FindingOf<Id> {
  const { namespace = '', pack = '', application = '', key = application, resources = [] } = about;
  const id = findingId([rule, namespace, pack, key]);
  return { id, rule, severity: SEVERITIES[rule], namespace, pack, application, facts, resources };
}
