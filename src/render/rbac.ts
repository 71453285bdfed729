import type { Rights, RightsPurpose, RightsRole, RightsRule } from '../model/rights.ts';
import { list } from './counts.ts';
import { yamlStream } from './structured.ts';

const RBAC = 'rbac.authorization.k8s.io';

const PURPOSES: ReadonlyMap<RightsPurpose, string> = new Map([
  ['discovery', 'Which types there are. The role system:discovery usually grants this to everybody.'],
  ['namespaces', 'The scope, and the identity of the cluster.'],
  ['witnesses', 'Whether discovery named every type.'],
  ['volumes', 'Whether the data of a claim outlives it.'],
  ['owners', 'What has no namespace and may own what is in one.'],
  ['definitions', "Palette's definitions: the packs, and the names of their profiles."],
  ['agent-config', 'Who writes for Palette, and which cluster this is.'],
  ['release-secrets', "Helm's release records: proof of ownership. To list or get Secrets is to read their payloads."],
  ['release-configmaps', "Helm's release records where they are ConfigMaps, and Palette's own ConfigMaps."],
  ['contents', 'What a removal takes along.'],
  ['references', 'What without a namespace a removal takes along, and what it breaks outside.'],
  ['everything', 'Every type, also Secrets, and every type that is ever added.'],
]);

function ruleObject({ verbs, paths, groups, resources, names }: RightsRule): object {
  if (paths.length > 0) return { nonResourceURLs: paths, verbs };
  return { apiGroups: groups, resources, ...(names.length === 0 ? {} : { resourceNames: names }), verbs };
}

function roleObject({ name, namespace, rules }: RightsRole): object {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: namespace === '' ? 'ClusterRole' : 'Role',
    metadata: namespace === '' ? { name } : { name, namespace },
    rules: rules.map(ruleObject),
  };
}

/** A purpose that several rules share is said once, above the first of them. */
function comments({ rules }: RightsRole): readonly string[] {
  return rules.map(({ purpose }, index) =>
    rules[index - 1]?.purpose === purpose ? '' : (PURPOSES.get(purpose) ?? ''),
  );
}

function bindingLines({ roles }: Rights): readonly string[] {
  return roles.map(({ name, namespace }) =>
    namespace === ''
      ? `  kubectl create clusterrolebinding ${name} --clusterrole=${name} --user=USER`
      : `  kubectl create rolebinding ${name} --role=${name} --user=USER --namespace=${namespace}`,
  );
}

function titleOf({ namespaces, wildcard, removal }: Rights): string {
  const what = removal ? 'audits, removals and snapshots' : 'an audit';
  const where = namespaces.length === 0 ? 'this cluster' : `${list(namespaces)}, with -n`;
  return wildcard
    ? `A short form of the rights for ${what} of ${where}. It only reads.`
    : `The least rights for ${what} of ${where}. They only read.`;
}

const WILDCARD_COST = [
  'The cost of the wildcard: it also lets the user read the payloads of all Secrets, and of every type that is ever',
  'added. Without --wildcard each type is named, and a type that is added later is reported as a gap.',
];

function typeLines({ namespaces, wildcard, removal }: Rights): readonly string[] {
  if (wildcard) return WILDCARD_COST;
  const later =
    'A type that is added later is not in here: the audit reports it as a gap, until this is made and applied anew.';
  const more = 'Removals and snapshots also ask for all types without a namespace: --removal adds them.';
  return namespaces.length === 0 && !removal ? [later, more] : [later];
}

function headLines(rights: Rights): readonly string[] {
  const { namespaces, withoutSecrets, unanswered } = rights;
  return [
    titleOf(rights),
    'Apply it with "kubectl apply -f", and bind it:',
    ...bindingLines(rights),
    '',
    ...typeLines(rights),
    ...(namespaces.length === 0
      ? []
      : ['', 'Helm releases that lie in other namespaces stay unseen: the audit is never complete, and says so.']),
    ...(withoutSecrets
      ? [
          '',
          'Without Secrets: ownership by a chart is only claimed, the Secrets of a namespace are not seen, and the audit is',
          'never complete.',
        ]
      : []),
    ...(unanswered.length === 0
      ? []
      : ['', `MISSING, for the API server did not say plainly what it serves there: ${list(unanswered)}.`]),
  ];
}

/** The roles as YAML for `kubectl apply -f`; comments say what each rule is for, and what the roles leave unseen. */
export function renderRights(rights: Rights): string {
  return yamlStream(
    headLines(rights).join('\n'),
    rights.roles.map((role) => ({ content: roleObject(role), listKey: 'rules', comments: comments(role) })),
  );
}
