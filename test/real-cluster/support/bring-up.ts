import {
  apiServerCommand,
  controllerManagerCommand,
  etcdCommand,
  kwokCommand,
  schedulerCommand,
  type Layout,
} from './server-commands.ts';
import type { Servers } from './servers.ts';
import type { Tools } from './tools.ts';

const NODE = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name: 'node-1',
    labels: { 'kubernetes.io/hostname': 'node-1', 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64' },
  },
};

/** Starts the servers one upon the other, and comes back when a test can rely on all of them. */
export async function bringUp(layout: Layout, servers: Servers, { kubectl, apply }: Tools): Promise<void> {
  const succeeds = async (...args: readonly string[]): Promise<boolean> => (await kubectl(...args)).code === 0;
  const prints = async (pattern: RegExp, ...args: readonly string[]): Promise<boolean> =>
    pattern.test((await kubectl(...args)).stdout);

  servers.start(etcdCommand(layout));
  await servers.waitFor('etcd is ready', () => answers(`http://127.0.0.1:${layout.ports.etcd}/readyz`));
  servers.start(apiServerCommand(layout));
  await servers.waitFor('kube-apiserver is ready', () => succeeds('get', '--raw=/readyz'));
  servers.start(controllerManagerCommand(layout));
  servers.start(schedulerCommand(layout));
  servers.start(kwokCommand(layout));
  await apply(NODE);
  await servers.waitFor('the node is ready', () =>
    prints(
      /^True $/,
      'get',
      'node',
      'node-1',
      '--output=jsonpath={.status.conditions[?(@.type=="Ready")].status} {.spec.taints}',
    ),
  );
  // Without its service account no pod can be created, and until it is aggregated the role `view` is empty.
  await servers.waitFor('namespace default has its service account', () =>
    succeeds('get', 'serviceaccount', 'default', '--namespace=default'),
  );
  await servers.waitFor('the role view is aggregated', () =>
    prints(/pods/, 'get', 'clusterrole', 'view', '--output=jsonpath={.rules}'),
  );
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
