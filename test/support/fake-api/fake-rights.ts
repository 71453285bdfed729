import type { Address } from './address.ts';
import { refusal } from './answer.ts';
import type { FakeAnswer } from './answer.ts';
import type { FakeCluster, FakeObject } from './description.ts';

/** Who asks. */
export interface FakeUser {
  readonly name: string;
  readonly groups: readonly string[];
}

/** What somebody wants to do: something with a resource, or the GET of a path that is none. */
type Wish =
  | { readonly path: string }
  | (Pick<Address, 'group' | 'resource' | 'namespace' | 'name'> & { readonly verb: 'get' | 'list' });

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function recordsAt(value: unknown, key: string): readonly Readonly<Record<string, unknown>>[] {
  const found = isRecord(value) ? value[key] : undefined;
  return Array.isArray(found) ? found.filter(isRecord) : [];
}

/** Whether a list of a rule holds the wanted word; nothing listed names nothing. */
function holds(rule: Readonly<Record<string, unknown>>, key: string, wanted: string): boolean {
  const list = rule[key];
  return Array.isArray(list) && (list.includes(wanted) || list.includes('*'));
}

function holdsPath(rule: Readonly<Record<string, unknown>>, path: string): boolean {
  const paths = rule['nonResourceURLs'];
  if (!Array.isArray(paths) || !holds(rule, 'verbs', 'get')) return false;
  return paths.some((one) => one === path || (String(one).endsWith('*') && path.startsWith(String(one).slice(0, -1))));
}

function permits(rule: Readonly<Record<string, unknown>>, wish: Wish): boolean {
  if ('path' in wish) return holdsPath(rule, wish.path);
  const names = rule['resourceNames'];
  const named = !Array.isArray(names) || names.length === 0 || names.includes(wish.name);
  return (
    holds(rule, 'verbs', wish.verb) &&
    holds(rule, 'apiGroups', wish.group) &&
    holds(rule, 'resources', wish.resource) &&
    named
  );
}

function isOf(binding: FakeObject, user: FakeUser): boolean {
  return recordsAt(binding, 'subjects').some(({ kind, name }) =>
    kind === 'Group' ? user.groups.includes(String(name)) : kind === 'User' && name === user.name,
  );
}

const GROUP = 'rbac.authorization.k8s.io';

function ruled(cluster: FakeCluster, binding: FakeObject): readonly Readonly<Record<string, unknown>>[] {
  const reference = isRecord(binding['roleRef']) ? binding['roleRef'] : {};
  const { kind, name } = reference;
  const type = kind === 'ClusterRole' ? 'clusterroles' : 'roles';
  const role = cluster.objects
    .get(`${type}.${GROUP}`)
    ?.find(
      ({ metadata }) =>
        metadata.name === name && (type === 'clusterroles' || metadata.namespace === binding.metadata.namespace),
    );
  return recordsAt(role, 'rules');
}

/** Whether the cluster's own roles and bindings give this user what is wished. */
function mayDo(cluster: FakeCluster, user: FakeUser, wish: Wish): boolean {
  const everywhere = cluster.objects.get(`clusterrolebindings.${GROUP}`) ?? [];
  const inNamespace = 'path' in wish ? [] : (cluster.objects.get(`rolebindings.${GROUP}`) ?? []);
  const namespace = 'path' in wish ? '' : wish.namespace;
  const here = inNamespace.filter(({ metadata }) => namespace !== '' && metadata.namespace === namespace);
  return [...everywhere, ...here]
    .filter((binding) => isOf(binding, user))
    .some((binding) => ruled(cluster, binding).some((rule) => permits(rule, wish)));
}

/** A request to be judged; `selected` is the one name to which a selector of fields narrows a list, or ''. */
interface Judged {
  readonly path: string;
  readonly address: Address | undefined;
  readonly selected: string;
}

function wishOf({ path, address, selected }: Judged): Wish {
  if (address === undefined) return { path };
  const { group, resource, name } = address;
  // Of a namespace itself the server says that it is in itself.
  const namespace = resource === 'namespaces' && group === '' ? name : address.namespace;
  return { group, resource, namespace, name: name === '' ? selected : name, verb: name === '' ? 'list' : 'get' };
}

function refused(user: FakeUser, wish: Wish): FakeAnswer {
  const common = { code: 403, reason: 'Forbidden' };
  if ('path' in wish) {
    const message = `forbidden: User "${user.name}" cannot get path "${wish.path}"`;
    return refusal({ ...common, message, details: {} });
  }
  const { group, resource, namespace, name, verb } = wish;
  const what = `${group === '' ? resource : `${resource}.${group}`}${name === '' ? '' : ` "${name}"`}`;
  const where = namespace === '' ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const message = `${what} is forbidden: User "${user.name}" cannot ${verb} resource "${resource}" in API group "${group}" ${where}`;
  return refusal({ ...common, message, details: { name, group, kind: resource } });
}

/** Without the types of RBAC a cluster lets everybody do everything. */
function hasRoles({ types }: FakeCluster): boolean {
  return types.some(({ group, resource }) => group === GROUP && resource === 'clusterrolebindings');
}

/** The refusal of a request to which this user has no right, in the words of the API server. */
export function forbidden(cluster: FakeCluster, user: FakeUser, of: Judged): FakeAnswer | undefined {
  const wish = wishOf(of);
  return !hasRoles(cluster) || mayDo(cluster, user, wish) ? undefined : refused(user, wish);
}
