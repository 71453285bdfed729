import assert from 'node:assert/strict';
import { factsReader } from '../../src/cluster/object-facts.ts';
import type { ObjectFacts } from '../../src/model/inventory.ts';
import type { ResourceType } from '../../src/model/resource.ts';

function type(name: string): ResourceType {
  const [resource = '', ...group] = name.split('.');
  const blank = { version: 'v1', singular: '', kind: '', shortNames: [], namespaced: true, verbs: [] };
  return { ...blank, group: group.join('.'), resource };
}

interface Case {
  readonly says: string;
  readonly type: string;
  /** Columns and cells as the API server of Kubernetes 1.35 has them. */
  readonly row: readonly (readonly [string, unknown])[];
  readonly facts: ObjectFacts;
}

const CASES: readonly Case[] = [
  {
    says: 'a Deployment tells how much of it is ready',
    type: 'deployments.apps',
    row: [
      ['Name', 'web'],
      ['Ready', '1/2'],
      ['Up-to-date', 2],
      ['Available', 1],
      ['Age', '1d'],
    ],
    facts: { ready: '1/2' },
  },
  {
    says: 'a DaemonSet tells it in two numbers',
    type: 'daemonsets.apps',
    row: [
      ['Name', 'agent'],
      ['Desired', 3],
      ['Current', 3],
      ['Ready', 0],
      ['Up-to-date', 3],
    ],
    facts: { ready: '0/3' },
  },
  {
    says: 'an address tells whose it is',
    type: 'ipaddresses.networking.k8s.io',
    row: [
      ['Name', '10.96.0.10'],
      ['ParentRef', 'services/kube-system/kube-dns'],
    ],
    facts: { parent: 'services/kube-system/kube-dns' },
  },
  {
    says: 'an attachment tells of which volume',
    type: 'volumeattachments.storage.k8s.io',
    row: [
      ['Name', 'csi-1'],
      ['Attacher', 'd.io'],
      ['PV', 'pvc-1'],
      ['Node', 'node-1'],
      ['Attached', true],
    ],
    facts: { volume: 'pvc-1' },
  },
  {
    says: 'what a table leaves open is no fact',
    type: 'persistentvolumeclaims',
    row: [
      ['Name', 'data'],
      ['Status', 'Pending'],
      ['Volume', ''],
      ['StorageClass', '<unset>'],
    ],
    facts: { status: 'Pending' },
  },
  { says: 'other types have none', type: 'pods', row: [['Ready', '1/1']], facts: {} },
];

describe('facts of objects', () => {
  for (const { says, type: name, row, facts } of CASES) {
    it(says, () => {
      const read = factsReader(
        type(name),
        row.map(([column]) => column),
      );
      assert.deepEqual(read(row.map(([, cell]) => cell)), facts);
    });
  }
});
