import type { ControlPlane } from '../support/control-plane.ts';
import type { LiveObject } from './ledger.ts';
import { must } from './palette.ts';
import { PAYMENTS, PLATFORM, PLATFORM_DATA } from './platform-pack.ts';
import type { Announced } from './predicted.ts';
import { FINALIZERS, KEEPER } from './removal-world.ts';

/** What Kubernetes says at last of why these two are still there. */
export const HELD = [
  ['NamespaceContentRemaining', 'NamespaceDeletionDiscoveryFailure', 'NamespaceFinalizersRemaining'],
  ['NamespaceDeletionContentFailure', 'NamespaceDeletionDiscoveryFailure'],
];

/** Whether the answer told of what holds this object: by itself, or as what holds another one holds it. */
export function isAnnounced(object: LiveObject, hangs: readonly Announced[]): boolean {
  const causes = new Set(hangs.map(({ cause }) => cause));
  switch (object.kind) {
    case 'Namespace':
      return causes.has('api-served-from-inside');
    case 'CustomResourceDefinition':
    case 'APIService':
      return hangs.some(({ cause, finalizer }) => cause === 'controller-goes' && finalizer === FINALIZERS.ofPack);
    default:
      return hangs.some(
        ({ finalizer, resources }) =>
          object.finalizers.includes(finalizer) ||
          (object.namespace === PLATFORM_DATA && resources === `${object.kind.toLowerCase()}s`),
      );
  }
}

/** Plays the controller that stays, and takes its finalizer off when it sees that the object is to go. */
export async function lookAfter(plane: ControlPlane): Promise<void> {
  const object = ['configmap/looked-after', `--namespace=${PLATFORM}`];
  await plane.waitFor('the object is to go', async () => {
    const { stdout } = await plane.kubectl('get', ...object, '--output=jsonpath={.metadata.deletionTimestamp}');
    return stdout !== '';
  });
  await patch(plane, { metadata: { finalizers: null } }, ...object);
}

/** What a person has to do so that the deletion ends: takes finalizers off, and serves API and webhook from elsewhere. */
export async function release(plane: ControlPlane): Promise<void> {
  await patch(plane, { metadata: { finalizers: null } }, 'configmap/never', `--namespace=${PLATFORM}`);
  await patch(plane, { metadata: { finalizers: null } }, 'gadget/held', `--namespace=${PAYMENTS}`);
  const service = { name: 'aggregated', namespace: KEEPER };
  await plane.apply({ apiVersion: 'v1', kind: 'Service', metadata: service, spec: EXTERNAL });
  const spec = { service, caBundle: null, insecureSkipTLSVerify: true };
  await patch(plane, { spec }, 'apiservice/v1.aggregated.example.com');
  const ignore = [{ op: 'replace', path: '/webhooks/0/failurePolicy', value: 'Ignore' }];
  await must(
    plane.kubectl,
    'patch',
    'validatingwebhookconfiguration/platform-guard',
    '--type=json',
    `--patch=${JSON.stringify(ignore)}`,
  );
}

const EXTERNAL = { type: 'ExternalName', externalName: 'localhost' };

async function patch({ kubectl }: ControlPlane, change: object, ...object: readonly string[]): Promise<void> {
  await must(kubectl, 'patch', ...object, '--type=merge', `--patch=${JSON.stringify(change)}`);
}
