// Serves a large world until it is killed: `node large-serve.js NAMESPACES PACKS CLAIMED WORKLOADS`. Prints its URL.
import { startLargeServer } from './large-server.ts';

const [namespaces = 0, packs = 0, claimed = 0, workloads = 0] = process.argv.slice(2).map(Number);
const { url } = await startLargeServer({ namespaces, packs, claimed, workloads, loose: 0, customTypes: 160 });
process.stdout.write(`${url}\n`);
