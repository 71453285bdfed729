import { constants, type Dirent } from 'node:fs';
import { type FileHandle, open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, sep } from 'node:path';

import { UserError } from '../model/errors.ts';
import { MAX_FILE_BYTES, decode, textFault, wholeText } from './bytes.ts';
import { readChartIdentity } from './chart-identity.ts';
import type { DefinitionDocument, LoadedChart, LoadedFile, PackDirectoryDocument } from './document.ts';
import { type PackJson, readPackJson } from './pack-json.ts';
import { fileSource } from './tree.ts';

const DEFINITION_FILE = /\.(json|ya?ml)$/i;

/**
 * Reads what the given paths hold: files, directories, `-` for standard input. A directory with a pack.json is one
 * pack. Any other directory gives its `*.json`, `*.yaml` and `*.yml` files, as `kubectl -f DIR` does, and each of its
 * sub-directories that holds a pack.json; no deeper. Throws UserError when a path as a whole cannot be used.
 */
export async function loadDefinitionFiles(
  paths: readonly string[],
  readStdin: () => Promise<Uint8Array>,
): Promise<readonly DefinitionDocument[]> {
  const documents: DefinitionDocument[] = [];
  for (const path of new Set(paths)) documents.push(...(await loadPath(path, readStdin)));
  return documents;
}

async function loadPath(path: string, readStdin: () => Promise<Uint8Array>): Promise<readonly DefinitionDocument[]> {
  if (path === '-') return [{ kind: 'text', given: path, path, text: wholeText('-', await readStdin()) }];
  if (await isDirectory(path)) return loadDirectory(path);
  return [{ kind: 'text', given: path, path, text: wholeText(path, await readWhole(path)) }];
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw new UserError(
      `${path}: ${reasonOf(error)}.`,
      'Give the path of a file or directory that can be read, or "-".',
    );
  }
}

async function loadDirectory(path: string): Promise<readonly DefinitionDocument[]> {
  const names = (await listDirectory(path)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (names.some(({ name }) => name === 'pack.json')) return [await loadPackDirectory(path, path)];
  const documents: DefinitionDocument[] = [];
  for (const { name } of names) {
    const child = join(path, name);
    const kind = await kindOf(child);
    if (kind === 'pack directory') documents.push(await loadPackDirectory(child, path));
    if (kind !== 'file' || !DEFINITION_FILE.test(name)) continue;
    const bytes = await readWhole(child);
    const text = bytes.length === 0 ? '' : wholeText(child, bytes);
    documents.push({ kind: 'text', given: path, path: child, text });
  }
  if (documents.length > 0) return documents;
  const remedy = 'Give a pack directory, or a directory with .json, .yaml or .yml files or pack directories.';
  throw new UserError(`${path}: there is no pack in the directory.`, remedy);
}

async function listDirectory(path: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    throw new UserError(`${path}: ${reasonOf(error)}.`, 'Make the directory readable and try again.');
  }
}

/** What cannot be looked at passes for what its name says, so that reading it fails aloud. */
async function kindOf(path: string): Promise<'file' | 'pack directory' | 'other'> {
  try {
    const stats = await stat(path);
    if (stats.isFile()) return 'file';
    if (!stats.isDirectory()) return 'other';
  } catch {
    return 'file';
  }
  try {
    return (await stat(join(path, 'pack.json'))).isFile() ? 'pack directory' : 'other';
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? 'other' : 'pack directory';
  }
}

async function loadPackDirectory(path: string, given: string): Promise<PackDirectoryDocument> {
  const packJson = await loadPackJson(path, given);
  const charts: LoadedChart[] = [];
  for (const file of packJson.content.charts) charts.push(await loadChart(path, file));
  const manifests: LoadedFile[] = [];
  for (const file of packJson.content.manifests) manifests.push(await loadPart(path, file));
  const values = await loadPart(path, 'values.yaml');
  const isMissing = values.fault === NOT_THERE;
  return {
    kind: 'pack-directory',
    given,
    path,
    packJson,
    values: isMissing ? { ...values, fault: undefined } : values,
    charts,
    manifests,
  };
}

/** A pack.json that cannot be read ends the run when its directory was given, else costs that one pack its identity. */
async function loadPackJson(path: string, given: string): Promise<PackDirectoryDocument['packJson']> {
  const file = await loadPart(path, 'pack.json');
  if (file.text === undefined)
    return damagedPackJson(path, given, { where: file.path, file, fault: file.fault ?? NOT_THERE });
  const read = readPackJson(fileSource(file.path, file.text));
  if ('name' in read) return { path: file.path, content: read, fault: undefined };
  const where = `${file.path}:${String(read.place.line)}:${String(read.place.column)}`;
  return damagedPackJson(path, given, { where, file, fault: read.detail });
}

function damagedPackJson(
  path: string,
  given: string,
  { where, file, fault }: { readonly where: string; readonly file: LoadedFile; readonly fault: string },
): PackDirectoryDocument['packJson'] {
  if (path === given) {
    throw new UserError(`${where}: the pack.json cannot be used: ${fault}.`, 'Correct the file and try again.');
  }
  const content: PackJson = { name: basename(path), version: undefined, layer: undefined, charts: [], manifests: [] };
  return { path: file.path, content, fault };
}

const NOT_THERE = 'the file is not there';
const OUTSIDE = 'the path leads out of the pack directory';

async function loadPart(directory: string, file: string): Promise<LoadedFile> {
  const path = join(directory, file);
  const bytes = await readPart(directory, file);
  if (typeof bytes === 'string') return { file, path, text: undefined, fault: bytes };
  const fault = textFault(bytes);
  return fault === undefined
    ? { file, path, text: decode(bytes), fault: undefined }
    : { file, path, text: undefined, fault: `the file is ${fault}` };
}

async function loadChart(directory: string, file: string): Promise<LoadedChart> {
  const path = join(directory, file);
  const unpacked = await readPart(directory, join(file, 'Chart.yaml'));
  if (typeof unpacked !== 'string') return chartOf(file, path, readChartIdentity(decode(unpacked) ?? ''));
  const bytes = await readPart(directory, file);
  if (typeof bytes === 'string') return { file, path, identity: undefined, fault: bytes };
  // Few directories hold archives, and to load what unpacks them takes each start its time.
  const { readChartArchive } = await import('./chart-archive.ts');
  return chartOf(file, path, await readChartArchive(bytes));
}

function chartOf(file: string, path: string, identity: LoadedChart['identity']): LoadedChart {
  const fault = identity === undefined ? 'there is no readable Chart.yaml in it' : undefined;
  return { file, path, identity, fault };
}

/** The bytes of a file inside a pack directory, or why not. Neither `..` nor a link may lead out of the directory. */
async function readPart(directory: string, file: string): Promise<Uint8Array | string> {
  try {
    const target = await realpath(join(directory, file));
    if (isAbsolute(file) || leadsOut(await realpath(directory), target)) return OUTSIDE;
    return await readBounded(target);
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? NOT_THERE : reasonOf(error);
  }
}

function leadsOut(directory: string, target: string): boolean {
  const inside = relative(directory, target);
  return isAbsolute(inside) || inside === '..' || inside.startsWith(`..${sep}`);
}

async function readWhole(path: string): Promise<Uint8Array> {
  try {
    return await readBounded(path);
  } catch (error) {
    throw new UserError(
      `${path}: ${reasonOf(error)}.`,
      'Give a regular file that can be read, or "-" for standard input.',
    );
  }
}

class NotRegular extends Error {}

/** Reads one byte more than the bound, so that the reader of the bytes can tell that they are too many. */
async function readBounded(path: string): Promise<Uint8Array> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!(await file.stat()).isFile()) throw new NotRegular('it is not a regular file');
    return await readUpTo(file, MAX_FILE_BYTES + 1);
  } finally {
    await file.close();
  }
}

async function readUpTo(file: FileHandle, limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length < limit) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(Math.min(limit - length, 256 * 1024)));
    if (bytesRead === 0) break;
    chunks.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
  }
  return Buffer.concat(chunks);
}

function reasonOf(error: unknown): string {
  if (error instanceof NotRegular) return error.message;
  const reasons = new Map([
    ['ENOENT', 'there is no such file or directory'],
    ['ENOTDIR', 'a part of the path is not a directory'],
    ['EACCES', 'permission denied'],
    ['EPERM', 'permission denied'],
    ['ELOOP', 'the links go round in a circle'],
    ['ENAMETOOLONG', 'the name is too long'],
  ]);
  return reasons.get(codeOf(error)) ?? 'it cannot be read';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
