import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';

/**
 * Some files of a .tgz, by path.
 *
 * @throws {Error} when one of them is not there.
 */
export async function unpacked(tgz: Buffer, paths: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const tar = extract();
  tar.end(gunzipSync(tgz));
  for await (const entry of tar) {
    if (paths.includes(entry.header.name)) files.set(entry.header.name, await buffer(entry));
    else entry.resume();
  }
  const missing = paths.find((path) => !files.has(path));
  if (missing !== undefined) throw new Error(`the package holds no ${missing}`);
  return files;
}
