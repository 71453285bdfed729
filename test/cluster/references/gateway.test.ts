import { describeDecoders } from './taken.ts';

describeDecoders('references of the Gateway API', [
  {
    says: 'a route names its parents and its backends, in its own namespace unless it says another',
    type: 'httproutes.gateway.networking.k8s.io',
    object: {
      spec: {
        parentRefs: [
          { name: 'edge', namespace: 'infra' },
          { group: '', kind: 'Service', name: 'mesh' },
        ],
        rules: [
          {
            backendRefs: [
              { name: 'web', port: 80 },
              { name: 'api', namespace: 'back' },
            ],
          },
          {
            backendRefs: [{ group: 'example.com', kind: 'Bucket', name: 'b' }],
            filters: [
              { type: 'RequestMirror', requestMirror: { backendRef: { name: 'shadow', namespace: 'back' } } },
              { type: 'RequestHeaderModifier', requestHeaderModifier: {} },
            ],
          },
        ],
      },
    },
    found: [
      'route-parent gateway.networking.k8s.io/Gateway infra/edge',
      'route-parent /Service shop/mesh',
      'route-backend /Service shop/web',
      'route-backend /Service back/api',
      'route-backend example.com/Bucket shop/b',
      'route-backend /Service back/shadow',
    ],
  },
  {
    says: 'a route without rules names nothing',
    type: 'tcproutes.gateway.networking.k8s.io',
    object: { spec: {} },
    found: [],
  },
  {
    says: 'a grant names the namespaces it lets in, each once',
    type: 'referencegrants.gateway.networking.k8s.io',
    object: {
      spec: {
        from: [
          { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'front' },
          { group: 'gateway.networking.k8s.io', kind: 'GRPCRoute', namespace: 'front' },
          { group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'infra' },
        ],
        to: [{ group: '', kind: 'Service' }],
      },
    },
    found: [
      'reference-grant /Namespace /front kinds=HTTPRoute, GRPCRoute, Service',
      'reference-grant /Namespace /infra kinds=Gateway, Service',
    ],
  },
]);
