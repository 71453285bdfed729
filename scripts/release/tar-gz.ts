import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { FIXED_TIME, inOrder, modeOf, type ArchiveEntry } from './archive-entry.ts';

/** A .tar.gz of these files and nothing else: no folders, owners or times of the machine that made it. */
export async function tarGz(entries: readonly ArchiveEntry[]): Promise<Buffer> {
  const tar = pack();
  for (const entry of inOrder(entries)) {
    tar.entry({ name: entry.path, mode: modeOf(entry), mtime: FIXED_TIME, uid: 0, gid: 0 }, entry.content);
  }
  tar.finalize();
  return promisify(gzip)(await buffer(tar), { level: 6 });
}
