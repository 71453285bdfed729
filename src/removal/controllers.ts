import { ownWriters, type ClusterObject } from '../model/inventory.ts';
import { placedInManifests, placedInRelease } from '../model/placement.ts';
import { typeName } from '../model/resource.ts';
import { releaseKey } from '../model/attribution.ts';
import { WORKLOAD_TYPES } from './check.ts';
import { isNamedAlike } from './manager-names.ts';
import { groupOfDefinition, type World } from './world.ts';

const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';

/** What runs the controllers of custom resources, as far as it can be told without asking them. */
export interface Controllers {
  /** Workloads that were brought together with the definitions of a group, wrote them, or convert their resources. */
  readonly ofGroup: (group: string) => readonly ClusterObject[];
  /** Workloads of the group that a domain is, lies in, or is the end of: `argocd.argoproj.io` of `argoproj.io`. */
  readonly ofDomain: (domain: string) => readonly ClusterObject[];
  /** Workloads named like a field manager. */
  readonly byManager: (manager: string) => readonly ClusterObject[];
}

/** Controllers that Kubernetes' own distributions deploy, by the group that they serve. Source: CSI external-snapshotter. */
const WELL_KNOWN: ReadonlyMap<string, readonly string[]> = new Map([
  ['snapshot.storage.k8s.io', ['snapshot-controller', 'csi-snapshot-controller']],
]);

const controllersByWorld = new WeakMap<World, Controllers>();

/** The controllers of a world. They do not change with what is removed from it, so they are looked for once. */
export function controllersOf(world: World): Controllers {
  const found = controllersByWorld.get(world) ?? controllersIn(world);
  controllersByWorld.set(world, found);
  return found;
}

function controllersIn(world: World): Controllers {
  const workloads = WORKLOAD_TYPES.flatMap((type) => world.byType.get(type) ?? []);
  const byManager = remembered((manager) => workloads.filter(({ name }) => isNamedAlike(manager, name)));
  const byGroup = new Map<string, Set<ClusterObject>>();
  const add = (group: string, found: readonly ClusterObject[]): void => {
    const known = byGroup.get(group) ?? new Set<ClusterObject>();
    byGroup.set(group, known);
    for (const one of found) known.add(one);
  };
  for (const bundle of bundlesOf(world)) {
    const runs = bundle.filter(isWorkload);
    for (const definition of bundle.filter(isDefinition)) add(groupOfDefinition(definition), runs);
  }
  for (const definition of world.byType.get(DEFINITIONS) ?? []) {
    add(
      groupOfDefinition(definition),
      ownWriters(definition).flatMap(({ manager }) => byManager(manager)),
    );
  }
  for (const { from, to } of world.references('conversion-webhook')) {
    add(groupOfDefinition(from), (world.byNamespace.get(to.namespace) ?? []).filter(isWorkload));
  }
  for (const [group, names] of WELL_KNOWN)
    add(
      group,
      workloads.filter(({ name }) => names.includes(name)),
    );
  return { ofGroup: (group) => [...(byGroup.get(group) ?? [])], ofDomain: domainsAmong(byGroup), byManager };
}

/** Domains under which everybody has groups: they tell no controller. */
const SHARED: ReadonlySet<string> = new Set(['k8s.io', 'x-k8s.io', 'kubernetes.io', 'github.com', 'github.io']);

function domainsAmong(byGroup: ReadonlyMap<string, ReadonlySet<ClusterObject>>): Controllers['ofDomain'] {
  return remembered((domain) => {
    if (!domain.includes('.') || SHARED.has(domain)) return [];
    const found = new Set<ClusterObject>();
    for (const [group, workloads] of byGroup) {
      if (isNear(group, domain)) for (const workload of workloads) found.add(workload);
    }
    return [...found];
  });
}

function isNear(group: string, domain: string): boolean {
  return group === domain || domain.endsWith(`.${group}`) || group.endsWith(`.${domain}`);
}

/** Many objects have the same few managers and finalizers, so that each of these is looked up once. */
function remembered(find: (name: string) => readonly ClusterObject[]): (name: string) => readonly ClusterObject[] {
  const known = new Map<string, readonly ClusterObject[]>();
  return (name) => {
    const found = known.get(name) ?? find(name);
    known.set(name, found);
    return found;
  };
}

function isWorkload({ type }: ClusterObject): boolean {
  return WORKLOAD_TYPES.some((one) => one === typeName(type));
}

function isDefinition({ type }: ClusterObject): boolean {
  return typeName(type) === DEFINITIONS;
}

/** Live objects that were installed together: those of a pack's releases and manifests, those of any other release. */
function bundlesOf(world: World): readonly (readonly ClusterObject[])[] {
  const packOf = new Map(world.subject.links.map(({ release, pack }) => [release, pack]));
  const bundles = new Map<string, ClusterObject[]>();
  const add = (bundle: string, key: string): void => {
    const known = bundles.get(bundle) ?? [];
    bundles.set(bundle, known);
    known.push(...(world.byPlace.get(key) ?? []));
  };
  for (const release of world.subject.inventory.releases) {
    const pack = packOf.get(releaseKey(release));
    const bundle = pack === undefined ? `release ${releaseKey(release)}` : `pack ${pack}`;
    for (const { key } of placedInRelease(release, world.scope)) add(bundle, key);
  }
  for (const pack of world.subject.packs) {
    for (const { key } of placedInManifests(pack, world.scope)) add(`pack ${pack.name}`, key);
  }
  return [...bundles.values()];
}
