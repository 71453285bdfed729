import type { Recorded } from './recorder.ts';

const TABLE = 'application/json;as=Table;g=meta.k8s.io;v=v1';
const LIST = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
const ONE = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
const JSON_TYPE = 'application/json';

/** What audits of a healthy cluster seldom or never ask for, and faults and old servers make the program ask for. */
const CASES: readonly (readonly [accept: string, ...paths: string[]])[] = [
  // The legacy documents of discovery.
  [JSON_TYPE, '/api', '/apis', '/api/v1', '/apis/apps/v1', '/apis/autoscaling/v2', '/apis/cluster.spectrocloud.com/v1'],
  // What is not there: an object, a type, a version, a group, a namespace.
  [JSON_TYPE, '/api/v1/namespaces/nowhere', '/api/v1/namespaces/default/secrets/none', '/api/v1/nothings'],
  [JSON_TYPE, '/apis/apps/v1/nothings', '/apis/apps/v9', '/apis/apps/v9/deployments', '/apis/nobody.example.com/v1'],
  [
    JSON_TYPE,
    '/apis/cluster.spectrocloud.com/v1/nothings',
    '/apis/cluster.spectrocloud.com/v1/namespaces/default/packs/x',
  ],
  [LIST, '/api/v1/namespaces/nowhere/pods', '/api/v1/namespaces/nowhere/configmaps?limit=1'],
  [TABLE, '/api/v1/namespaces/nowhere/pods', '/apis/cluster.spectrocloud.com/v1/namespaces/default/packs'],
  // The same objects as tables, as metadata and whole, in pages and not.
  [TABLE, '/api/v1/secrets?limit=2', '/apis/apps/v1/deployments', '/api/v1/serviceaccounts?limit=1'],
  [
    LIST,
    '/api/v1/secrets?limit=2',
    '/apis/apps/v1/deployments?limit=1',
    '/apis/cluster.spectrocloud.com/v1/packs?limit=1',
  ],
  [
    LIST,
    '/api/v1/configmaps?fieldSelector=metadata.name%3Dkube-root-ca.crt',
    '/api/v1/secrets?labelSelector=owner%3Dhelm&limit=1',
  ],
  [JSON_TYPE, '/api/v1/configmaps?limit=2', '/api/v1/namespaces', '/apis/cluster.spectrocloud.com/v1/packs?limit=1'],
  [ONE, '/api/v1/namespaces/default', '/api/v1/namespaces/default/configmaps/kube-root-ca.crt'],
  // Forms that cannot be had, tokens that are none, and what cannot be listed.
  ['application/xml', '/api/v1/pods', '/apis/cluster.spectrocloud.com/v1/packs'],
  [JSON_TYPE, '/api/v1/namespaces/default/bindings'],
];

const NOBODY = 'nobody@example.com';
const REFUSED: readonly string[] = [
  '/api',
  '/apis/apps/v1',
  '/api/v1/secrets?limit=1',
  '/api/v1/namespaces/kube-system',
  '/api/v1/namespaces/default/configmaps/kube-root-ca.crt',
  '/apis/apps/v1/namespaces/default/deployments/x',
  '/apis/cluster.spectrocloud.com/v1/packs',
  '/metrics',
];

/** Requests to hold the fake server against the real one beside those that audits make. */
export const PROBES: readonly Recorded[] = [
  ...CASES.flatMap(([accept, ...paths]) => paths.map((path) => ({ method: 'GET', path, headers: { accept } }))),
  ...REFUSED.map((path) => ({ method: 'GET', path, headers: { accept: JSON_TYPE, 'impersonate-user': NOBODY } })),
];
