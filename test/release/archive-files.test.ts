import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import type { ArchiveEntry } from '../../scripts/release/archive-entry.ts';
import { tarGz } from '../../scripts/release/tar-gz.ts';
import { zip } from '../../scripts/release/zip.ts';
import { zipFiles } from '../support/zip-files.ts';

const ENTRIES: readonly ArchiveEntry[] = [
  { path: 'lib/node', content: Buffer.alloc(100_000, 'node'), executable: true },
  { path: 'LICENSE', content: Buffer.from('may be used\n'), executable: false },
  { path: 'lib/bin/kubectl-palette_audit', content: Buffer.from(''), executable: false },
];
const EXPECTED = [
  ['LICENSE', 0o644, 'may be used\n'],
  ['lib/bin/kubectl-palette_audit', 0o644, ''],
  ['lib/node', 0o755, 'node'.repeat(25_000)],
];

describe('a .tar.gz', () => {
  it('holds files in order, with their modes, and nothing of who packed them', async () => {
    const tar = extract();
    tar.end(gunzipSync(await tarGz(ENTRIES)));
    const found: unknown[] = [];
    for await (const entry of tar) {
      const { name, mode, uid, gid, uname, gname, mtime, type } = entry.header;
      assert.deepEqual([uid, gid, uname, gname, type], [0, 0, '', '', 'file']);
      assert.equal(mtime?.toISOString(), '1985-10-26T08:15:00.000Z');
      found.push([name, mode, (await buffer(entry)).toString()]);
    }
    assert.deepEqual(found, EXPECTED);
  });

  it('is the same bytes for the same files, in whatever order they come', async () => {
    assert.deepEqual(await tarGz(ENTRIES), await tarGz(ENTRIES.toReversed()));
  });
});

describe('a .zip', () => {
  it('holds files in order, with their modes, as its directory says', async () => {
    assert.deepEqual(
      zipFiles(await zip(ENTRIES)).map(({ path, mode, content }) => [path, mode, content.toString()]),
      EXPECTED,
    );
  });

  it('is the same bytes for the same files, in whatever order they come', async () => {
    assert.deepEqual(await zip(ENTRIES), await zip(ENTRIES.toReversed()));
  });

  it('is read by unzip, where there is one', async function () {
    const folder = mkdtempSync(join(tmpdir(), 'palette-audit-zip-'));
    try {
      writeFileSync(join(folder, 'a.zip'), await zip(ENTRIES));
      execFileSync('unzip', ['-q', 'a.zip'], { cwd: folder });
      assert.equal(readFileSync(join(folder, 'lib/node'), 'utf8'), 'node'.repeat(25_000));
    } catch (error) {
      if (!String(error).includes('ENOENT')) throw error;
      this.skip();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
