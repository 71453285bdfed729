// Lists one type of the whole cluster as clients usually do: metadata in pages of 500, one after the other, which is
// the only order in which pages can be had. `node pages.js PATH` prints how many objects there are.
import { listAt, textAt } from '../../src/cluster/json.ts';
import { connectMetadata, METADATA_LIST } from './measure/metadata-client.ts';

const get = connectMetadata(process.env['KUBECONFIG'] ?? '');
const path = process.argv[2] ?? '';
let [count, token] = [0, ''];
do {
  const page = await get(`${path}?limit=500&continue=${encodeURIComponent(token)}`, METADATA_LIST);
  count += listAt(page, 'items').length;
  token = textAt(page, 'metadata', 'continue') ?? '';
} while (token !== '');
console.log(count);
