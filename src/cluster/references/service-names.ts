import type { ObjectRef } from '../../model/resource.ts';
import { coreRef } from './referring.ts';

/** `<service>.<namespace>.svc`, with or without a cluster's domain. Source: DNS for Services and Pods. */
export function serviceByDnsName(host: string): ObjectRef | undefined {
  const [name = '', namespace = '', mark] = host.toLowerCase().split('.');
  return mark === 'svc' && name !== '' && namespace !== '' ? coreRef('Service', namespace, name) : undefined;
}

const NO_PART_OF_A_NAME = /[^a-z0-9.-]+/;

/** Of one run of labels: `<service>.<namespace>`, before it at most a pod's name, behind it nothing or `svc`. */
function namedBy(token: string, services: ReadonlySet<string>): readonly string[] {
  const labels = token.split('.');
  return [0, 1].flatMap((start) => {
    const [name = '', namespace = '', mark = 'svc'] = labels.slice(start, start + 3);
    const full = `${name}.${namespace}`;
    return mark === 'svc' && services.has(full) ? [full] : [];
  });
}

/** The `name.namespace` of those `services` that a text names; all else of the text is forgotten. */
export function servicesNamedIn(text: string, services: ReadonlySet<string>): readonly string[] {
  return text
    .toLowerCase()
    .split(NO_PART_OF_A_NAME)
    .filter((token) => token.includes('.'))
    .flatMap((token) => namedBy(token.replace(/^[.-]+|[.-]+$/g, ''), services));
}
