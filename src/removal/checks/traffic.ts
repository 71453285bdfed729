import { severed, type Aftermath } from '../aftermath.ts';
import { POD_HOLDING_TYPES, referencesOf, type Check, type Hit } from '../check.ts';

const GATEWAY = 'gateway.networking.k8s.io';
const ROUTES = ['httproutes', 'grpcroutes', 'tlsroutes', 'tcproutes', 'udproutes'].map((name) => `${name}.${GATEWAY}`);
const ISTIO = ['virtualservices.networking.istio.io', 'destinationrules.networking.istio.io'];

/** A grant goes, and the namespaces stay that it lets refer to its own. What refers there may go as well, or not be there. */
function grantsGone({ world, goes, namespaces }: Aftermath): readonly Hit[] {
  return world
    .references('reference-grant')
    .filter(({ from, to }) => goes(from) && !namespaces.has(to.name))
    .map(({ from, to, facts }) => ({ from: to, to: from, facts }));
}

/** How requests find their way. */
export const TRAFFIC_CHECKS: readonly Check[] = [
  {
    id: 'reference-grant',
    severity: 'warning',
    source: 'Gateway API, ReferenceGrant: implementations must revoke the access when the grant is removed',
    needs: referencesOf(`referencegrants.${GATEWAY}`),
    find: grantsGone,
  },
  {
    id: 'route',
    severity: 'warning',
    source:
      'Gateway API, HTTPRoute: a route without its parent is not served, one without its backend answers with status 500',
    needs: referencesOf(...ROUTES),
    find: (after) => [...severed(after, 'route-parent'), ...severed(after, 'route-backend')],
  },
  {
    id: 'mesh-host',
    severity: 'warning',
    source: 'Istio docs, Virtual Service and Destination Rule: hosts must be Services of the registry',
    needs: referencesOf(...ISTIO),
    find: (after) => severed(after, 'mesh-host'),
  },
  {
    id: 'external-name',
    severity: 'warning',
    source: 'Kubernetes docs, Service, "ExternalName": the Service is an alias of a DNS name and nothing more',
    needs: referencesOf('services'),
    find: (after) => severed(after, 'external-name'),
  },
  {
    id: 'mention',
    severity: 'warning',
    source: 'Kubernetes docs, DNS for Services and Pods; a match of text, which may not be meant as an address',
    needs: referencesOf(...POD_HOLDING_TYPES),
    find: (after) => severed(after, 'mention'),
  },
  {
    id: 'network-peer',
    severity: 'warning',
    source: 'Kubernetes docs, Network Policies: a selector that matches no namespace lets nobody in',
    needs: referencesOf('networkpolicies.networking.k8s.io'),
    find: (after) => severed(after, 'network-peer'),
  },
];
