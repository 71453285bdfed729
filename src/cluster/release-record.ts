import type { ReleasedObject } from '../model/inventory.ts';
import { gunzipped, isOverMost } from './gunzipped.ts';
import { listAt, textAt, textsAt } from './json.ts';
import { manifestObjects } from './manifest-objects.ts';

/** Ten times the largest release seen; a bomb stops here. */
const MOST_DECODED_BYTES = 64 * 1024 * 1024;

/** What leaves the decoder: identities, and nothing of values, templates or notes. */
export interface DecodedRelease {
  readonly name: string;
  readonly namespace: string;
  readonly status: string;
  readonly chart: string;
  readonly chartVersion: string;
  readonly objects: readonly ReleasedObject[];
}

/** Decodes base64 that is nothing else; Node's own decoder skips what it does not know. Throws an Error. */
export function strictBase64(text: string): Buffer {
  const decoded = Buffer.from(text, 'base64');
  // Cheaper than to look at each letter, and true of nearly every record.
  if (text !== '' && decoded.toString('base64') === text) return decoded;
  const packed = text.replaceAll(/[\r\n]/g, '');
  if (packed === '' || packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) {
    throw new Error('the record is not base64');
  }
  return Buffer.from(packed, 'base64');
}

async function unpacked(bytes: Buffer): Promise<Buffer> {
  const isGzip = bytes.length >= 3 && bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 0x08;
  if (!isGzip) return bytes;
  try {
    return await gunzipped(bytes, MOST_DECODED_BYTES);
  } catch (error) {
    throw new Error(isOverMost(error) ? 'the record is over 64 MiB unpacked' : 'the record is cut or damaged', {
      cause: error,
    });
  }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Error('the record is not JSON');
  }
}

/** A hook's events lie beside its manifest, as Helm read them from its annotation. */
function hookObjects(hook: unknown): readonly ReleasedObject[] {
  const events = textsAt(hook, 'events');
  const objects = manifestObjects(textAt(hook, 'manifest') ?? '', true);
  return events.length === 0 ? objects : objects.map(({ ref, keep }) => ({ ref, hook: true, keep, events }));
}

function objectsOf(record: unknown): readonly ReleasedObject[] {
  const own = manifestObjects(textAt(record, 'manifest') ?? '', false);
  return [...own, ...listAt(record, 'hooks').flatMap(hookObjects)];
}

/**
 * Decodes Helm's release record as its storage object holds it: `base64(gzip(JSON))`, of old releases plain JSON.
 * Rejects with an Error that says what is wrong and quotes nothing.
 */
export async function decodeRelease(record: string): Promise<DecodedRelease> {
  const release = parsed(await unpacked(strictBase64(record)));
  const name = textAt(release, 'name');
  if (name === undefined) throw new Error('the record has no release name');
  return {
    name,
    namespace: textAt(release, 'namespace') ?? '',
    status: textAt(release, 'info', 'status') ?? 'unknown',
    chart: textAt(release, 'chart', 'metadata', 'name') ?? '',
    chartVersion: textAt(release, 'chart', 'metadata', 'version') ?? '',
    // A part of a text keeps all of it in memory, and of a manifest of megabytes only names are needed: they are copied.
    objects: structuredClone(objectsOf(release)),
  };
}
