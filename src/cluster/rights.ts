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

const BLANK = { paths: [], groups: [], resources: [], names: [] } as const;

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
    .map(([group, resources]) => ({
      ...BLANK,
      purpose,
      verbs: ['list'],
      groups: [group],
      resources: [...resources].toSorted(compareText),
    }));
}

function discoveryRule({ versions, wildcard }: RightsSource): RightsRule {
  const named = versions.filter(({ group, version }) => isPlainName(version) && (group === '' || isPlainName(group)));
  const below = wildcard ? ['/api/*', '/apis/*'] : named.map(({ group, version }) => versionPath(group, version));
  const paths = [...new Set(['/api', '/apis', '/version', ...below])].toSorted(compareText);
  return { ...BLANK, purpose: 'discovery', verbs: ['get'], paths };
}

function mayOwn(type: ResourceType): boolean {
  return typeName(type) === 'nodes' || !(OWN_GROUPS.has(type.group) || storesNothing(type.group));
}

/** What no namespace holds, and every audit asks for. */
function clusterRules(source: RightsSource): readonly RightsRule[] {
  const types = source.types.filter((type) => !type.namespaced && type.verbs.includes('list') && isPlain(type));
  const served = new Set(types.map(typeName));
  const rule = (purpose: RightsRule['purpose'], verbs: RightsRule['verbs'], type: ResourceType): RightsRule => ({
    ...BLANK,
    purpose,
    verbs,
    groups: [type.group],
    resources: [type.resource],
  });
  const known: readonly (readonly [RightsRule['purpose'], RightsRule['verbs'], string])[] = [
    ['namespaces', ['get', 'list'], 'namespaces'],
    ['witnesses', ['get', 'list'], 'customresourcedefinitions.apiextensions.k8s.io'],
    ['witnesses', ['list'], 'apiservices.apiregistration.k8s.io'],
    ['volumes', ['list'], 'persistentvolumes'],
  ];
  const owners = types.filter((type) => mayOwn(type) && !DEFINITIONS.has(typeName(type)));
  return [
    discoveryRule(source),
    ...known
      .filter(([, , name]) => served.has(name))
      .flatMap(([purpose, verbs, name]) =>
        types.filter((type) => typeName(type) === name).map((type) => rule(purpose, verbs, type)),
      ),
    ...listRules(
      'definitions',
      types.filter((type) => DEFINITIONS.has(typeName(type))),
    ),
    ...listRules('owners', owners),
  ];
}

/** What a deletion of the namespace destroys and can be listed. Source: the namespace controller of Kubernetes. */
function contentTypes({ types }: RightsSource): readonly ResourceType[] {
  return types.filter(
    (type) => type.namespaced && type.verbs.includes('delete') && type.verbs.includes('list') && isPlain(type),
  );
}

function wildcardRules(): readonly RightsRule[] {
  return [
    { ...BLANK, purpose: 'everything', verbs: ['list'], groups: ['*'], resources: ['*'] },
    { ...BLANK, purpose: 'release-secrets', verbs: ['get'], groups: [''], resources: ['secrets'] },
    { ...BLANK, purpose: 'release-configmaps', verbs: ['get'], groups: [''], resources: ['configmaps'] },
  ];
}

/** What is asked for in namespaces. */
function contentRules(source: RightsSource): readonly RightsRule[] {
  if (source.wildcard) return wildcardRules();
  const types = contentTypes(source);
  const isDefinition = (type: ResourceType): boolean => DEFINITIONS.has(typeName(type));
  const read = (purpose: RightsRule['purpose'], resource: string): readonly RightsRule[] =>
    types.some((type) => typeName(type) === resource)
      ? [{ ...BLANK, purpose, verbs: ['get', 'list'], groups: [''], resources: [resource] }]
      : [];
  const storage: ReadonlySet<string> = new Set(['secrets', 'configmaps']);
  return [
    ...listRules('definitions', types.filter(isDefinition)),
    ...(source.withoutSecrets ? [] : read('release-secrets', 'secrets')),
    ...read('release-configmaps', 'configmaps'),
    ...listRules(
      'contents',
      types.filter((type) => !isDefinition(type) && !storage.has(typeName(type))),
    ),
  ];
}

/** What Palette's own namespace has to tell, where it is not audited itself. */
function agentRules(source: RightsSource): readonly RightsRule[] {
  const definitions = contentTypes(source).filter((type) => DEFINITIONS.has(typeName(type)));
  const names = source.agentNamespaces.length > 1 ? ['cluster-info'] : [];
  return [
    ...listRules('definitions', definitions),
    {
      ...BLANK,
      purpose: 'agent-config',
      verbs: ['get'],
      groups: [''],
      resources: ['configmaps'],
      names: [...names, 'namespace-labeler-labels'],
    },
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
