import type { ResourceType } from '../model/resource.ts';
import { compareText, typeName } from '../model/resource.ts';
import type { RightsRole, RightsRule } from '../model/rights.ts';
import { versionPath } from './api-path.ts';
import { storesNothing } from './stores-nothing.ts';

/** How the roles are called. The small one has a name of its own: applied, it must not replace the whole one. */
const WHOLE = 'palette-audit';
const SMALL = 'palette-audit-cluster-scope';

/** What the roles are made from. `versions` are all groups and versions served; `namespaces` is empty for all. */
export interface RightsSource {
  readonly types: readonly ResourceType[];
  readonly versions: readonly { readonly group: string; readonly version: string }[];
  readonly namespaces: readonly string[];
  readonly agentNamespaces: readonly string[];
  readonly withoutSecrets: boolean;
  readonly wildcard: boolean;
  readonly removal: boolean;
}

const PALETTE = 'cluster.spectrocloud.com';
const DEFINITIONS: ReadonlySet<string> = new Set(
  ['packs', 'spectroclusters', 'clusterprofiles'].map((resource) => `${resource}.${PALETTE}`),
);

/** Groups of the API server itself: of their types without a namespace only nodes own what is in namespaces. */
const OWN_GROUPS: ReadonlySet<string> = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
]);

function ruleOn(
  purpose: RightsRule['purpose'],
  verbs: RightsRule['verbs'],
  on: { readonly group: string; readonly resources: readonly string[] },
): RightsRule {
  return { purpose, verbs, paths: [], groups: [on.group], resources: on.resources, names: [] };
}

/** A name that a rule may hold: an API server may serve any text, also `*`, which would be a right to everything. */
export function isPlainName(name: string): boolean {
  return /^[a-z0-9][-a-z0-9.]*$/.test(name);
}

function isPlain({ group, resource }: ResourceType): boolean {
  return isPlainName(resource) && (group === '' || isPlainName(group));
}

/** One rule for each group, in the order of groups. */
function listRules(purpose: RightsRule['purpose'], types: readonly ResourceType[]): readonly RightsRule[] {
  const byGroup = new Map<string, Set<string>>();
  for (const { group, resource } of types) byGroup.set(group, (byGroup.get(group) ?? new Set()).add(resource));
  return [...byGroup]
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([group, resources]) => ruleOn(purpose, ['list'], { group, resources: [...resources].toSorted(compareText) }));
}

function discoveryRule({ versions, wildcard }: RightsSource): RightsRule {
  const named = versions.filter(({ group, version }) => isPlainName(version) && (group === '' || isPlainName(group)));
  const below = wildcard ? ['/api/*', '/apis/*'] : named.map(({ group, version }) => versionPath(group, version));
  const paths = [...new Set(['/api', '/apis', '/version', ...below])].toSorted(compareText);
  return { purpose: 'discovery', verbs: ['get'], paths, groups: [], resources: [], names: [] };
}

function mayOwn(type: ResourceType): boolean {
  return typeName(type) === 'nodes' || !(OWN_GROUPS.has(type.group) || storesNothing(type.group));
}

function isDefinition(type: ResourceType): boolean {
  return DEFINITIONS.has(typeName(type));
}

/** What of the API server itself every audit asks for. */
const ALWAYS: readonly {
  readonly purpose: RightsRule['purpose'];
  readonly verbs: RightsRule['verbs'];
  readonly type: string;
}[] = [
  { purpose: 'namespaces', verbs: ['get', 'list'], type: 'namespaces' },
  { purpose: 'witnesses', verbs: ['list'], type: 'customresourcedefinitions.apiextensions.k8s.io' },
  { purpose: 'witnesses', verbs: ['list'], type: 'apiservices.apiregistration.k8s.io' },
  { purpose: 'volumes', verbs: ['list'], type: 'persistentvolumes' },
];

/** What no namespace holds, and every audit asks for. */
function clusterRules(source: RightsSource): readonly RightsRule[] {
  const types = source.types.filter((type) => !type.namespaced && type.verbs.includes('list') && isPlain(type));
  const always = ALWAYS.flatMap(({ purpose, verbs, type: name }) =>
    types
      .filter((type) => typeName(type) === name)
      .map(({ group, resource }) => ruleOn(purpose, verbs, { group, resources: [resource] })),
  );
  const owners = types.filter((type) => mayOwn(type) && !isDefinition(type));
  const asked = new Set([...ALWAYS.map(({ type }) => type), ...owners.map(typeName)]);
  const others = types.filter((type) => !asked.has(typeName(type)) && !isDefinition(type));
  return [
    discoveryRule(source),
    ...always,
    ...listRules('definitions', types.filter(isDefinition)),
    ...listRules('owners', owners),
    ...(source.removal ? listRules('references', others) : []),
  ];
}

/** What a deletion of the namespace destroys and can be listed. Source: the namespace controller of Kubernetes. */
function contentTypes({ types }: RightsSource): readonly ResourceType[] {
  return types.filter(
    (type) => type.namespaced && type.verbs.includes('delete') && type.verbs.includes('list') && isPlain(type),
  );
}

const WILDCARD: readonly RightsRule[] = [
  ruleOn('everything', ['list'], { group: '*', resources: ['*'] }),
  ruleOn('release-secrets', ['get'], { group: '', resources: ['secrets'] }),
  ruleOn('release-configmaps', ['get'], { group: '', resources: ['configmaps'] }),
];

/** Where Helm keeps its records. */
const STORAGE: ReadonlySet<string> = new Set(['secrets', 'configmaps']);

/** What is asked for in namespaces. */
function contentRules(source: RightsSource): readonly RightsRule[] {
  if (source.wildcard) return WILDCARD;
  const types = contentTypes(source);
  const served = new Set(types.map(typeName));
  const read = (purpose: RightsRule['purpose'], resource: string): readonly RightsRule[] =>
    served.has(resource) ? [ruleOn(purpose, ['get', 'list'], { group: '', resources: [resource] })] : [];
  const others = types.filter((type) => !isDefinition(type) && !STORAGE.has(typeName(type)));
  return [
    ...listRules('definitions', types.filter(isDefinition)),
    ...(source.withoutSecrets ? [] : read('release-secrets', 'secrets')),
    ...read('release-configmaps', 'configmaps'),
    ...listRules('contents', others),
  ];
}

/** What Palette's own namespace has to tell, where it is not audited itself. */
function agentRules(source: RightsSource): readonly RightsRule[] {
  const config = ruleOn('agent-config', ['get'], { group: '', resources: ['configmaps'] });
  const names = source.agentNamespaces.length > 1 ? ['cluster-info'] : [];
  return [
    ...listRules('definitions', contentTypes(source).filter(isDefinition)),
    { ...config, names: [...names, 'namespace-labeler-labels'] },
  ];
}

/**
 * The least roles with which this program reads everything it asks for: one ClusterRole or, for `namespaces`, a small
 * ClusterRole, a Role in each of them, and one in each agent namespace beside them.
 */
export function rolesFor(source: RightsSource): readonly RightsRole[] {
  const rules = contentRules(source);
  if (source.namespaces.length === 0) {
    const cluster = clusterRules(source).filter(({ verbs }) => !source.wildcard || verbs.includes('get'));
    return [{ name: WHOLE, namespace: '', rules: [...cluster, ...rules] }];
  }
  const asked = new Set(source.namespaces);
  const packs = source.types.some((type) => typeName(type) === `packs.${PALETTE}`);
  const agents = packs ? source.agentNamespaces.filter((name) => !asked.has(name)) : [];
  return [
    { name: SMALL, namespace: '', rules: clusterRules(source) },
    ...[...asked].toSorted(compareText).map((namespace) => ({ name: WHOLE, namespace, rules })),
    ...agents.toSorted(compareText).map((namespace) => ({ name: WHOLE, namespace, rules: agentRules(source) })),
  ];
}
