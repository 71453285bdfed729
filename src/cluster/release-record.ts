import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReleasedObject } from '../model/inventory.ts';
import { oneAtATime } from './concurrency.ts';
import { freeBytes } from './free-bytes.ts';
import { gunzipped, isOverMost } from './gunzipped.ts';
import { listAt, textAt, textsAt } from './json.ts';
import { headLines, type HeadLines } from './escaped-manifest.ts';
import { memberReader, membersOf } from './json-members.ts';
import { escapedManifestObjects, manifestObjects, type EscapedManifest } from './manifest-objects.ts';

/** Ten times the largest release seen; a bomb stops here. */
const MOST_DECODED_BYTES = 64 * 1024 * 1024;

const QUOTE = 0x22;

/** What leaves the decoder: identities, and nothing of values, templates or notes. */
export interface DecodedRelease {
  readonly name: string;
  readonly namespace: string;
  readonly status: string;
  readonly chart: string;
  readonly chartVersion: string;
  readonly objects: readonly ReleasedObject[];
}

const EQUALS = 0x3d;
const DASH = 0x2d;
const UNDERSCORE = 0x5f;

/** How many bytes a base64 text holds that has nothing else in it, not even line ends. */
function bytesIn(text: Buffer): number {
  const padding = [text.at(-1) === EQUALS, text.at(-1) === EQUALS && text.at(-2) === EQUALS].filter(Boolean).length;
  return (text.length / 4) * 3 - padding;
}

/**
 * Decodes base64 that is nothing else. Node's own decoder passes over what it does not know, and then finds fewer bytes
 * than the text's length tells; and it takes the letters of URLs. Throws an Error.
 */
export function strictBase64(text: Buffer): Buffer {
  const decoded = Buffer.from(text.toString('latin1'), 'base64');
  const isWhole = decoded.length === bytesIn(text) && !text.includes(DASH) && !text.includes(UNDERSCORE);
  // Cheaper than to look at each letter, and true of nearly every record.
  if (isWhole && decoded.length > 0) return decoded;
  const packed = text.toString('latin1').replaceAll(/[\r\n]/g, '');
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

/** What is read of a record, in its shape. The manifest is most of it and stays in JSON, unless that is unusual. */
interface RecordParts {
  readonly release: unknown;
  readonly manifest: EscapedManifest | string;
}

const READ: readonly string[] = ['name', 'namespace', 'info', 'hooks'];

function parsed(json: Buffer): unknown {
  return JSON.parse(json.toString('utf8'));
}

/** A chart's templates, files and values are passed over. */
function chartOf(members: ReadonlyMap<string, Buffer>): unknown {
  const metadata = members.get('metadata');
  return metadata === undefined ? {} : { metadata: parsed(metadata) };
}

function isText(json: Buffer, at = 0): boolean {
  return json[at] === QUOTE;
}

/** The members of a record and of its chart, and what was seen of its manifest on the way; as `JSON.parse` has them. */
function readOnce(json: Buffer) {
  const chart = new Map<string, Buffer>();
  let heads: HeadLines | undefined;
  const readManifest = (bytes: Buffer, from: number): number | undefined => {
    heads = isText(bytes, from) ? headLines(bytes, from) : undefined;
    return heads?.end;
  };
  const readers = new Map([
    ['chart', memberReader(chart)],
    ['manifest', readManifest],
  ]);
  const members = membersOf(json, readers);
  return members && { members, chart, heads };
}

function partsOf(json: Buffer): RecordParts {
  const seen = readOnce(json);
  if (seen === undefined) {
    const release = parsed(json);
    return { release, manifest: textAt(release, 'manifest') ?? '' };
  }
  const { members, chart, heads } = seen;
  const read = READ.flatMap((key) => {
    const member = members.get(key);
    return member === undefined ? [] : [[key, parsed(member)] as const];
  });
  const manifest = members.get('manifest');
  return {
    release: { ...Object.fromEntries(read), chart: chartOf(chart) },
    manifest: manifest !== undefined && isText(manifest) ? { json: manifest, heads } : '',
  };
}

/** A hook's events lie beside its manifest, as Helm read them from its annotation. */
function hookObjects(hook: unknown): readonly ReleasedObject[] {
  const events = textsAt(hook, 'events');
  const objects = manifestObjects(textAt(hook, 'manifest') ?? '', true);
  return events.length === 0 ? objects : objects.map(({ ref, keep }) => ({ ref, hook: true, keep, events }));
}

function objectsOf({ release, manifest }: RecordParts): readonly ReleasedObject[] {
  const own = typeof manifest === 'string' ? manifestObjects(manifest, false) : escapedManifestObjects(manifest, false);
  return [...own, ...listAt(release, 'hooks').flatMap(hookObjects)];
}

function releaseIn(json: Buffer): DecodedRelease {
  const parts = partsOf(json);
  const { release } = parts;
  const name = textAt(release, 'name');
  if (name === undefined) throw new Error('the record has no release name');
  return {
    name,
    namespace: textAt(release, 'namespace') ?? '',
    status: textAt(release, 'info', 'status') ?? 'unknown',
    chart: textAt(release, 'chart', 'metadata', 'name') ?? '',
    chartVersion: textAt(release, 'chart', 'metadata', 'version') ?? '',
    objects: objectsOf(parts),
  };
}

/** What Helm packed into a record; of old releases the record itself. Rejects as {@link recordDecoder} says. */
async function jsonOf(record: Buffer): Promise<Buffer> {
  const packed = strictBase64(record);
  const json = await unpacked(packed);
  if (json !== packed) freeBytes(packed);
  return json;
}

function releaseOrFault(json: Buffer): DecodedRelease {
  try {
    return releaseIn(json);
  } catch (error) {
    // It would quote what it could not read.
    throw error instanceof SyntaxError ? new Error('the record is not JSON') : error;
  }
}

/**
 * Decodes Helm's release records as their storage objects hold them: `base64(gzip(JSON))`, of old releases plain JSON.
 * Rejects with an Error that says what is wrong and quotes nothing. Of what is passed over, templates, values and the
 * bodies of objects, only where it ends is looked at, see {@link membersOf} and {@link escapedManifestObjects}.
 *
 * While one record is read another thread unpacks the next; no more than these two lie unpacked in memory.
 */
export function recordDecoder(): (record: Buffer) => Promise<DecodedRelease> {
  const unpackInTurn = oneAtATime(jsonOf);
  return async (record) => {
    const json = await unpackInTurn(record);
    // By then the next one is on its way.
    await nextTurn();
    const release = releaseOrFault(json);
    freeBytes(json);
    return release;
  };
}
