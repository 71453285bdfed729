import { listAt, textAt, textsAt } from '../json.ts';
import { serviceByDnsName } from './service-names.ts';
import { clusterRef, joinedTexts, pointer } from './referring.ts';
import type { Pointer, Referring, ReferringType } from './referring.ts';

const NETWORKING = 'networking.k8s.io';
const GATEWAY = 'gateway.networking.k8s.io';

function texts(entries: readonly unknown[], ...path: readonly string[]): readonly string[] {
  return entries.flatMap((entry) => textAt(entry, ...path) ?? []);
}

function address({ ref }: Referring, hosts: readonly string[], addresses: readonly string[]): readonly Pointer[] {
  if (hosts.length + addresses.length === 0) return [];
  return [pointer('address', ref, { hosts: joinedTexts(hosts), addresses: joinedTexts(addresses) })];
}

function balancerAddresses(object: unknown): readonly string[] {
  const points = listAt(object, 'status', 'loadBalancer', 'ingress');
  return [...texts(points, 'ip'), ...texts(points, 'hostname')];
}

function classNamed(group: string, kind: string, name: string | undefined): readonly Pointer[] {
  return name === undefined ? [] : [pointer('class', clusterRef(group, kind, name))];
}

function ingressOf(from: Referring): readonly Pointer[] {
  const { object } = from;
  const annotated = textAt(object, 'metadata', 'annotations', 'kubernetes.io/ingress.class');
  const hosts = texts(listAt(object, 'spec', 'rules'), 'host');
  return [
    ...classNamed(NETWORKING, 'IngressClass', textAt(object, 'spec', 'ingressClassName') ?? annotated),
    ...address(from, hosts, balancerAddresses(object)),
  ];
}

function gatewayOf(from: Referring): readonly Pointer[] {
  const { object } = from;
  const hosts = texts(listAt(object, 'spec', 'listeners'), 'hostname');
  return [
    ...classNamed(GATEWAY, 'GatewayClass', textAt(object, 'spec', 'gatewayClassName')),
    ...address(from, hosts, texts(listAt(object, 'status', 'addresses'), 'value')),
  ];
}

/** Names that external-dns publishes. Source: its documentation of annotations. */
const PUBLISHED = 'external-dns.alpha.kubernetes.io/hostname';

const ADDRESS = /^[0-9a-f.:]+$/i;

/** A Service without an address of its own, a headless one, says `None`. */
function clusterAddress({ ref, object }: Referring): readonly Pointer[] {
  const given = [textAt(object, 'spec', 'clusterIP') ?? '', ...textsAt(object, 'spec', 'clusterIPs')];
  const addresses = joinedTexts(given.filter((one) => ADDRESS.test(one)));
  return addresses === '' ? [] : [pointer('cluster-address', ref, { addresses })];
}

function serviceOf(from: Referring): readonly Pointer[] {
  const { object } = from;
  const type = textAt(object, 'spec', 'type');
  const named = type === 'ExternalName' ? serviceByDnsName(textAt(object, 'spec', 'externalName') ?? '') : undefined;
  const published = (textAt(object, 'metadata', 'annotations', PUBLISHED) ?? '').split(',');
  const hosts = published.map((host) => host.trim()).filter((host) => host !== '');
  return [
    ...(named === undefined ? [] : [pointer('external-name', named)]),
    ...clusterAddress(from),
    ...address(from, hosts, type === 'LoadBalancer' ? balancerAddresses(object) : []),
  ];
}

function controllerAt(...path: readonly string[]): ReferringType['take'] {
  return ({ ref, object }) => {
    const controller = textAt(object, ...path);
    return controller === undefined ? [] : [pointer('class-controller', ref, { controller })];
  };
}

/** What the world outside calls, and the classes that serve it. Sources: API references of Kubernetes and Gateway API. */
export const EXPOSURE_TYPES: readonly ReferringType[] = [
  { type: 'services', take: serviceOf },
  { type: `ingresses.${NETWORKING}`, take: ingressOf },
  { type: `ingressclasses.${NETWORKING}`, take: controllerAt('spec', 'controller') },
  { type: `gateways.${GATEWAY}`, take: gatewayOf },
  { type: `gatewayclasses.${GATEWAY}`, take: controllerAt('spec', 'controllerName') },
];
