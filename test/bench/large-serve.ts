// Serves a large world until it is killed: `node large-serve.js NAMESPACES PACKS CLAIMED WORKLOADS LOOSE`. Prints its URL.
import { startLargeServer } from './large-server.ts';

const [namespaces = 0, packs = 0, claimed = 0, workloads = 0, loose = 0] = process.argv.slice(2).map(Number);
const { url } = await startLargeServer({ namespaces, packs, claimed, workloads, loose, customTypes: 160 });
process.stdout.write(`${url}\n`);
