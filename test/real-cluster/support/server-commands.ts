import { join } from 'node:path';
import type { Assets } from '../../../scripts/assets/ensure-assets.ts';
import type { ServerCommand } from './server-process.ts';

/** What the commands of one control plane have in common. */
export interface Layout {
  readonly assets: Assets;
  /** Holds certificates, kubeconfigs, data and logs. */
  readonly folder: string;
  readonly ports: { readonly etcd: number; readonly etcdPeer: number; readonly apiServer: number };
}

/** A file beside this one's source: the compiler copies no YAML. */
function beside(name: string): string {
  return join(import.meta.dirname, '../../../../test/real-cluster/support', name);
}

/** etcd, which forgets everything in a crash: nobody needs it after one. */
export function etcdCommand({ assets, folder, ports }: Layout): ServerCommand {
  const client = `http://127.0.0.1:${ports.etcd}`;
  const peer = `http://127.0.0.1:${ports.etcdPeer}`;
  return {
    name: 'etcd',
    path: assets.tool('etcd').path,
    options: {
      'data-dir': join(folder, 'etcd'),
      'unsafe-no-fsync': 'true',
      'listen-client-urls': client,
      'advertise-client-urls': client,
      'listen-peer-urls': peer,
      'initial-advertise-peer-urls': peer,
      'initial-cluster': `default=${peer}`,
    },
  };
}

/** kube-apiserver with RBAC and with what an aggregated API needs. */
export function apiServerCommand({ assets, folder, ports }: Layout): ServerCommand {
  const file = (name: string): string => join(folder, name);
  return {
    name: 'kube-apiserver',
    path: assets.tool('kube-apiserver').path,
    options: {
      'bind-address': '127.0.0.1',
      'secure-port': String(ports.apiServer),
      // Endpoints must not hold a loopback address. This one is for documentation: nothing is ever sent to it.
      'advertise-address': '192.0.2.1',
      'etcd-servers': `http://127.0.0.1:${ports.etcd}`,
      'tls-cert-file': file('serving.crt'),
      'tls-private-key-file': file('serving.key'),
      'client-ca-file': file('ca.crt'),
      'authorization-mode': 'RBAC',
      'allow-privileged': 'true',
      'audit-policy-file': beside('audit-policy.yaml'),
      'audit-log-path': file('audit.log'),
      'service-cluster-ip-range': '10.0.0.0/24',
      'service-account-issuer': 'https://kubernetes.default.svc',
      'service-account-key-file': file('service-account.pub'),
      'service-account-signing-key-file': file('service-account.key'),
      'requestheader-client-ca-file': file('ca.crt'),
      'requestheader-allowed-names': 'front-proxy-client',
      'requestheader-username-headers': 'X-Remote-User',
      'requestheader-group-headers': 'X-Remote-Group',
      'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
      'proxy-client-cert-file': file('front-proxy-client.crt'),
      'proxy-client-key-file': file('front-proxy-client.key'),
      // Tests create and delete in bursts, as one client.
      'max-requests-inflight': '2000',
      'max-mutating-requests-inflight': '1000',
    },
  };
}

/** Every controller, each as the service account that it has in a real cluster. */
export function controllerManagerCommand({ assets, folder }: Layout): ServerCommand {
  return {
    name: 'kube-controller-manager',
    path: assets.tool('kube-controller-manager').path,
    options: {
      ...controllerOptions(join(folder, 'controller-manager.kubeconfig')),
      controllers: '*',
      'use-service-account-credentials': 'true',
      'service-account-private-key-file': join(folder, 'service-account.key'),
      'root-ca-file': join(folder, 'ca.crt'),
    },
  };
}

/** Pods need a node before anything can play them: kwok does not choose one. */
export function schedulerCommand({ assets, folder }: Layout): ServerCommand {
  return {
    name: 'kube-scheduler',
    path: assets.tool('kube-scheduler').path,
    options: controllerOptions(join(folder, 'scheduler.kubeconfig')),
  };
}

/** kwok, which plays every node and the pods on them by our stages. */
export function kwokCommand({ assets, folder }: Layout): ServerCommand {
  return {
    name: 'kwok',
    path: assets.tool('kwok').path,
    options: {
      kubeconfig: join(folder, 'admin.kubeconfig'),
      config: beside('kwok-stages.yaml'),
      'manage-all-nodes': 'true',
      'node-lease-duration-seconds': '40',
    },
  };
}

function controllerOptions(kubeconfig: string): Readonly<Record<string, string>> {
  return {
    kubeconfig,
    'leader-elect': 'false',
    // No port of its own: nobody asks for its health or its metrics.
    'secure-port': '0',
    // A real cluster's throttle would only make namespaces slow to go.
    'kube-api-qps': '500',
    'kube-api-burst': '1000',
  };
}
