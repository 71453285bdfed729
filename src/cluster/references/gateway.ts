import type { ObjectRef } from '../../model/resource.ts';
import { grouped } from '../../model/grouped.ts';
import { at, isRecord, listAt, textAt } from '../json.ts';
import { joinedTexts, namespaceRef, pointer } from './referring.ts';
import type { Pointer, Referring, ReferringType } from './referring.ts';

const GATEWAY = 'gateway.networking.k8s.io';

/** A group of '' is the core group, and not left out. */
function groupOf(entry: unknown, usual: string): string {
  const group = at(entry, 'group');
  return typeof group === 'string' ? group : usual;
}

function refsOf(entries: readonly unknown[], usual: ObjectRef): readonly ObjectRef[] {
  return entries.flatMap((entry) => {
    const name = textAt(entry, 'name');
    if (name === undefined) return [];
    const kind = textAt(entry, 'kind') ?? usual.kind;
    return [
      { group: groupOf(entry, usual.group), kind, namespace: textAt(entry, 'namespace') ?? usual.namespace, name },
    ];
  });
}

/** A rule's filters mirror requests to a backend of their own. */
function backendsOf(rule: unknown): readonly unknown[] {
  const own = listAt(rule, 'backendRefs');
  const filters = [...listAt(rule, 'filters'), ...own.flatMap((backend) => listAt(backend, 'filters'))];
  return [...own, ...filters.map((filter) => at(filter, 'requestMirror', 'backendRef'))].filter(isRecord);
}

function routeOf({ ref, object }: Referring): readonly Pointer[] {
  const { namespace } = ref;
  const parents = refsOf(listAt(object, 'spec', 'parentRefs'), {
    group: GATEWAY,
    kind: 'Gateway',
    namespace,
    name: '',
  });
  const backends = refsOf(listAt(object, 'spec', 'rules').flatMap(backendsOf), {
    group: '',
    kind: 'Service',
    namespace,
    name: '',
  });
  return [...parents.map((to) => pointer('route-parent', to)), ...backends.map((to) => pointer('route-backend', to))];
}

function grantOf({ object }: Referring): readonly Pointer[] {
  const targets = listAt(object, 'spec', 'to').map((entry) => textAt(entry, 'kind') ?? '');
  const byNamespace = grouped(listAt(object, 'spec', 'from'), (entry) => textAt(entry, 'namespace') ?? '');
  return [...byNamespace].map(([namespace, entries]) => {
    const kinds = joinedTexts([...entries.map((entry) => textAt(entry, 'kind') ?? ''), ...targets]);
    return pointer('reference-grant', namespaceRef(namespace), { kinds });
  });
}

const ROUTES = ['httproutes', 'grpcroutes', 'tlsroutes', 'tcproutes', 'udproutes'];

/** Routes and what lets them refer to other namespaces. Source: API reference of Gateway API. */
export const GATEWAY_TYPES: readonly ReferringType[] = [
  ...ROUTES.map((resource) => ({ type: `${resource}.${GATEWAY}`, take: routeOf })),
  { type: `referencegrants.${GATEWAY}`, take: grantOf },
];
