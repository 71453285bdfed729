import { describeDecoders } from './taken.ts';

const ROLE = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' };

describeDecoders('references of bindings', [
  {
    says: 'a binding names its service accounts, and no user',
    type: 'clusterrolebindings.rbac.authorization.k8s.io',
    object: {
      roleRef: ROLE,
      subjects: [
        { kind: 'ServiceAccount', name: 'bot', namespace: 'ci' },
        { kind: 'User', name: 'eve' },
        { kind: 'Group', name: 'system:masters' },
      ],
    },
    found: ['subject /ServiceAccount ci/bot role=ClusterRole/view'],
  },
  {
    says: 'a binding to the group of all accounts of a namespace names that namespace',
    type: 'rolebindings.rbac.authorization.k8s.io',
    object: { roleRef: ROLE, subjects: [{ kind: 'Group', name: 'system:serviceaccounts:ci' }] },
    found: ['subject /ServiceAccount ci/ role=ClusterRole/view'],
  },
  {
    says: 'a binding without subjects names nobody',
    type: 'rolebindings.rbac.authorization.k8s.io',
    object: { roleRef: ROLE },
    found: [],
  },
]);
