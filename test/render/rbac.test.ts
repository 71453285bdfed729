import assert from 'node:assert/strict';
import { parseAllDocuments } from 'yaml';
import type { Rights, RightsRule } from '../../src/model/rights.ts';
import { renderRights } from '../../src/render/rbac.ts';

const rule = (given: Partial<RightsRule>): RightsRule => ({
  purpose: 'contents',
  verbs: ['list'],
  paths: [],
  groups: [''],
  resources: ['pods'],
  names: [],
  ...given,
});

const RIGHTS: Rights = {
  roles: [
    {
      name: 'palette-audit',
      namespace: '',
      rules: [
        rule({ purpose: 'discovery', verbs: ['get'], paths: ['/api'], groups: [], resources: [] }),
        rule({ groups: ['apps'], resources: ['deployments'] }),
        rule({}),
      ],
    },
    {
      name: 'palette-audit',
      namespace: 'on',
      rules: [rule({ purpose: 'agent-config', verbs: ['get'], resources: ['configmaps'], names: ['017'] })],
    },
  ],
  namespaces: [],
  withoutSecrets: false,
  wildcard: false,
  removal: false,
  unanswered: [],
};

describe('roles as YAML', () => {
  it('are the objects that kubectl applies', () => {
    const apiVersion = 'rbac.authorization.k8s.io/v1';
    assert.deepEqual(
      parseAllDocuments(renderRights(RIGHTS)).map((document): unknown => document.toJS()),
      [
        {
          apiVersion,
          kind: 'ClusterRole',
          metadata: { name: 'palette-audit' },
          rules: [
            { nonResourceURLs: ['/api'], verbs: ['get'] },
            { apiGroups: ['apps'], resources: ['deployments'], verbs: ['list'] },
            { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
          ],
        },
        {
          apiVersion,
          kind: 'Role',
          metadata: { name: 'palette-audit', namespace: 'on' },
          rules: [{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['017'], verbs: ['get'] }],
        },
      ],
    );
  });

  it('say above the first of the rules that share a purpose what it is', () => {
    const comments = renderRights(RIGHTS)
      .split('\n')
      .filter((line) => line.startsWith('  # '));
    assert.deepEqual(comments, [
      '  # Which types there are. The role system:discovery usually grants this to everybody.',
      '  # What a removal takes along.',
      '  # Who writes for Palette, and which cluster this is.',
    ]);
  });

  const heads: readonly { says: string; given: Partial<Rights>; head: RegExp }[] = [
    { says: 'how to bind them', given: {}, head: /kubectl create rolebinding .* --namespace=on\n/ },
    {
      says: 'that removals are meant, too',
      given: { removal: true },
      head: /for audits, removals and snapshots of this/,
    },
    { says: 'what a wildcard costs', given: { wildcard: true }, head: /payloads of all Secrets/ },
    { says: 'what is lost without Secrets', given: { withoutSecrets: true }, head: /only claimed/ },
    { says: 'what namespaces leave unseen', given: { namespaces: ['a', 'b'] }, head: /releases that lie in other/ },
    { says: 'what is missing', given: { unanswered: ['x/v1'] }, head: /^# MISSING, .*: x\/v1\.$/m },
    { says: 'hostile names only as text', given: { unanswered: ['a\u001b[2J'] }, head: /a\\u001b\[2J/ },
  ];
  for (const { says, given, head } of heads) {
    it(`say ${says}`, () => {
      const text = renderRights({ ...RIGHTS, ...given });
      assert.match(text, head);
      assert.equal(parseAllDocuments(text).length, 2);
    });
  }
});
