import { at, listAt } from '../json.ts';
import { namespacesNamedBy } from './namespace-selectors.ts';
import { namespaceRef, pointer } from './referring.ts';
import type { Pointer, ReferenceContext, Referring, ReferringType } from './referring.ts';

function peersOf(rules: readonly unknown[], side: 'from' | 'to', { labels }: ReferenceContext): readonly string[] {
  const selectors = rules.flatMap((rule) => listAt(rule, side)).map((peer) => at(peer, 'namespaceSelector'));
  return [...new Set(selectors.flatMap((selector) => namespacesNamedBy(selector, labels)))];
}

/** A policy's own namespace is no peer worth a word: both go together. */
function policyOf({ ref, object }: Referring, context: ReferenceContext): readonly Pointer[] {
  const named = (direction: 'ingress' | 'egress', side: 'from' | 'to'): readonly Pointer[] =>
    peersOf(listAt(object, 'spec', direction), side, context)
      .filter((name) => name !== ref.namespace)
      .map((name) => pointer('network-peer', namespaceRef(name), { direction }));
  return [...named('ingress', 'from'), ...named('egress', 'to')];
}

/** Who may talk to whom. Source: Kubernetes API reference. */
export const NETWORK_TYPES: readonly ReferringType[] = [
  { type: 'networkpolicies.networking.k8s.io', take: policyOf, needsLabels: true },
];
