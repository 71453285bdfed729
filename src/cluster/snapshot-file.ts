import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { constants, lstat, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../model/errors.ts';
import { errorCode } from './plain-text.ts';

const MOST_BYTES = 256 * 1024 * 1024;

async function kindOfTarget(path: string): Promise<'nothing' | 'file' | 'other'> {
  try {
    return (await lstat(path)).isFile() ? 'file' : 'other';
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 'nothing';
    throw error;
  }
}

async function checkTarget(path: string, force: boolean): Promise<void> {
  const kind = await kindOfTarget(path);
  if (kind === 'other') throw new UserError(`${path} is a link, a folder or a device`, 'Name a plain file.');
  if (kind === 'file' && !force) throw new UserError(`${path} is already there`, 'Name another file, or add --force.');
}

async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text, 'utf8');
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A signal ends the process at once: what was written until then is no snapshot, and must not stay. */
async function writeAndRename(path: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  const removeAtExit = (): void => rmSync(temporary, { force: true });
  process.once('exit', removeAtExit);
  try {
    await writeWhole(temporary, text);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    process.off('exit', removeAtExit);
  }
}

/**
 * Writes a snapshot, readable by its owner only: whole, or not at all. A link is never followed, and a file that is
 * there is replaced only with `force`. Throws UserError when it cannot be written.
 */
export async function writeSnapshotFile(
  path: string,
  text: string,
  options: { readonly force: boolean },
): Promise<void> {
  try {
    await checkTarget(path, options.force);
    await writeAndRename(path, text);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${path} cannot be written: ${errorCode(error)}`, 'Name a file in a folder you may write to.');
  }
}

async function textOfFile(path: string, what: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new UserError(`${path} is not a file`, `Name ${what}.`);
    if (stats.size > MOST_BYTES) throw new UserError(`${path} is over 256 MiB`, `Name ${what}.`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

/** The text of a file of at most 256 MiB; `what` says which is expected. Throws UserError when it cannot be read. */
export async function readSnapshotFile(path: string, what = 'a snapshot file'): Promise<string> {
  try {
    return await textOfFile(path, what);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const reason = errorCode(error) === 'ENOENT' ? 'there is no such file' : errorCode(error);
    throw new UserError(`${path} cannot be read: ${reason}`, `Name ${what}.`);
  }
}
