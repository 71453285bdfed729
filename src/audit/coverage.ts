import { coveredBy } from '../model/covered.ts';
import type { ClusterObject, Coverage, Inventory, NamespaceRecord, OwnerReference } from '../model/inventory.ts';
import { namedOwners } from '../model/named-objects.ts';
import type { CoverageGap, CoverageSummary } from '../model/report.ts';
import { compareText, typeName, type ResourceType } from '../model/resource.ts';
import type { Subject } from '../model/subject.ts';
import { grouped } from '../model/grouped.ts';

/** Which types a namespace deletion destroys: namespaced, and deletable. Source: kubernetes namespace controller. */
function destroyable({ namespaced, verbs }: ResourceType): boolean {
  return namespaced && verbs.includes('delete');
}

/**
 * What the answer needed and got, for these namespaces: every destroyable type in each of them, plus everything that
 * was read on the way (discovery, releases, namespaces, packs). No entry means not covered.
 */
export function coverageOf({ inventory, narrowedTo }: Subject, namespaces: readonly string[]): CoverageSummary {
  const asked = inventory.namespaces.filter(({ name }) => narrowedTo.length === 0 || narrowedTo.includes(name));
  return summaryOf(inventory, { types: inventory.types.filter(destroyable), namespaces, asked });
}

/**
 * What a question about the whole cluster needed and got: every destroyable type in every namespace, and every type
 * without a namespace.
 */
export function wholeCoverage({ inventory }: Subject): CoverageSummary {
  const types = inventory.types.filter((type) => destroyable(type) || isListedClusterWide(type));
  return summaryOf(inventory, { types, namespaces: inventory.namespaces.map(({ name }) => name), asked: [] });
}

function isListedClusterWide({ namespaced, verbs }: ResourceType): boolean {
  return !namespaced && verbs.includes('list');
}

interface Needs {
  readonly types: readonly ResourceType[];
  readonly namespaces: readonly string[];
  /** Namespaces of which it is asked whether they go with their owners. */
  readonly asked: readonly NamespaceRecord[];
}

function summaryOf(whole: Inventory, { types, namespaces, asked }: Needs): CoverageSummary {
  const inventory = { ...whole, coverage: whole.coverage.filter(isOfAudits) };
  const { listed } = coveredBy(inventory.coverage);
  const missing = types.flatMap((type) => {
    const resource = typeName(type);
    const scopes = type.namespaced ? namespaces : [''];
    const unseen = listed(resource, '') ? [] : scopes.filter((scope) => !listed(resource, scope));
    return unseen.length === 0 ? [] : [{ resource, unseen }];
  });
  const gaps = [
    ...(types.length === 0 ? [NOTHING_SERVED] : []),
    ...typeGaps(inventory.coverage, missing),
    ...otherGaps(
      inventory.coverage,
      () => new Set([...types, ...unneededTypes(inventory, namespaces, asked)].map(typeName)),
    ),
  ];
  const here = new Set(namespaces);
  return {
    complete: gaps.length === 0,
    types: types.length,
    completeTypes: types.length - missing.length,
    namespaces: namespaces.length,
    resources: countIn(inventory.objects, here),
    gaps: byCause(gaps),
    notes: notesOf(inventory.coverage, here),
  };
}

function countIn(objects: readonly ClusterObject[], here: ReadonlySet<string>): number {
  let count = 0;
  let last: string | undefined;
  let isHere = false;
  for (const { namespace } of objects) {
    // Neighbours are mostly in one namespace.
    if (namespace !== last) {
      last = namespace;
      isHere = here.has(namespace);
    }
    if (isHere) count += 1;
  }
  return count;
}

/** What objects say of each other, and which profile has which pack, only removals rest on. */
function isOfAudits({ resource }: Coverage): boolean {
  return !resource.startsWith('references/') && !resource.startsWith('profiles/');
}

/** All that is not complete in a ledger, whatever it may be needed for; gaps of one cause are one. */
export function gapsOf(coverage: readonly Coverage[]): readonly CoverageGap[] {
  return byCause(coverage.filter(({ state }) => state !== 'complete').map(gapOf));
}

interface Gap {
  readonly state: string;
  readonly resource: string;
  readonly scope: string;
  readonly needs: string;
  readonly reason: string;
}

/** Every cluster serves types that a deletion destroys; to know of none is to have seen nothing. */
const NOTHING_SERVED: Gap = {
  state: 'unknown-discovery',
  resource: 'discovery',
  scope: '',
  needs: '',
  reason: 'no resource type is known',
};

function entryKey({ resource, scope }: Coverage): string {
  return `${resource} ${scope}`;
}

/** For each unseen (type, namespace) the entry that says why, or that nothing was read at all. */
function typeGaps(
  coverage: readonly Coverage[],
  missing: readonly { readonly resource: string; readonly unseen: readonly string[] }[],
): readonly Gap[] {
  const known = new Map(coverage.map((entry) => [entryKey(entry), entry]));
  return missing.flatMap(({ resource, unseen }) =>
    unseen.map((namespace) => {
      const entry = known.get(`${resource} ${namespace}`) ?? known.get(`${resource} `);
      return entry === undefined
        ? { state: 'failed', resource, scope: namespace, needs: '', reason: 'not read' }
        : gapOf(entry);
    }),
  );
}

/** Volumes are asked for only because of the claims on them. */
function claimsVolumes({ objects }: Inventory, namespaces: readonly string[]): boolean {
  const here = new Set(namespaces);
  return objects.some(
    ({ type, namespace }) => type.resource === 'persistentvolumeclaims' && type.group === '' && here.has(namespace),
  );
}

/** Types without a namespace count only where what was asked names one as its owner that was not seen. */
function unneededTypes(
  inventory: Inventory,
  namespaces: readonly string[],
  asked: Needs['asked'],
): readonly ResourceType[] {
  const { types, objects } = inventory;
  const always = new Set(['namespaces', ...(claimsVolumes(inventory, namespaces) ? ['persistentvolumes'] : [])]);
  const missing = [...missingOwners(objects), ...missingOwnersOf(asked, objects)];
  const named = new Set(missing.map(({ kind, group }) => `${kind}.${group}`));
  return types.filter(
    (type) => !type.namespaced && !always.has(typeName(type)) && !named.has(`${type.kind}.${type.group}`),
  );
}

/** Owners that objects in a namespace name, and that were not seen. */
function missingOwners(objects: readonly ClusterObject[]): readonly OwnerReference[] {
  const known = namedOwners(objects);
  const missing: OwnerReference[] = [];
  let last: ClusterObject['owners'] = [];
  for (const { namespace, owners } of objects) {
    if (namespace === '' || owners === last) continue;
    last = owners;
    for (const owner of owners) if (known.get(owner.uid)?.type.kind !== owner.kind) missing.push(owner);
  }
  return missing;
}

/** Owners of namespaces, and of these owners, that were not seen. */
function missingOwnersOf(asked: Needs['asked'], objects: readonly ClusterObject[]): readonly OwnerReference[] {
  const owned = asked.flatMap(({ owners = [] }) => owners);
  if (owned.length === 0) return [];
  const known = new Map(objects.flatMap((object) => (object.namespace === '' ? [[object.uid, object]] : [])));
  const missing: OwnerReference[] = [];
  const seen = new Set<string>();
  const queue = [...owned];
  for (let owner = queue.pop(); owner !== undefined; owner = queue.pop()) {
    if (seen.has(owner.uid)) continue;
    seen.add(owner.uid);
    const object = known.get(owner.uid);
    if (object === undefined) missing.push(owner);
    else queue.push(...object.owners);
  }
  return missing;
}

/**
 * What failed or was left out on request and is no listing of destroyable objects: discovery, releases, namespaces.
 * `typesOf` looks through all objects, which is for nothing where all was read.
 */
function otherGaps(coverage: readonly Coverage[], typesOf: () => ReadonlySet<string>): readonly Gap[] {
  const incomplete = coverage.filter(({ state }) => state !== 'complete');
  if (incomplete.length === 0) return [];
  const types = typesOf();
  return incomplete.filter(({ resource }) => !types.has(resource)).map(gapOf);
}

function gapOf({ state, resource, scope, needs, reason }: Coverage): Gap {
  return { state, resource, scope, needs, reason };
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted(compareText);
}

/** Gaps of one cause as one: same state and reason, the same resources in each of the scopes. */
function byCause(gaps: readonly Gap[]): readonly CoverageGap[] {
  const perScope = grouped(gaps, ({ state, scope, reason }) => JSON.stringify([state, scope, reason]));
  const perCause = grouped(perScope.values(), (group) =>
    JSON.stringify([group[0]?.state, group[0]?.reason, ...unique(group.map(({ resource }) => resource))]),
  );
  return [...perCause.values()]
    .map((groups) => summary(groups.flat()))
    .toSorted((a, b) => compareText(JSON.stringify(a), JSON.stringify(b)));
}

function summary(gaps: readonly Gap[]): CoverageGap {
  return {
    state: gaps[0]?.state ?? 'failed',
    resources: unique(gaps.map(({ resource }) => resource)),
    scopes: unique(gaps.map(({ scope }) => scope)),
    needs: needsText(unique(gaps.flatMap((gap) => gap.needs.split('; ')).filter((text) => text !== ''))),
    reason: gaps[0]?.reason ?? '',
  };
}

/** One right that is missing in several namespaces is said once. */
function needsText(needs: readonly string[]): string {
  const rights = unique(needs.map((text) => text.replace(/ in namespace \S+$/, '')));
  return rights.length < needs.length ? rights.map((right) => `${right} there`).join(', ') : needs.join(', ');
}

/** Entries of the ledger that are no resource type: their notes name what they are about. */
const SPEAKS_FOR_ITSELF = /^(?:discovery$|definitions\/)/;

function notesOf(coverage: readonly Coverage[], here: ReadonlySet<string>): readonly string[] {
  const notes = coverage
    .filter(({ note, scope }) => note !== '' && (scope === '' || here.has(scope)))
    .map(({ resource, note }) => (SPEAKS_FOR_ITSELF.test(resource) ? note : `${resource}: ${note}`));
  return unique(notes);
}
