import { describeDecoders } from './taken.ts';

const SERVICES = new Set(['web.back']);

describeDecoders('references of a mesh', [
  {
    says: 'a VirtualService names the hosts it sends to, in every form',
    type: 'virtualservices.networking.istio.io',
    context: { services: SERVICES },
    object: {
      spec: {
        hosts: ['shop.example.com'],
        http: [
          {
            route: [{ destination: { host: 'web' } }, { destination: { host: 'web.back' } }],
            mirror: { host: 'shadow.back.svc.cluster.local' },
          },
          { mirrors: [{ destination: { host: 'other.back.svc' } }] },
        ],
        tcp: [{ route: [{ destination: { host: 'example.com' } }] }],
      },
    },
    found: [
      'mesh-host /Service shop/web',
      'mesh-host /Service back/web',
      'mesh-host /Service back/shadow',
      'mesh-host /Service back/other',
    ],
  },
  {
    says: 'a DestinationRule names its host',
    type: 'destinationrules.networking.istio.io',
    object: { spec: { host: 'db.data.svc.cluster.local' } },
    found: ['mesh-host /Service data/db'],
  },
  {
    says: 'a rule for many hosts names none',
    type: 'destinationrules.networking.istio.io',
    object: { spec: { host: '*.data.svc.cluster.local' } },
    found: [],
  },
]);
