import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asLastResort } from '../../real-cluster/support/last-resort.ts';
import type { WorldSize } from '../large-world.ts';

const SERVER = join(import.meta.dirname, '../large-serve.js');

/** A large world that is served by a process of its own, which takes neither time nor memory of who asks. */
export interface ServedWorld {
  readonly url: string;
  /** A file in JSON. */
  readonly kubeconfig: string;
  readonly stop: () => void;
}

/** Starts the server; its kubeconfig is written into the folder. */
export async function serveLargeWorld(size: WorldSize, folder: string): Promise<ServedWorld> {
  const { namespaces, packs, claimed, workloads, loose } = size;
  const child = spawn(process.execPath, [SERVER, ...[namespaces, packs, claimed, workloads, loose].map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const forget = asLastResort(() => child.kill('SIGKILL'));
  const [said] = await once(child.stdout, 'data');
  const url = String(said).trim();
  const kubeconfig = join(folder, `large-${String(namespaces)}.json`);
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'large',
    contexts: [{ name: 'large', context: { cluster: 'large', user: 'large' } }],
    clusters: [{ name: 'large', cluster: { server: url } }],
    users: [{ name: 'large', user: {} }],
  };
  writeFileSync(kubeconfig, JSON.stringify(content));
  const stop = (): void => {
    forget();
    child.kill('SIGKILL');
  };
  return { url, kubeconfig, stop };
}
