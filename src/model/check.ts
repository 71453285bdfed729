/**
 * What is looked for outside of what a removal destroys, in the order of every output. The last three are about the
 * deletion itself: their hits are told as risks that it hangs.
 */
export const CHECK_IDS = [
  'webhook',
  'api-service',
  'conversion-webhook',
  'custom-resources',
  'stranded-volumes',
  'volumes-of-others',
  'volume-elsewhere',
  'snapshot-content',
  'policy-parameter',
  'class',
  'class-controller',
  'provisioner',
  'operator-resources',
  'finalizers-elsewhere',
  'issuer-secret',
  'store-secret',
  'reference-grant',
  'route',
  'mesh-host',
  'external-name',
  'mention',
  'network-peer',
  'monitor',
  'destination',
  'flux-source',
  'operator-target',
  'role-binding',
  'pod-security',
  'deletion-apis',
  'deletion-webhooks',
  'deletion-finalizers',
] as const;
export type CheckId = (typeof CHECK_IDS)[number];
