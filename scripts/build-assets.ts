// Makes sure that the binaries of the cluster tests are there: `node build/scripts/build-assets.js [--print]`.
// With --print the last line is the folder of those that were built here.
import { ensureAssets } from './assets/ensure-assets.ts';

try {
  const assets = await ensureAssets((line) => console.log(line));
  if (process.argv.includes('--print')) console.log(assets.bin);
} catch (error) {
  console.error(`build-assets: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
