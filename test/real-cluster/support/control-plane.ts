import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assets } from '../../../scripts/assets/ensure-assets.ts';
import { bringUp } from './bring-up.ts';
import { writeCredentials, type Client, type Credentials, type ServingCertificate } from './credentials.ts';
import { freePorts } from './free-ports.ts';
import { asLastResort } from './last-resort.ts';
import type { Runner } from './runner.ts';
import { createServers, type Servers } from './servers.ts';
import { createTools, type Tools } from './tools.ts';

/** A running cluster of one played node. */
export interface ControlPlane extends Tools {
  readonly url: string;
  /** As the server itself says: `v1.2.3`. */
  readonly version: string;
  /** For a test's own files too; it goes with the control plane. */
  readonly folder: string;
  /** The path of a kubeconfig that may do everything. */
  readonly kubeconfig: string;
  /** For a test's own server on loopback: a webhook's or an aggregated API's is called `<service>.<namespace>.svc`. */
  readonly servingFor: (...names: readonly string[]) => Promise<ServingCertificate>;
  /** The path of another kubeconfig, with a client certificate for this user. */
  readonly clientFor: (client: Client) => Promise<string>;
  /** Asks until the answer is yes; a minute later, or when a server has ended, it is an error that says `what`. */
  readonly waitFor: Servers['waitFor'];
  /** Ends every server, waits until all are gone, and removes the folder. */
  readonly stop: () => Promise<void>;
}

/** What a control plane is made from. */
export interface ControlPlaneOptions {
  readonly assets: Assets;
  /** Where the control plane's own folder is made; else where temporary files go. */
  readonly dir?: string;
}

/**
 * Starts etcd, kube-apiserver, the controllers, the scheduler and kwok on free ports of loopback, and comes back when
 * the controllers have done their first work and the node is ready. Whatever fails, nothing stays behind: also not when
 * the process is interrupted.
 */
export async function startControlPlane({ assets, dir = tmpdir() }: ControlPlaneOptions): Promise<ControlPlane> {
  const folder = mkdtempSync(join(dir, 'control-plane-'));
  const removeFolder = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const forget = asLastResort(removeFolder);
  const servers = createServers(folder);
  const stop = async (): Promise<void> => {
    await servers.stop();
    removeFolder();
    forget();
  };
  try {
    return { ...(await start(assets, folder, servers)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(assets: Assets, folder: string, servers: Servers): Promise<Omit<ControlPlane, 'stop'>> {
  const [etcd = 0, etcdPeer = 0, apiServer = 0] = await freePorts(3);
  const url = `https://127.0.0.1:${apiServer}`;
  const credentials = await writeCredentials(folder, url);
  const { kubeconfig, servingFor } = credentials;
  const tools = createTools(assets, folder, kubeconfig);
  await bringUp({ assets, folder, ports: { etcd, etcdPeer, apiServer } }, servers, tools);
  const version = await serverVersion(tools.kubectl);
  const expected = assets.tool('kube-apiserver').version;
  if (version !== expected) throw new Error(`the server says it is ${version}, its binary that it is ${expected}`);
  return {
    ...tools,
    url,
    version,
    folder,
    kubeconfig,
    servingFor,
    clientFor: clients(credentials),
    waitFor: servers.waitFor,
  };
}

async function serverVersion(kubectl: Runner): Promise<string | undefined> {
  const { stdout } = await kubectl('get', '--raw=/version');
  return /"gitVersion": "(.+?)"/.exec(stdout)?.[1];
}

/** Numbered, for a user's name need not make a file's. */
function clients({ kubeconfigFor }: Credentials): ControlPlane['clientFor'] {
  let count = 0;
  return (client) => kubeconfigFor(client, `client-${++count}`);
}
