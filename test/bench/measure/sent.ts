import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ControlPlane } from '../../real-cluster/support/control-plane.ts';
import { must } from '../../real-cluster/world/palette.ts';
import { startCountingProxy } from './counting-proxy.ts';
import { measureOnce, type Command } from './process-run.ts';

/** What one run of a program made the API server send. */
export interface Sent {
  /** On the wire, encrypted. */
  readonly bytes: number;
  /** Secrets that were asked for by name, as the server counts them. */
  readonly secretsGot: number;
}

/**
 * Runs each program once through a proxy that counts. No time is taken there, for the proxy costs some.
 *
 * @returns by the name of the program.
 */
export async function sentBy(
  measured: string,
  plane: ControlPlane,
  commands: Readonly<Record<string, Command>>,
): Promise<ReadonlyMap<string, Sent>> {
  const proxy = await startCountingProxy(Number(new URL(plane.url).port));
  const kubeconfig = join(plane.folder, 'through-proxy.kubeconfig');
  const text = readFileSync(plane.kubeconfig, 'utf8').replaceAll(plane.url, `https://127.0.0.1:${String(proxy.port)}`);
  writeFileSync(kubeconfig, text, { mode: 0o600 });
  const sent = new Map<string, Sent>();
  try {
    for (const [name, command] of Object.entries(commands)) {
      const before = await secretsGot(plane);
      proxy.take();
      await measureOnce(measured, { ...command, variables: { ...command.variables, KUBECONFIG: kubeconfig } });
      sent.set(name, { bytes: proxy.take(), secretsGot: (await secretsGot(plane)) - before });
    }
  } finally {
    await proxy.stop();
  }
  return sent;
}

/** By the server's own metrics: how many GETs of single Secrets it has answered. */
async function secretsGot(plane: ControlPlane): Promise<number> {
  const metrics = await must(plane.kubectl, 'get', '--raw=/metrics');
  const lines = metrics.split('\n').filter((line) => line.startsWith('apiserver_request_total{'));
  const gets = lines.filter((line) => line.includes('resource="secrets"') && line.includes('verb="GET"'));
  return gets.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
