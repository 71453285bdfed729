import { fakeType, fullName } from '../support/fake-api/description.ts';
import type { FakeObject, FakeType } from '../support/fake-api/description.ts';
import { BUILT_IN_TYPES } from '../scenarios/support/kinds.ts';

// A cluster as large as one likes, of which any object can be told by its number: nothing of it is kept.

/** How large the world is. Every namespace holds the same: so many workloads, and so many objects by themselves. */
export interface WorldSize {
  readonly namespaces: number;
  /** The first namespaces are a pack's each. */
  readonly packs: number;
  /** Up to here the namespaces are additional ones of these packs, in turn; the others are at no stake. */
  readonly claimed: number;
  readonly workloads: number;
  /** ConfigMaps that belong to nothing, every second one a person's: an application each. */
  readonly loose: number;
  /** Types of custom resources; the objects of workloads are spread over them. */
  readonly customTypes: number;
}

/** Where Palette's agent lives. */
export const AGENT = 'cluster-69af4d3e45baa7b0b501055a';

const FIRST = Date.UTC(2026, 0, 2);

/** When an object came to be: those of one number, as a workload's are, in one second, others in another. */
function createdAt({ namespace, number }: Place): string {
  const seconds = namespace * 61 + (number % 60);
  return new Date(FIRST + seconds * 1000).toISOString().replace('.000', '');
}

/** The chart of every pack's release. */
export const CHART = 'app';

function digits(number: number): string {
  return String(number).padStart(5, '0');
}

/** The name of a namespace by its number. */
export function namespaceName(number: number): string {
  return `team-${digits(number)}`;
}

/** The name of a pack by its number. */
export function packName(number: number): string {
  return `pack-${digits(number)}`;
}

/** The Helm release of a namespace: the pack's own, or that of somebody's application in an additional namespace. */
export function releaseName(size: WorldSize, namespace: number): string {
  return namespace < size.packs ? `${packName(namespace)}-${CHART}` : `tool-${digits(namespace)}`;
}

/** Whose a workload is: most are of the namespace's release, and one each of four others. */
type Maker = 'release' | 'person' | 'operator' | 'argocd';

/** The makers of a namespace's workloads, by number. */
function makerOf(workload: number): Maker {
  const turn = workload % 10;
  if (turn === 7) return 'person';
  if (turn === 8) return 'operator';
  return turn === 9 ? 'argocd' : 'release';
}

const MANAGERS: Readonly<Record<Maker, string>> = {
  release: 'helm',
  person: 'kubectl-client-side-apply',
  operator: 'shop-operator',
  argocd: 'argocd-controller',
};

/** Names one object: its place is its number among those of its kind in the namespace. */
interface Place {
  readonly size: WorldSize;
  readonly namespace: number;
  readonly number: number;
}

type Metadata = FakeObject['metadata'];

/** A type with what each namespace has of it. */
export interface LargeType {
  readonly type: FakeType;
  readonly perNamespace: (size: WorldSize) => number;
  readonly objectOf: (place: Place) => FakeObject;
}

function hex(value: number, length: number): string {
  return value.toString(16).padStart(length, '0');
}

/** UIDs in their usual form; equal for equal objects and different for others. */
function uid(kind: number, namespace: number, number: number): string {
  return `${hex(namespace, 8)}-0000-4${hex(kind, 3)}-8000-${hex(number, 12)}`;
}

/** The fields that a manager wrote, as an API server tells them: most of the bytes of a list. */
const FIELDS = {
  'f:metadata': { 'f:annotations': { '.': {}, 'f:checksum/config': {} }, 'f:labels': { '.': {}, 'f:app': {} } },
  'f:spec': {
    'f:replicas': {},
    'f:selector': {},
    'f:template': {
      'f:spec': { 'f:containers': { 'k:{"name":"web"}': { '.': {}, 'f:image': {}, 'f:resources': {} } } },
    },
  },
};

function written(place: Place, manager: string, subresource?: string): unknown {
  const more = subresource === undefined ? {} : { subresource };
  return {
    manager,
    operation: 'Update',
    apiVersion: 'v1',
    time: createdAt(place),
    fieldsType: 'FieldsV1',
    fieldsV1: FIELDS,
    ...more,
  };
}

function base(kind: number, place: Place, name: string): Metadata {
  return {
    name,
    namespace: namespaceName(place.namespace),
    uid: uid(kind, place.namespace, place.number),
    resourceVersion: String(1_000_000 + place.number),
    creationTimestamp: createdAt(place),
  };
}

function workloadName(workload: number): string {
  return `${makerOf(workload)}-${digits(workload)}`;
}

function marks(maker: Maker, { size, namespace }: Place, kind: string, name: string): Readonly<Record<string, string>> {
  const checksum = { 'checksum/config': '5f4dcc3b5aa765d61d8327deb882cf99' };
  if (maker === 'release') {
    const release = { 'meta.helm.sh/release-name': releaseName(size, namespace) };
    return { ...checksum, ...release, 'meta.helm.sh/release-namespace': namespaceName(namespace) };
  }
  if (maker !== 'argocd') return checksum;
  const at = namespaceName(namespace);
  return { ...checksum, 'argocd.argoproj.io/tracking-id': `shop:${kind}:${at}/${name}` };
}

/** What somebody made on purpose, with the mark of its maker. */
function made(kind: number, name: string, full: string): (place: Place) => FakeObject {
  return (place) => {
    const maker = makerOf(place.number);
    const object = `${workloadName(place.number)}${name}`;
    return {
      metadata: {
        ...base(kind, place, object),
        labels: { app: object, 'app.kubernetes.io/managed-by': maker, 'pod-template-hash': '5d59d67564' },
        annotations: marks(maker, place, full, object),
        managedFields: [written(place, MANAGERS[maker]), written(place, 'kube-controller-manager', 'status')],
      },
    };
  };
}

interface Owned {
  readonly kind: number;
  readonly suffix: string;
  readonly each: number;
  readonly owner: {
    readonly kind: number;
    readonly apiVersion: string;
    readonly name: string;
    readonly suffix: string;
  };
  readonly ownerNumber: (number: number) => number;
}

/** What a controller made; its number tells the owner's. */
function owned({ kind, suffix, each, owner, ownerNumber }: Owned): (place: Place) => FakeObject {
  return (place) => {
    const workload = Math.floor(place.number / each);
    const name = `${workloadName(workload)}${suffix}-${String(place.number % each)}`;
    const reference = {
      apiVersion: owner.apiVersion,
      kind: owner.name,
      name: `${workloadName(workload)}${owner.suffix}`,
      uid: uid(owner.kind, place.namespace, ownerNumber(place.number)),
      controller: true,
      blockOwnerDeletion: true,
    };
    return {
      metadata: {
        ...base(kind, place, name),
        labels: { app: workloadName(workload), 'pod-template-hash': '5d59d67564' },
        ownerReferences: [reference],
        managedFields: [written(place, 'kube-controller-manager'), written(place, 'kubelet', 'status')],
      },
    };
  };
}

function event(place: Place): FakeObject {
  const workload = Math.floor(place.number / EVENTS);
  const name = `${workloadName(workload)}.${(0x1871_0000_0000 + place.number).toString(16)}`;
  return { metadata: { ...base(9, place, name), managedFields: [written(place, 'kube-controller-manager')] } };
}

function looseMap(place: Place, number: number): FakeObject {
  const manager = number % 2 === 0 ? 'kubectl-create' : 'shop-operator';
  const name = `loose-${digits(number)}`;
  return { metadata: { ...base(5, place, name), managedFields: [written(place, manager)] } };
}

function rootCertificate(place: Place): FakeObject {
  return {
    metadata: { ...base(5, place, 'kube-root-ca.crt'), managedFields: [written(place, 'kube-controller-manager')] },
  };
}

const config = made(5, '-config', '/ConfigMap');

/** The workloads' own, then those that belong to nothing, and the root certificate last. */
function configMap(place: Place): FakeObject {
  const loose = place.number - place.size.workloads;
  if (loose < 0) return config(place);
  return loose < place.size.loose ? looseMap(place, loose) : rootCertificate(place);
}

const secret = made(6, '-secret', '/Secret');

/** The workloads' own, and the record of the namespace's release last. */
function secretOrRecord(place: Place): FakeObject {
  return place.number < place.size.workloads ? { ...secret(place), type: 'Opaque' } : releaseRecord(place);
}

/** The storage object of a namespace's release, without its data. */
function releaseRecord(place: Place): FakeObject {
  const name = releaseName(place.size, place.namespace);
  return {
    metadata: {
      ...base(6, place, `sh.helm.release.v1.${name}.v1`),
      labels: { name, owner: 'helm', status: 'deployed', version: '1' },
      managedFields: [written(place, 'helm')],
    },
    type: 'helm.sh/release.v1',
  };
}

function endpoints(place: Place): FakeObject {
  const name = `${workloadName(place.number)}-web`;
  return { metadata: { ...base(11, place, name), managedFields: [written(place, 'kube-controller-manager')] } };
}

const REPLICA_SETS = 3;
const PODS = 2;
const EVENTS = 4;

const workloads = ({ workloads: count }: WorldSize): number => count;

function builtIn(name: string): FakeType {
  const found = BUILT_IN_TYPES.find((type) => fullName(type) === name);
  if (found === undefined) throw new Error(`no type ${name}`);
  return found;
}

const DEPLOYMENT = { kind: 1, apiVersion: 'apps/v1', name: 'Deployment', suffix: '' };
const REPLICA_SET = { kind: 2, apiVersion: 'apps/v1', name: 'ReplicaSet', suffix: '-rs-0' };
const SERVICE = { kind: 4, apiVersion: 'v1', name: 'Service', suffix: '-web' };

const COMMON: readonly LargeType[] = [
  { type: builtIn('deployments.apps'), perNamespace: workloads, objectOf: made(1, '', 'apps/Deployment') },
  {
    type: builtIn('replicasets.apps'),
    perNamespace: (size) => workloads(size) * REPLICA_SETS,
    objectOf: owned({
      kind: 2,
      suffix: '-rs',
      each: REPLICA_SETS,
      owner: DEPLOYMENT,
      ownerNumber: (number) => Math.floor(number / REPLICA_SETS),
    }),
  },
  {
    type: builtIn('pods'),
    perNamespace: (size) => workloads(size) * PODS,
    objectOf: owned({
      kind: 3,
      suffix: '-pod',
      each: PODS,
      owner: REPLICA_SET,
      ownerNumber: (number) => Math.floor(number / PODS) * REPLICA_SETS,
    }),
  },
  { type: builtIn('services'), perNamespace: workloads, objectOf: made(4, '-web', '/Service') },
  { type: builtIn('configmaps'), perNamespace: ({ workloads: own, loose }) => own + loose + 1, objectOf: configMap },
  { type: builtIn('secrets'), perNamespace: ({ workloads: own }) => own + 1, objectOf: secretOrRecord },
  { type: builtIn('serviceaccounts'), perNamespace: workloads, objectOf: made(7, '-account', '/ServiceAccount') },
  { type: builtIn('events'), perNamespace: (size) => workloads(size) * EVENTS, objectOf: event },
  { type: builtIn('endpoints'), perNamespace: workloads, objectOf: endpoints },
  {
    type: builtIn('endpointslices.discovery.k8s.io'),
    perNamespace: workloads,
    objectOf: owned({ kind: 12, suffix: '-slice', each: 1, owner: SERVICE, ownerNumber: (number) => number }),
  },
];

/** Kinds of what a release's manifest has of each of its workloads, with the ends of their names. */
export const RELEASED: readonly (readonly [apiVersion: string, kind: string, suffix: string])[] = [
  ['apps/v1', 'Deployment', ''],
  ['v1', 'Service', '-web'],
  ['v1', 'ConfigMap', '-config'],
  ['v1', 'Secret', '-secret'],
  ['v1', 'ServiceAccount', '-account'],
];

/** The names of a release's workloads. */
export function releasedWorkloads({ workloads: count }: WorldSize): readonly string[] {
  return Array.from({ length: count }, (_, number) => number)
    .filter((number) => makerOf(number) === 'release')
    .map(workloadName);
}

/** Of the first custom types every namespace has an object, for each workload one; of the others nobody has any. */
function custom(index: number): LargeType {
  const kind = `Thing${digits(index)}`;
  const type = fakeType(`${kind.toLowerCase()}s.things.example.com`, kind, { custom: true });
  const objectOf = made(100 + index, '-thing', `things.example.com/${kind}`);
  const perNamespace = ({ workloads: count }: WorldSize): number => (index < count ? 1 : 0);
  return { type, perNamespace, objectOf };
}

/** Every type of which the world has many objects. */
export function largeTypes({ customTypes }: WorldSize): readonly LargeType[] {
  return [...COMMON, ...Array.from({ length: customTypes }, (_, index) => custom(index))];
}

/** How many objects the world has, of every large type together. */
export function objectCount(size: WorldSize): number {
  return largeTypes(size).reduce((sum, { perNamespace }) => sum + Math.max(0, perNamespace(size)) * size.namespaces, 0);
}
