import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, sep } from 'node:path';
import type { ClusterPorts } from './options.ts';

type Env = ClusterPorts['env'];

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

function endings(env: Env): readonly string[] {
  if (process.platform !== 'win32') return [''];
  return ['', ...(env['PATHEXT'] ?? '.COM;.EXE;.BAT;.CMD').toLowerCase().split(';')];
}

/**
 * The path of a command as Go finds it (exec.LookPath): a path as it is, a name in the folders of PATH, but never in
 * the current folder. Undefined when there is no such executable.
 */
export async function findCommand(command: string, env: Env): Promise<string | undefined> {
  const folders = command.includes(sep)
    ? ['']
    : (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  for (const folder of folders) {
    for (const ending of endings(env)) {
      const path = `${folder === '' ? command : join(folder, command)}${ending}`;
      if (await isExecutable(path)) return path;
    }
  }
  return undefined;
}
