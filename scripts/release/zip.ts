import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';
import { FIXED_TIME, inOrder, modeOf, type ArchiveEntry } from './archive-entry.ts';

/** Version 2.0 of the format, which knows deflate. */
const VERSION = 20;
const UNIX = 3;
const DEFLATE = 8;
/** Paths are UTF-8. */
const FLAGS = 0x0800;

interface Packed {
  readonly entry: ArchiveEntry;
  readonly path: Buffer;
  readonly data: Buffer;
  /** Where its local header begins. */
  readonly offset: number;
}

/** A .zip of these files, and nothing of the machine that made it. Source of the form: PKWARE's APPNOTE.TXT, 4.3. */
export async function zip(entries: readonly ArchiveEntry[]): Promise<Buffer> {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of inOrder(entries)) {
    const data = await promisify(deflateRaw)(entry.content, { level: 6 });
    const packed = { entry, path: Buffer.from(entry.path), data, offset };
    const header = localHeader(packed);
    parts.push(header, data);
    directory.push(directoryHeader(packed));
    offset += header.length + data.length;
  }
  return Buffer.concat([...parts, ...directory, end(directory, offset)]);
}

function localHeader(packed: Packed): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x0403_4b50, 0);
  writeCommon(header, 4, packed);
  return Buffer.concat([header, packed.path]);
}

function directoryHeader(packed: Packed): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x0201_4b50, 0);
  header.writeUInt8(VERSION, 4);
  header.writeUInt8(UNIX, 5);
  writeCommon(header, 6, packed);
  header.writeUInt32LE(((0o100000 | modeOf(packed.entry)) << 16) >>> 0, 38);
  header.writeUInt32LE(packed.offset, 42);
  return Buffer.concat([header, packed.path]);
}

/** What stands alike in both headers of a file. */
function writeCommon(header: Buffer, start: number, { entry, path, data }: Packed): void {
  header.writeUInt16LE(VERSION, start);
  header.writeUInt16LE(FLAGS, start + 2);
  header.writeUInt16LE(DEFLATE, start + 4);
  header.writeUInt16LE((FIXED_TIME.getUTCHours() << 11) | (FIXED_TIME.getUTCMinutes() << 5), start + 6);
  header.writeUInt16LE(dosDate(FIXED_TIME), start + 8);
  header.writeUInt32LE(crc32(entry.content), start + 10);
  header.writeUInt32LE(data.length, start + 14);
  header.writeUInt32LE(entry.content.length, start + 18);
  header.writeUInt16LE(path.length, start + 22);
}

function dosDate(time: Date): number {
  return ((time.getUTCFullYear() - 1980) << 9) | ((time.getUTCMonth() + 1) << 5) | time.getUTCDate();
}

function end(directory: readonly Buffer[], offset: number): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x0605_4b50, 0);
  record.writeUInt16LE(directory.length, 8);
  record.writeUInt16LE(directory.length, 10);
  record.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  record.writeUInt32LE(offset, 16);
  return record;
}
