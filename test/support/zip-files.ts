import assert from 'node:assert/strict';
import { inflateRawSync } from 'node:zlib';

interface ZipFile {
  readonly path: string;
  readonly mode: number;
  readonly content: Buffer;
}

/** The files of an archive by its directory; its local headers must say the same. */
export function zipFiles(archive: Buffer): readonly ZipFile[] {
  const end = archive.length - 22;
  assert.equal(archive.readUInt32LE(end), 0x0605_4b50);
  let at = archive.readUInt32LE(end + 16);
  return Array.from({ length: archive.readUInt16LE(end + 10) }, () => {
    assert.equal(archive.readUInt32LE(at), 0x0201_4b50);
    const [packed, whole, nameLength] = [
      archive.readUInt32LE(at + 20),
      archive.readUInt32LE(at + 24),
      archive.readUInt16LE(at + 28),
    ];
    const path = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const mode = (archive.readUInt32LE(at + 38) >>> 16) & 0o777;
    const local = archive.readUInt32LE(at + 42);
    assert.equal(archive.readUInt32LE(local), 0x0403_4b50);
    assert.deepEqual(archive.subarray(local + 4, local + 30), archive.subarray(at + 6, at + 32));
    const start = local + 30 + nameLength;
    const content = inflateRawSync(archive.subarray(start, start + packed));
    assert.equal(content.length, whole);
    at += 46 + nameLength;
    return { path, mode, content };
  });
}
