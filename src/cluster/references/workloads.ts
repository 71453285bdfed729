import { at, listAt, textAt, textsAt } from '../json.ts';
import { driversNamedIn } from './driver-names.ts';
import { servicesNamedIn } from './service-names.ts';
import { clusterRef, coreRef, joinedTexts, pointer } from './referring.ts';
import type { Pointer, ReferenceContext, Referring, ReferringType } from './referring.ts';

/** A text of a container and where it stands. It may be a secret: only names that are known already leave here. */
interface Said {
  readonly place: 'environment' | 'arguments' | 'command' | 'host path';
  readonly text: string;
}

function containersOf(pod: unknown): readonly unknown[] {
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap((key) => listAt(pod, key));
}

function saidBy(container: unknown): readonly Said[] {
  const environment = listAt(container, 'env').map((entry) => textAt(entry, 'value') ?? '');
  return [
    ...environment.map((text) => ({ place: 'environment', text }) as const),
    ...textsAt(container, 'args').map((text) => ({ place: 'arguments', text }) as const),
    ...textsAt(container, 'command').map((text) => ({ place: 'command', text }) as const),
  ];
}

function hostPathsOf(pod: unknown): readonly Said[] {
  const paths = listAt(pod, 'volumes').map((volume) => textAt(volume, 'hostPath', 'path') ?? '');
  return paths.map((text) => ({ place: 'host path', text }));
}

function mountsOf(namespace: string, pod: unknown): readonly Pointer[] {
  const claims = listAt(pod, 'volumes').map((volume) => textAt(volume, 'persistentVolumeClaim', 'claimName') ?? '');
  return [...new Set(claims)]
    .filter((name) => name !== '')
    .map((name) => pointer('mount', coreRef('PersistentVolumeClaim', namespace, name)));
}

function classesOf(pod: unknown): readonly Pointer[] {
  const runtime = textAt(pod, 'runtimeClassName');
  const priority = textAt(pod, 'priorityClassName');
  return [
    ...(runtime === undefined ? [] : [pointer('class', clusterRef('node.k8s.io', 'RuntimeClass', runtime))]),
    ...(priority === undefined ? [] : [pointer('class', clusterRef('scheduling.k8s.io', 'PriorityClass', priority))]),
  ];
}

/** Services of other namespaces; a namespace that loses its own Services is lost as a whole. */
function mentionsOf(namespace: string, said: readonly Said[], services: ReadonlySet<string>): readonly Pointer[] {
  const places = new Map<string, string[]>();
  for (const { place, text } of said) {
    for (const service of servicesNamedIn(text, services)) places.set(service, [...(places.get(service) ?? []), place]);
  }
  return [...places].flatMap(([service, found]) => {
    const [name = '', of = ''] = service.split('.');
    return of === namespace ? [] : [pointer('mention', coreRef('Service', of, name), { in: joinedTexts(found) })];
  });
}

function driverMentionsOf(said: readonly Said[], drivers: ReadonlySet<string>): readonly Pointer[] {
  const named = new Set(said.flatMap(({ text }) => driversNamedIn(text, drivers)));
  return [...named].map((name) => pointer('driver-mention', clusterRef('storage.k8s.io', 'CSIDriver', name)));
}

function workload(...path: readonly string[]): ReferringType['take'] {
  return ({ ref, object }: Referring, { services, drivers }: ReferenceContext) => {
    const pod = at(object, ...path);
    const said = containersOf(pod).flatMap(saidBy);
    return [
      ...mountsOf(ref.namespace, pod),
      ...classesOf(pod),
      ...mentionsOf(ref.namespace, said, services),
      ...driverMentionsOf([...said, ...hostPathsOf(pod)], drivers),
    ];
  };
}

const TEMPLATE = workload('spec', 'template', 'spec');

function referring(type: string, take: ReferringType['take']): ReferringType {
  return { type, take, needsServices: true };
}

/** What runs, and what it says of others in plain text. Source: Kubernetes API reference. */
export const WORKLOAD_TYPES: readonly ReferringType[] = [
  referring('deployments.apps', TEMPLATE),
  referring('statefulsets.apps', TEMPLATE),
  referring('daemonsets.apps', TEMPLATE),
  referring('replicationcontrollers', TEMPLATE),
  referring('cronjobs.batch', workload('spec', 'jobTemplate', 'spec', 'template', 'spec')),
  { ...referring('jobs.batch', TEMPLATE), ownOnly: true },
  { ...referring('replicasets.apps', TEMPLATE), ownOnly: true },
  { ...referring('pods', workload('spec')), ownOnly: true },
];
