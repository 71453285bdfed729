import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { plugin } from './kubeconfigs.ts';
import type { CredentialWorld } from './world.ts';

/** Whether a process runs; one that has ended and that nobody has asked after does not. */
export function isAlive(pid: number): boolean {
  return /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim());
}

/** Resolves with whether a process has ended within a second. */
export async function gone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 50 && isAlive(pid); tries += 1) await sleep(20);
  return !isAlive(pid);
}

/** A plugin that starts a child, tells its number and waits for it. */
export function hanging(world: CredentialWorld) {
  rmSync(join(world.folder, 'child'), { force: true });
  return plugin(world, `sleep 60 &\necho $! > "${world.folder}/child"\nwait`);
}

/** The number of that child, once it runs. */
export async function childOf(world: CredentialWorld): Promise<number> {
  const path = join(world.folder, 'child');
  const text = (): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  while (!text().endsWith('\n')) await sleep(20);
  return Number(text());
}
