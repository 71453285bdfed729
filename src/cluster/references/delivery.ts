import { at, isRecord, textAt, textsAt } from '../json.ts';
import { namespaceRef, pointer } from './referring.ts';
import type { Pointer, Referring, ReferringType } from './referring.ts';

const OWN_SERVERS: ReadonlySet<string> = new Set(['https://kubernetes.default.svc', 'https://kubernetes.default.svc/']);

/** Argo CD's names for the cluster it runs in; an application of another cluster refers to nothing here. */
function isHere(destination: unknown): boolean {
  const server = textAt(destination, 'server');
  return server === undefined
    ? (textAt(destination, 'name') ?? 'in-cluster') === 'in-cluster'
    : OWN_SERVERS.has(server);
}

function applicationOf({ object }: Referring): readonly Pointer[] {
  const destination = at(object, 'spec', 'destination');
  const namespace = textAt(destination, 'namespace');
  return namespace === undefined || !isHere(destination) ? [] : [pointer('destination', namespaceRef(namespace))];
}

const SOURCES = 'source.toolkit.fluxcd.io';

function sourceOf({ ref }: Referring, source: unknown): readonly Pointer[] {
  const kind = textAt(source, 'kind');
  const name = textAt(source, 'name');
  if (!isRecord(source) || kind === undefined || name === undefined) return [];
  const namespace = textAt(source, 'namespace') ?? ref.namespace;
  return [pointer('flux-source', { group: SOURCES, kind, namespace, name })];
}

function kustomizationOf(from: Referring): readonly Pointer[] {
  return sourceOf(from, at(from.object, 'spec', 'sourceRef'));
}

function helmReleaseOf(from: Referring): readonly Pointer[] {
  const chart = at(from.object, 'spec', 'chart', 'spec', 'sourceRef');
  return [...sourceOf(from, chart), ...sourceOf(from, at(from.object, 'spec', 'chartRef'))];
}

function operatorGroupOf({ ref, object }: Referring): readonly Pointer[] {
  const named = [...textsAt(object, 'spec', 'targetNamespaces'), ...textsAt(object, 'status', 'namespaces')];
  return [...new Set(named)]
    .filter((name) => name !== '' && name !== ref.namespace)
    .map((name) => pointer('operator-target', namespaceRef(name)));
}

/** The namespaces that a monitor names; one for any namespace names none. */
function monitorOf({ ref, object }: Referring): readonly Pointer[] {
  if (at(object, 'spec', 'namespaceSelector', 'any') === true) return [];
  return [...new Set(textsAt(object, 'spec', 'namespaceSelector', 'matchNames'))]
    .filter((name) => name !== ref.namespace)
    .map((name) => pointer('monitor', namespaceRef(name)));
}

const MONITORS = ['servicemonitors', 'podmonitors'];

/** What delivers to namespaces or watches them. Sources: CRDs of Argo CD, Flux, OLM, Prometheus operator. */
export const DELIVERY_TYPES: readonly ReferringType[] = [
  { type: 'applications.argoproj.io', take: applicationOf },
  { type: 'kustomizations.kustomize.toolkit.fluxcd.io', take: kustomizationOf },
  { type: 'helmreleases.helm.toolkit.fluxcd.io', take: helmReleaseOf },
  { type: 'operatorgroups.operators.coreos.com', take: operatorGroupOf },
  ...MONITORS.map((resource) => ({ type: `${resource}.monitoring.coreos.com`, take: monitorOf })),
];
