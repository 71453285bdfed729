import type { ObjectRef } from '../../model/resource.ts';
import { at, isRecord, listAt, textAt } from '../json.ts';
import { serviceByDnsName } from './service-names.ts';
import { coreRef, pointer } from './referring.ts';
import type { Pointer, ReferenceContext, Referring, ReferringType } from './referring.ts';

const ISTIO = 'networking.istio.io';

/** A host of one label is of the object's own namespace; one of two is a Service only if there is such a one. */
function serviceOf(host: string, namespace: string, services: ReadonlySet<string>): ObjectRef | undefined {
  if (!host.includes('.')) return coreRef('Service', namespace, host);
  const [name = '', of = ''] = host.split('.');
  return services.has(host) ? coreRef('Service', of, name) : serviceByDnsName(host);
}

function pointed(hosts: readonly string[], { ref }: Referring, { services }: ReferenceContext): readonly Pointer[] {
  return [...new Set(hosts)]
    .filter((host) => host !== '' && !host.includes('*'))
    .map((host) => serviceOf(host, ref.namespace, services))
    .filter((to) => to !== undefined)
    .map((to) => pointer('mesh-host', to));
}

function destinationsOf(route: unknown): readonly string[] {
  const mirrors = [at(route, 'mirror'), ...listAt(route, 'mirrors').map((entry) => at(entry, 'destination'))];
  const targets = listAt(route, 'route').map((entry) => at(entry, 'destination'));
  return [...targets, ...mirrors].filter(isRecord).map((destination) => textAt(destination, 'host') ?? '');
}

function virtualServiceOf(from: Referring, context: ReferenceContext): readonly Pointer[] {
  const routes = ['http', 'tls', 'tcp'].flatMap((protocol) => listAt(from.object, 'spec', protocol));
  return pointed(routes.flatMap(destinationsOf), from, context);
}

function destinationRuleOf(from: Referring, context: ReferenceContext): readonly Pointer[] {
  return pointed([textAt(from.object, 'spec', 'host') ?? ''], from, context);
}

/** Where a mesh sends traffic. Source: CRDs of Istio. */
export const MESH_TYPES: readonly ReferringType[] = [
  { type: `virtualservices.${ISTIO}`, take: virtualServiceOf, needsServices: true },
  { type: `destinationrules.${ISTIO}`, take: destinationRuleOf, needsServices: true },
];
