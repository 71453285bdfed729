import { describeDecoders } from './taken.ts';

const BALANCED = { loadBalancer: { ingress: [{ ip: '192.0.2.7' }, { hostname: 'lb.example.com' }] } };

describeDecoders('references of what is exposed', [
  {
    says: 'an Ingress names its class, its hosts and its addresses',
    type: 'ingresses.networking.k8s.io',
    object: {
      spec: { ingressClassName: 'nginx', rules: [{ host: 'a.example.com' }, { host: 'b.example.com' }, { http: {} }] },
      status: BALANCED,
    },
    found: [
      'class networking.k8s.io/IngressClass /nginx',
      'address own/Own shop/web hosts=a.example.com, b.example.com addresses=192.0.2.7, lb.example.com',
    ],
  },
  {
    says: 'an Ingress of old names its class in an annotation',
    type: 'ingresses.networking.k8s.io',
    object: { metadata: { annotations: { 'kubernetes.io/ingress.class': 'nginx' } }, spec: {} },
    found: ['class networking.k8s.io/IngressClass /nginx'],
  },
  {
    says: 'a class names its controller',
    type: 'ingressclasses.networking.k8s.io',
    object: { spec: { controller: 'k8s.io/ingress-nginx' } },
    found: ['class-controller own/Own shop/web controller=k8s.io/ingress-nginx'],
  },
  {
    says: 'a GatewayClass names its controller',
    type: 'gatewayclasses.gateway.networking.k8s.io',
    object: { spec: { controllerName: 'example.com/gw' } },
    found: ['class-controller own/Own shop/web controller=example.com/gw'],
  },
  {
    says: 'a Gateway names its class, its hosts and its addresses',
    type: 'gateways.gateway.networking.k8s.io',
    object: {
      spec: { gatewayClassName: 'gw', listeners: [{ hostname: '*.example.com' }, { name: 'any' }] },
      status: { addresses: [{ type: 'IPAddress', value: '192.0.2.7' }] },
    },
    found: [
      'class gateway.networking.k8s.io/GatewayClass /gw',
      'address own/Own shop/web hosts=*.example.com addresses=192.0.2.7',
    ],
  },
  {
    says: 'a Service names its addresses inside the cluster, each once',
    type: 'services',
    object: { spec: { type: 'ClusterIP', clusterIP: '10.0.0.9', clusterIPs: ['10.0.0.9', 'fd00::9'] } },
    found: ['cluster-address own/Own shop/web addresses=10.0.0.9, fd00::9'],
  },
  {
    says: 'a Service without one names none',
    type: 'services',
    object: { spec: { type: 'ClusterIP', clusterIP: 'None', clusterIPs: ['None'] } },
    found: [],
  },
  {
    says: 'a Service of type LoadBalancer names its addresses, and the hosts that are published for it',
    type: 'services',
    object: {
      metadata: { annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'a.example.com, b.example.com' } },
      spec: { type: 'LoadBalancer', clusterIP: '10.0.0.1' },
      status: BALANCED,
    },
    found: [
      'cluster-address own/Own shop/web addresses=10.0.0.1',
      'address own/Own shop/web hosts=a.example.com, b.example.com addresses=192.0.2.7, lb.example.com',
    ],
  },
  {
    says: 'a Service that stands for another one names it',
    type: 'services',
    object: { spec: { type: 'ExternalName', externalName: 'db.data.svc.cluster.local' } },
    found: ['external-name /Service data/db'],
  },
  {
    says: 'a Service that stands for a host outside, or for none, names nothing',
    type: 'services',
    object: { spec: { type: 'ExternalName', externalName: 'db.example.com' } },
    found: [],
  },
  {
    says: 'a name that is left over from another type counts for nothing',
    type: 'services',
    object: { spec: { type: 'ClusterIP', externalName: 'db.data.svc' } },
    found: [],
  },
]);
