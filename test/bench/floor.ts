// The floor: what any program has to ask that wants to know what is in a cluster and what Helm installed. Discovery, a
// bare metadata listing of the types, one GET per release, eight at a time; nothing is judged and little is kept.
// `node floor.js [--all-releases] [--by-namespace=TYPE] [NAMESPACE…]`: without a namespace the whole cluster; with the
// first flag the releases of all namespaces, any of which may have put something into that one; with the second one
// type namespace by namespace, which can be done side by side. Prints a line for each object and each release.
import { collectionPath } from '../../src/cluster/api-path.ts';
import { sideBySide } from '../../src/cluster/concurrency.ts';
import { at, listAt, textAt } from '../../src/cluster/json.ts';
import { typeName } from '../../src/model/resource.ts';
import { connectMetadata, METADATA_LIST, type Get } from './measure/metadata-client.ts';
import { listableTypes } from './measure/served-types.ts';

const PAGE = 500;
async function listed(get: Get, path: string, selector = ''): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  let token = '';
  do {
    const query = `limit=${String(PAGE)}&continue=${encodeURIComponent(token)}${selector}`;
    const page = await get(`${path}?${query}`, METADATA_LIST);
    for (const item of listAt(page, 'items')) items.push(at(item, 'metadata'));
    token = textAt(page, 'metadata', 'continue') ?? '';
  } while (token !== '');
  return items;
}

/** The newest record of each release, by the label of its version. */
function newestRecords(secrets: readonly unknown[]): readonly string[] {
  const newest = new Map<string, { readonly version: number; readonly path: string }>();
  for (const secret of secrets) {
    if (textAt(secret, 'labels', 'owner') !== 'helm') continue;
    const [namespace = '', name = ''] = [textAt(secret, 'namespace'), textAt(secret, 'name')];
    const release = `${namespace}/${textAt(secret, 'labels', 'name') ?? ''}`;
    const version = Number(textAt(secret, 'labels', 'version'));
    if (version > (newest.get(release)?.version ?? 0))
      newest.set(release, { version, path: `/api/v1/namespaces/${namespace}/secrets/${name}` });
  }
  return [...newest.values()].map(({ path }) => path);
}

const get = connectMetadata(process.env['KUBECONFIG'] ?? '');
const argv = process.argv.slice(2);
const named = argv.filter((word) => !word.startsWith('--'));
const types = (await listableTypes(get)).filter(({ verbs, namespaced }) =>
  namespaced ? verbs.includes('delete') : named.length === 0,
);
const places = named.length === 0 ? [''] : named;
const spread = types.filter((type) => argv.includes(`--by-namespace=${typeName(type)}`));
const everywhere = spread.length === 0 ? [] : await listed(get, '/api/v1/namespaces');
const every = everywhere.map((namespace) => textAt(namespace, 'name') ?? '');
const lists = await sideBySide(
  types.flatMap((type) => (spread.includes(type) ? every : places).map((namespace) => ({ type, namespace }))),
  async ({ type, namespace }) => ({ type, items: await listed(get, collectionPath(type, namespace)) }),
);
const secrets = argv.includes('--all-releases')
  ? await listed(get, '/api/v1/secrets', '&labelSelector=owner%3Dhelm')
  : lists.flatMap(({ type, items }) => (typeName(type) === 'secrets' ? items : []));
const records = await sideBySide(newestRecords(secrets), async (path) => {
  const record = await get(path, 'application/json');
  return `release ${textAt(record, 'metadata', 'name') ?? ''}`;
});
const objects = lists.flatMap(({ type, items }) =>
  items.map((item) => `${typeName(type)} ${textAt(item, 'uid') ?? textAt(item, 'name') ?? ''}`),
);
process.stdout.write(`${[...objects, ...records].join('\n')}\n`);
