import { at, isRecord, listAt, textAt, textsAt } from '../json.ts';
import type { ObjectRef } from '../../model/resource.ts';
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

/** Argo CD lists what it deployed when it compares. Source: Argo CD's Application, `status.sync.status`. */
const COMPARED: ReadonlySet<string> = new Set(['Synced', 'OutOfSync']);

function isOutdated(application: unknown): 'yes' | undefined {
  return COMPARED.has(textAt(application, 'status', 'sync', 'status') ?? '') ? undefined : 'yes';
}

function applicationOf({ ref, object }: Referring): readonly Pointer[] {
  const destination = at(object, 'spec', 'destination');
  if (!isHere(destination)) return [pointer('cascade', ref, { elsewhere: 'yes' })];
  const namespace = textAt(destination, 'namespace');
  const deployed = listAt(object, 'status', 'resources').map((entry) => pointer('deploys', resourceIn(entry)));
  const destinations = namespace === undefined ? [] : [pointer('destination', namespaceRef(namespace))];
  return [...destinations, pointer('cascade', ref, { outdated: isOutdated(object) }), ...deployed];
}

function resourceIn(entry: unknown): ObjectRef {
  const text = (key: string): string => textAt(entry, key) ?? '';
  return { group: text('group'), kind: text('kind'), namespace: text('namespace'), name: text('name') };
}

/** A release is no object of the API; its name is like one's. */
const HELM_RELEASE = { group: 'helm.sh', kind: 'Release' } as const;

const SOURCES = 'source.toolkit.fluxcd.io';

function sourceOf({ ref }: Referring, source: unknown): readonly Pointer[] {
  const kind = textAt(source, 'kind');
  const name = textAt(source, 'name');
  if (!isRecord(source) || kind === undefined || name === undefined) return [];
  const namespace = textAt(source, 'namespace') ?? ref.namespace;
  return [pointer('flux-source', { group: SOURCES, kind, namespace, name })];
}

/** Whether Flux acts in the cluster that a kubeconfig of the object's leads to. */
function elsewhereOf(object: unknown): 'yes' | undefined {
  return at(object, 'spec', 'kubeConfig') === undefined ? undefined : 'yes';
}

function isSuspended(object: unknown): boolean {
  return at(object, 'spec', 'suspend') === true;
}

const PRUNING: ReadonlySet<string> = new Set(['Delete', 'WaitForTermination']);

/** What only `prune` decides by default, a policy decides otherwise. Source: Flux docs, Kustomization, "Deletion policy". */
function keepsInventory(object: unknown): boolean {
  const policy = textAt(object, 'spec', 'deletionPolicy') ?? 'MirrorPrune';
  if (isSuspended(object) || policy === 'Orphan') return true;
  return at(object, 'spec', 'prune') === false && !PRUNING.has(policy);
}

function kustomizationOf(from: Referring): readonly Pointer[] {
  const { ref, object } = from;
  const keeps = keepsInventory(object) ? 'yes' : undefined;
  const source = sourceOf(from, at(object, 'spec', 'sourceRef'));
  return [...source, pointer('cascade', ref, { keeps, elsewhere: elsewhereOf(object) })];
}

function helmReleaseOf(from: Referring): readonly Pointer[] {
  const { ref, object } = from;
  const chart = at(object, 'spec', 'chart', 'spec', 'sourceRef');
  const sources = [...sourceOf(from, chart), ...sourceOf(from, at(object, 'spec', 'chartRef'))];
  const keeps = isSuspended(object) ? 'yes' : undefined;
  const cascade = pointer('cascade', ref, { keeps, elsewhere: elsewhereOf(object) });
  return [...sources, cascade, ...releasesOf(from).map((release) => pointer('deploys', release))];
}

/** A release by the namespace of its record, in which its name is unique. */
function releasesOf({ ref, object }: Referring): readonly ObjectRef[] {
  const target = textAt(object, 'spec', 'targetNamespace');
  const usual = target === undefined ? ref.name : `${target}-${ref.name}`;
  const installed = listAt(object, 'status', 'history').flatMap((entry) => textAt(entry, 'name') ?? []);
  const names = [textAt(object, 'spec', 'releaseName') ?? usual, ...installed];
  const asked = textAt(object, 'spec', 'storageNamespace') ?? ref.namespace;
  const stored = textAt(object, 'status', 'storageNamespace') ?? asked;
  return [...new Set([asked, stored])].flatMap((namespace) =>
    [...new Set(names)].map((name) => ({ group: HELM_RELEASE.group, kind: HELM_RELEASE.kind, namespace, name })),
  );
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
