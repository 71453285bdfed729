import type { ObjectRef } from '../model/resource.ts';
import type { Aftermath } from './aftermath.ts';
import type { World } from './world.ts';

/** Why a host is no longer served, or undefined when nothing tells so. */
export type ServerFate = (host: string) => string | undefined;

/** By the Service of the cluster that a host is, by its DNS name or its address, and that goes. */
export function serverFates({ world, goes }: Aftermath): ServerFate {
  const byAddress = servicesByAddress(world);
  return (host) => {
    const service = byAddress.get(host) ?? serviceNamed(host);
    return service !== undefined && goes(service) ? `services/${service.name}` : undefined;
  };
}

function servicesByAddress(world: World): ReadonlyMap<string, ObjectRef> {
  return new Map(
    world
      .references('cluster-address')
      .flatMap(({ to, facts }) => (facts.get('addresses') ?? '').split(', ').map((one) => [one, to] as const)),
  );
}

/** `<service>.<namespace>`, alone or before `svc` and a cluster's domain. Source: Kubernetes docs, DNS for Services and Pods. */
function serviceNamed(host: string): ObjectRef | undefined {
  const [name = '', namespace = '', mark = 'svc'] = host.toLowerCase().split('.');
  if (mark !== 'svc' || name === '' || namespace === '') return undefined;
  return { group: '', kind: 'Service', namespace, name };
}
