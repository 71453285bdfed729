import type { NamespaceSetting } from '../../model/definition.ts';
import type { FindingOf, HeldUp } from '../../model/finding.ts';
import type { Coverage, NamespaceRecord } from '../../model/inventory.ts';
import { isAgentNamespace } from '../../model/namespace.ts';
import type { Pack, PackState } from '../../model/pack.ts';
import { compareText } from '../../model/resource.ts';
import { finding, type Audited } from '../rule.ts';

/** Finds packs with a claim on a namespace where Palette's own agents live: its removal would cut the cluster off. */
export function agentNamespaces({ claims, subject }: Audited): FindingOf<'agent-namespace'>[] {
  const other = new Set(subject.inventory.otherAgentNamespaces);
  return claims
    .filter(({ namespace, fate }) => fate === 'destroyed' && (isAgentNamespace(namespace) || other.has(namespace)))
    .map(({ namespace, pack, sources }) =>
      finding('agent-namespace', { namespace, pack }, { source: sources.join(', ') }),
    );
}

/** Finds releases of a pack outside the namespaces it declares: after a change of namespace the old one stays. */
export function formerNamespaces({ subject, claims }: Audited): FindingOf<'former-namespace'>[] {
  return claims
    .filter(({ sources }) => sources.includes('former namespace'))
    .map(({ namespace, pack }) => {
      const links = subject.links.filter((one) => one.pack === pack && one.release.startsWith(`${namespace}/`));
      const releases = links.map(({ release }) => release.slice(namespace.length + 1)).toSorted(compareText);
      const declared = subject.packs.find(({ name }) => name === pack);
      return finding(
        'former-namespace',
        { namespace, pack },
        { release: releases.join(', '), declared: declaredNamespaces(declared).join(', ') },
      );
    });
}

function declaredNamespaces(pack: Pack | undefined): readonly string[] {
  const names = (pack?.definitions ?? []).map(({ namespace }) => namespace?.text ?? 'default');
  return [...new Set(names)].toSorted(compareText);
}

/** Finds namespaces that an installed pack declares and the cluster does not have; one being removed has lost its own. */
export function missingNamespaces({ subject, claims }: Audited): FindingOf<'namespace-missing'>[] {
  if (!namespacesRead(subject)) return [];
  const live = new Set(subject.inventory.namespaces.map(({ name }) => name));
  return claims
    .filter(({ fate }) => fate === 'destroyed')
    .filter(({ namespace }) => !live.has(namespace) && isPossible(namespace))
    .filter(({ pack }) => !WITHOUT_NAMESPACE.has(subject.states.get(pack) ?? 'installed'))
    .map(({ namespace, pack, sources }) =>
      finding('namespace-missing', { namespace, pack }, { source: sources.join(', ') }),
    );
}

/** States of packs whose namespace is not there yet, or not any more. */
const WITHOUT_NAMESPACE: ReadonlySet<PackState> = new Set(['planned', 'being removed']);

/** A name that Kubernetes refuses has a finding of its own. */
function isPossible(namespace: string): boolean {
  return namespace.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(namespace);
}

/** Without the list of namespaces nothing can be called missing. */
function namespacesRead({ inventory }: Audited['subject']): boolean {
  const entries = inventory.coverage.filter(({ resource }) => resource === 'namespaces');
  return entries.some(({ scope }) => scope === '') && entries.every(({ state }) => state === 'complete');
}

/** Finds namespaces, at stake or asked for, that are being deleted already, and what holds that up. */
export function terminatingNamespaces({ subject, claims }: Audited): FindingOf<'namespace-terminating'>[] {
  const wanted = new Set([...claims.map(({ namespace }) => namespace), ...subject.narrowedTo]);
  return subject.inventory.namespaces.flatMap((record) => {
    const { name, deletingSince } = record;
    if (deletingSince === undefined || !wanted.has(name)) return [];
    const conditions = heldUpBy(record);
    const facts = { since: deletingSince, ...(conditions.length === 0 ? {} : { conditions }) };
    return [finding('namespace-terminating', { namespace: name }, facts)];
  });
}

/** The conditions that hold now; Kubernetes keeps those that are over with status False. */
function heldUpBy({ conditions = [] }: NamespaceRecord): readonly HeldUp[] {
  const now = conditions.filter(({ status }) => status !== 'False');
  return now.map(({ type, reason, message }) => ({ type, reason, message }));
}

/**
 * Finds the APIs that do not answer and the types that cannot be converted: until they do, the deletion of a namespace
 * hangs half done, for Kubernetes cannot tell whether it is empty. Source: namespace controller, condition NamespaceDeletionDiscoveryFailure.
 */
export function blockedDeletions({ subject }: Audited): FindingOf<'namespace-deletion-blocked'>[] {
  const { unavailableApis, coverage } = subject.inventory;
  const apis = unavailableApis.map(({ name, service, reason }) =>
    finding('namespace-deletion-blocked', { key: name }, { api: name, service, reason }),
  );
  const types = new Map(coverage.filter(isUnconverted).map(({ resource, reason }) => [resource, reason]));
  const conversions = [...types].map(([api, reason]) =>
    finding('namespace-deletion-blocked', { key: api }, { api, service: '', reason, conversion: true }),
  );
  return [...apis, ...conversions];
}

/** A type that could be listed at none of its versions; the words are those of the API server's own error. */
function isUnconverted({ resource, state, reason }: Coverage): boolean {
  return state === 'failed' && !resource.includes('/') && reason.includes('conversion webhook for ');
}

/** Finds declared namespace labels that the live namespace does not bear: pod security may not be what was meant. */
export function labelsNotApplied(audited: Audited): FindingOf<'labels-not-applied'>[] {
  return settings(audited, ({ namespaceLabels }) => namespaceLabels).flatMap(({ pack, entries, live }) => {
    const keys = unmet(entries, live.labels);
    return keys.length === 0 ? [] : [finding('labels-not-applied', { namespace: live.name, pack }, { keys })];
  });
}

/** Finds declared namespace annotations that the live namespace does not bear. */
export function annotationsNotApplied(audited: Audited): FindingOf<'annotations-not-applied'>[] {
  return settings(audited, ({ namespaceAnnotations }) => namespaceAnnotations).flatMap(({ pack, entries, live }) => {
    const keys = unmet(entries, live.annotations);
    return keys.length === 0 ? [] : [finding('annotations-not-applied', { namespace: live.name, pack }, { keys })];
  });
}

interface DeclaredSetting {
  readonly pack: string;
  readonly entries: NamespaceSetting['entries'];
  readonly live: NamespaceRecord;
}

/** Settings of installed packs on namespaces that exist; what several definitions declare counts together. */
function settings(
  { subject }: Audited,
  of: (definition: Pack['definitions'][number]) => readonly NamespaceSetting[],
): readonly DeclaredSetting[] {
  const live = new Map(subject.inventory.namespaces.map((namespace) => [namespace.name, namespace]));
  const wanted = (namespace: string): boolean =>
    subject.narrowedTo.length === 0 || subject.narrowedTo.includes(namespace);
  const found = new Map<string, DeclaredSetting>();
  for (const pack of subject.packs.filter(({ name }) => subject.states.get(name) !== 'planned')) {
    for (const setting of pack.definitions.flatMap(of)) {
      const record = setting.namespace.resolved ? live.get(setting.namespace.text) : undefined;
      if (record === undefined || !wanted(record.name)) continue;
      const key = JSON.stringify([pack.name, record.name]);
      const entries = [...(found.get(key)?.entries ?? []), ...setting.entries];
      found.set(key, { pack: pack.name, entries, live: record });
    }
  }
  return [...found.values()];
}

function unmet(entries: NamespaceSetting['entries'], live: ReadonlyMap<string, string>): readonly string[] {
  const keys = entries.filter(({ key, value, resolved }) => resolved && live.get(key) !== value).map(({ key }) => key);
  return [...new Set(keys)].toSorted(compareText);
}
