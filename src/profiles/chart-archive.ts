import { Readable, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';

import { extract } from 'tar-stream';

import type { ChartIdentity } from '../model/definition.ts';
import { readChartIdentity } from './chart-identity.ts';

/** Far above any chart; an archive that unpacks to more is not read on. */
const MAX_UNPACKED = 128 * 1024 * 1024;
const MAX_CHART_FILE = 1024 * 1024;
const CHART_FILE = /^(?:\.\/)?[^/]+\/Chart\.yaml$/;

/**
 * Name and version of the chart in a `.tgz`, from the Chart.yaml of its one top folder. Undefined when the bytes are no
 * such archive. Nothing is written anywhere, so the paths inside cannot do harm.
 */
export async function readChartArchive(archive: Uint8Array): Promise<ChartIdentity | undefined> {
  try {
    const text = await findChartFile(archive);
    return text === undefined ? undefined : readChartIdentity(text);
  } catch {
    return undefined;
  }
}

async function findChartFile(archive: Uint8Array): Promise<string | undefined> {
  const entries = extract();
  const unpacked = Readable.from([archive]).pipe(createGunzip().on('error', (error) => entries.destroy(error)));
  unpacked.pipe(bounded().on('error', (error) => entries.destroy(error))).pipe(entries);
  try {
    for await (const entry of entries) {
      if (entry.header.type === 'file' && CHART_FILE.test(entry.header.name))
        return await textOf(entry, entry.header.size);
      entry.resume();
    }
    return undefined;
  } finally {
    unpacked.destroy();
  }
}

function bounded(): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      done(seen > MAX_UNPACKED ? new Error('the archive unpacks to too much') : null, chunk);
    },
  });
}

async function textOf(entry: AsyncIterable<unknown>, size: number | undefined): Promise<string | undefined> {
  if (size === undefined || size > MAX_CHART_FILE) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of entry) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
