/** What a request asks for: a collection or one object of it, where, and in which form. */
interface Asked {
  readonly type: string;
  readonly namespace: string;
  readonly name: string;
  /** A selector asks for other objects, whole objects tell more than metadata. */
  readonly form: string;
}

function formOf(query: URLSearchParams): string {
  const selector = query.get('labelSelector') ?? query.get('fieldSelector');
  if (selector !== null) return selector;
  return query.has('includeObject') ? 'metadata' : 'whole';
}

function asked(url: string): Asked {
  const { pathname, searchParams } = new URL(url, 'http://server');
  const [, root = '', ...rest] = pathname.split('/').map(decodeURIComponent);
  const parts = rest.slice(root === 'api' ? 1 : 2);
  const group = root === 'api' ? '' : (rest[0] ?? '');
  const inNamespace = parts[0] === 'namespaces' && parts.length > 2;
  const [resource = '', name = ''] = inNamespace ? parts.slice(2) : parts;
  if (resource === '') return { type: pathname, namespace: '', name: '', form: '' };
  return {
    type: `${resource}.${group}`,
    namespace: inNamespace ? (parts[1] ?? '') : '',
    name,
    form: formOf(searchParams),
  };
}

/** Namespaces are listed or asked for one by one; kube-system's uid is the cluster's, which is another fact. */
function isNamespaceItself({ type, name }: Asked): boolean {
  return type === 'namespaces.' && name !== 'kube-system';
}

/**
 * Whether the answer to `other` tells what the answer to `url` does: the same objects at another version, by another
 * page, by namespace instead of everywhere, or one by one instead of as a list.
 */
export function isRouteToSame(url: string, other: string): boolean {
  const [one, two] = [asked(url), asked(other)];
  if (isNamespaceItself(one) && isNamespaceItself(two)) return true;
  const sameObjects = one.type === two.type && one.name === two.name && one.form === two.form;
  return sameObjects && (one.namespace === two.namespace || one.namespace === '' || two.namespace === '');
}

function withoutPageSize(url: string): string {
  return url.replace(/([?&])limit=\d+&?/, '$1');
}

/** Whether two requests differ in nothing but the size of the page. */
export function isSameRequest(url: string, other: string): boolean {
  return withoutPageSize(url) === withoutPageSize(other);
}

/** The fact in a few words, for lists of exceptions: `packs.cluster.spectrocloud.com whole`. */
export function factText(url: string): string {
  const { type, name, form } = asked(url);
  return [type.replace(/\.$/, ''), name, form].filter((part) => part !== '').join(' ');
}
