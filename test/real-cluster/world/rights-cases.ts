import { listAt, textsAt } from '../../../src/cluster/json.ts';

const GROUP = 'rbac.authorization.k8s.io';

/** A user with all rights of a role but one. */
export interface RightsCase {
  readonly name: string;
  /** What is left out: `list pods`, `get paths`. */
  readonly right: string;
  readonly rules: readonly object[];
}

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly nonResourceURLs: readonly string[];
  readonly verbs: readonly string[];
}

function ruleOf(rule: unknown): Rule {
  const texts = (key: string): readonly string[] => textsAt(rule, key);
  return {
    apiGroups: texts('apiGroups'),
    resources: texts('resources'),
    nonResourceURLs: texts('nonResourceURLs'),
    verbs: texts('verbs'),
  };
}

/** One of the rule's rights, and what of the rule stays without it. */
function lost(rule: Rule): readonly { readonly right: string; readonly left: readonly Rule[] }[] {
  if (rule.nonResourceURLs.length > 0) return [{ right: 'get paths', left: [] }];
  const [group = ''] = rule.apiGroups;
  return rule.resources.flatMap((resource) =>
    rule.verbs.map((verb) => ({
      right: `${verb} ${group === '' ? resource : `${resource}.${group}`}`,
      left: [
        { ...rule, resources: rule.resources.filter((other) => other !== resource) },
        { ...rule, resources: [resource], verbs: rule.verbs.filter((other) => other !== verb) },
      ].filter(({ resources, verbs }) => resources.length > 0 && verbs.length > 0),
    })),
  );
}

/** For every right in the role a user without just that one; `prefix` keeps the users of several roles apart. */
export function withoutEach(role: unknown, prefix = 'all-but'): readonly RightsCase[] {
  const rules = listAt(role, 'rules').map(ruleOf);
  return rules
    .flatMap((rule, index) =>
      lost(rule).map(({ right, left }) => ({
        right,
        rules: rules.flatMap((other, place) => (place === index ? left : [other])),
      })),
    )
    .map(({ right, rules: left }, index) => ({ name: `${prefix}-${index}`, right, rules: left }));
}

/** The roles and their bindings to the users of these names; for one namespace where it is named. */
export function boundTo(cases: readonly RightsCase[], namespace?: string): readonly object[] {
  const apiVersion = `${GROUP}/v1`;
  const kind = namespace === undefined ? 'ClusterRole' : 'Role';
  const metadataOf = (name: string) => ({ name, ...(namespace === undefined ? {} : { namespace }) });
  return [
    ...cases.map(({ name, rules }) => ({ apiVersion, kind, metadata: metadataOf(name), rules })),
    ...cases.map(({ name }) => ({
      apiVersion,
      kind: `${kind}Binding`,
      metadata: metadataOf(name),
      roleRef: { apiGroup: GROUP, kind, name },
      subjects: [{ apiGroup: GROUP, kind: 'User', name }],
    })),
  ];
}

/** Binds a role that is there already to all of these users, in a namespace where one is named. */
export function binding(
  role: { readonly kind: 'Role' | 'ClusterRole'; readonly name: string },
  cases: readonly RightsCase[],
  namespace?: string,
): object {
  return {
    apiVersion: `${GROUP}/v1`,
    kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
    metadata: { name: `${role.name}-of-all`, ...(namespace === undefined ? {} : { namespace }) },
    roleRef: { apiGroup: GROUP, ...role },
    subjects: cases.map(({ name }) => ({ apiGroup: GROUP, kind: 'User', name })),
  };
}
