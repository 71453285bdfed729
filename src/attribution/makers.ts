import type { Attribution } from '../model/attribution.ts';
import { grouped } from '../model/grouped.ts';
import { ownWriters, type ClusterObject, type Inventory } from '../model/inventory.ts';
import type { DefinedObject } from '../model/definition.ts';
import type { Pack } from '../model/pack.ts';
import { compareText, kindKey, typeName } from '../model/resource.ts';
import type { Candidate } from './candidates.ts';
import type { Context } from './context.ts';
import { personsManager } from './managers.ts';

/** Per pack: the custom types its releases brought, and the names of its components. */
export interface Makers {
  readonly packOfType: ReadonlyMap<string, string>;
  readonly components: ReadonlyMap<string, ReadonlySet<string>>;
}

const COMPONENT_KINDS: ReadonlySet<string> = new Set(['Deployment', 'DaemonSet', 'StatefulSet', 'ServiceAccount']);

/**
 * Learns from the packs' releases and manifests which custom types they brought and what their components are called.
 * CRDs of a chart's `crds/` folder are in no release manifest, so those types have no known maker.
 */
export function makersOf(context: Context): Makers {
  const brought = new Map<string, Set<string>>();
  const components = new Map<string, Set<string>>();
  const typeOfCrd = new Map(context.inventory.customTypes.map(({ crd, group, kind }) => [crd, `${group}/${kind}`]));
  const note = (pack: string, kind: string, name: string): void => {
    const type = kind === 'CustomResourceDefinition' ? typeOfCrd.get(name) : undefined;
    if (type !== undefined) brought.set(type, (brought.get(type) ?? new Set<string>()).add(pack));
    if (COMPONENT_KINDS.has(kind)) {
      const names = components.get(pack) ?? new Set<string>();
      components.set(pack, names.add(name));
    }
  };
  for (const release of context.inventory.releases) {
    const link = context.linkOf.get(`${release.namespace}/${release.name}`);
    if (link === undefined) continue;
    for (const { ref } of release.objects) note(link.pack, ref.kind, ref.name);
    note(link.pack, 'Deployment', release.chart);
  }
  for (const { pack, object } of context.packs.flatMap(certainObjects)) note(pack, object.ref.kind, object.ref.name);
  return { packOfType: onlyMakers(brought), components };
}

/** A type that several packs brought tells nothing about who made its resources. */
function onlyMakers(brought: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, string> {
  const only = [...brought].filter(([, packs]) => packs.size === 1);
  return new Map(only.flatMap(([type, packs]) => [...packs].map((pack) => [type, pack] as const)));
}

function certainObjects(pack: Pack): readonly { pack: string; object: DefinedObject }[] {
  return pack.definitions.flatMap(({ objects }) =>
    objects.filter(({ possible }) => !possible).map((object) => ({ pack: pack.name, object })),
  );
}

/** A custom resource of a type that a pack brought, written by nobody but that pack's own component. */
export function makerCandidate(object: ClusterObject, makers: Makers): Candidate | undefined {
  const pack = makers.packOfType.get(kindKey(object.type));
  if (pack === undefined || personsManager(object) !== undefined) return undefined;
  const names = makers.components.get(pack) ?? new Set<string>();
  const writers = ownWriters(object);
  if (writers.length === 0 || !writers.every(({ manager }) => names.has(manager) && !isEntrance(manager)))
    return undefined;
  const text = `a resource of a type that pack ${pack} brought, written only by its component ${writers[0]?.manager ?? ''}`;
  return { owner: { kind: 'pack', pack }, strength: 'inferred', evidence: { strength: 'inferred', text } };
}

/** Last parts of the names of components through which people write, such as `argocd-server` and `jupyter-web-app`. */
const ENTRANCES: ReadonlySet<string> = new Set([
  'server',
  'api',
  'apiserver',
  'app',
  'backend',
  'cli',
  'console',
  'dashboard',
  'frontend',
  'gateway',
  'portal',
  'ui',
  'web',
]);

/** What a person asks for in a pack's own interface, its server writes: it is the person's all the same. */
function isEntrance(manager: string): boolean {
  return ENTRANCES.has(manager.slice(manager.lastIndexOf('-') + 1));
}

/** Share of namespaces, and least number of them, from which on an object counts as put everywhere by a machine. */
const SHARE = 0.8;
const LEAST_NAMESPACES = 5;

/**
 * Kinds that run something or hold its data. Who has the same in every namespace, such as a database for each tenant,
 * loses it with the namespace, and nobody makes that again.
 */
const NEVER_INJECTED: ReadonlySet<string> = new Set([
  '/PersistentVolumeClaim',
  '/Pod',
  '/ReplicationController',
  'apps/DaemonSet',
  'apps/Deployment',
  'apps/ReplicaSet',
  'apps/StatefulSet',
  'batch/CronJob',
  'batch/Job',
  'kubevirt.io/VirtualMachine',
  'kubevirt.io/VirtualMachineInstance',
  'snapshot.storage.k8s.io/VolumeSnapshot',
]);

function mayBeInjected({ type }: ClusterObject): boolean {
  return !NEVER_INJECTED.has(kindKey(type));
}

/** The same kind and name, by the same non-human manager, in at least 80 % of the cluster's namespaces. */
export function injectedCandidate(object: ClusterObject, { inventory, everywhere }: Context): Candidate | undefined {
  if (inventory.elsewhere.length === 0 || !mayBeInjected(object) || personsManager(object) !== undefined)
    return undefined;
  const writers = everywhere.get(`${typeName(object.type)}/${object.name}`);
  if (writers === undefined) return undefined;
  const managers = ownWriters(object).map(({ manager }) => manager);
  const manager = managers.toSorted().find((one) => writers.has(one));
  if (manager === undefined) return undefined;
  const text = `${manager} wrote the same ${object.type.kind} into at least 80 % of all namespaces`;
  return { owner: { kind: 'injected', manager }, strength: 'inferred', evidence: { strength: 'inferred', text } };
}

/**
 * Who writes objects of a type and name into at least 80 % of all namespaces, by `TYPE.GROUP/NAME`. A share can only be
 * told of a whole: without the list of all namespaces, those at stake are not all there are.
 */
export function everywhereIn(inventory: Inventory): ReadonlyMap<string, ReadonlySet<string>> {
  const all = inventory.namespaces.length;
  if (all < LEAST_NAMESPACES || !allNamespacesKnown(inventory)) return new Map();
  return new Map(
    inventory.elsewhere.map(({ resource, name, writers }) => {
      const places = [...grouped(writers, ({ manager }) => manager)];
      const often = places.filter(([, ofOne]) => new Set(ofOne.map(({ namespace }) => namespace)).size >= all * SHARE);
      return [`${resource}/${name}`, new Set(often.map(([manager]) => manager))];
    }),
  );
}

function allNamespacesKnown({ coverage }: Inventory): boolean {
  return coverage.some(
    ({ resource, scope, state }) => resource === 'namespaces' && scope === '' && state === 'complete',
  );
}

/** Most probes that one audit spends on recognising injected objects. */
const MOST_CANDIDATES = 60;

/** Objects of one type and name in any namespaces; the type in `TYPE.GROUP` form. */
export interface InjectionCandidate {
  readonly resource: string;
  readonly name: string;
}

/**
 * Objects that nobody explains and no person wrote: worth looking whether every namespace has one. Each (type, name)
 * once, in order, at most 60.
 */
export function injectionCandidates(attributions: readonly Attribution[]): readonly InjectionCandidate[] {
  const candidates: InjectionCandidate[] = [];
  for (const { object, owner, root } of attributions) {
    if (owner.kind !== 'unexplained' || root !== object || object.namespace === '' || !mayBeInjected(object)) continue;
    candidates.push({ resource: typeName(object.type), name: object.name });
  }
  return firstCandidates(candidates);
}

/** Each (type, name) once, in order, at most 60. */
export function firstCandidates(all: readonly InjectionCandidate[]): readonly InjectionCandidate[] {
  const candidates = new Map(all.map((candidate) => [`${candidate.resource}/${candidate.name}`, candidate]));
  return [...candidates.entries()]
    .toSorted(([a], [b]) => compareText(a, b))
    .slice(0, MOST_CANDIDATES)
    .map(([, candidate]) => candidate);
}
