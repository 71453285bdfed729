import { at, listAt, textAt } from '../../../src/cluster/json.ts';
import type { ControlPlane } from '../support/control-plane.ts';
import { must } from './palette.ts';

const KINDS =
  'deployments,daemonsets,statefulsets,replicasets,jobs,pods,persistentvolumeclaims,services,endpointslices';

/** Comes back when all workloads run or are done, every volume is bound, and every Service has its endpoints. */
export async function settled(plane: ControlPlane): Promise<void> {
  await plane.waitFor('nothing moves any more', async () => {
    const list: unknown = JSON.parse(await must(plane.kubectl, 'get', KINDS, '--all-namespaces', '--output=json'));
    const all = listAt(list, 'items');
    const served = new Set(all.filter(hasEndpoints).map((slice) => serviceKey(slice, 'labels')));
    return all.every((one) => isDone(one) && (!selectsPods(one) || served.has(serviceKey(one, 'name'))));
  });
}

function isDone(one: unknown): boolean {
  switch (textAt(one, 'kind') ?? '') {
    case 'Deployment':
    case 'StatefulSet':
    case 'ReplicaSet':
      return (at(one, 'status', 'readyReplicas') ?? 0) === at(one, 'spec', 'replicas') && isObserved(one);
    case 'DaemonSet':
      return at(one, 'status', 'numberReady') === 1 && isObserved(one);
    case 'Job':
      return at(one, 'status', 'succeeded') === 1;
    case 'Pod':
      return ['Running', 'Succeeded'].includes(textAt(one, 'status', 'phase') ?? '');
    case 'PersistentVolumeClaim':
      return textAt(one, 'status', 'phase') === 'Bound';
    default:
      return true;
  }
}

function isObserved(one: unknown): boolean {
  return at(one, 'status', 'observedGeneration') === at(one, 'metadata', 'generation');
}

/** By the tests' own charts every selector finds pods; a Service of the API server has none. */
function selectsPods(one: unknown): boolean {
  return textAt(one, 'kind') === 'Service' && textAt(one, 'spec', 'selector', 'app') !== undefined;
}

function hasEndpoints(one: unknown): boolean {
  const [first] = listAt(one, 'endpoints');
  return textAt(one, 'kind') === 'EndpointSlice' && at(first, 'conditions', 'ready') === true;
}

function serviceKey(one: unknown, by: 'labels' | 'name'): string {
  const name =
    by === 'name' ? textAt(one, 'metadata', 'name') : textAt(one, 'metadata', 'labels', 'kubernetes.io/service-name');
  return `${textAt(one, 'metadata', 'namespace') ?? ''}/${name ?? ''}`;
}
