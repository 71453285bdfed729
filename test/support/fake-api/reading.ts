import { openCluster } from '../../../src/cluster/open.ts';
import type { ClusterReader } from '../../../src/cluster/open.ts';
import type { ClusterOptions, ClusterPorts, TransportLimits } from '../../../src/cluster/options.ts';
import type { Coverage, Inventory } from '../../../src/model/inventory.ts';
import type { FakeCluster } from './description.ts';
import { startFakeApi } from './fake-api.ts';
import type { SeenRequest } from './fake-api.ts';
import type { FaultRule } from './fault.ts';

/** No flag given but the server's. */
export function optionsFor(server: string | undefined): ClusterOptions {
  return {
    kubeconfig: undefined,
    context: undefined,
    cluster: undefined,
    user: undefined,
    as: undefined,
    asGroup: [],
    asUid: undefined,
    server,
    token: undefined,
    tlsServerName: undefined,
    certificateAuthority: undefined,
    clientCertificate: undefined,
    clientKey: undefined,
    insecureSkipTlsVerify: false,
    requestTimeoutMs: 0,
    chunkSize: 500,
    withoutReleases: false,
  };
}

/** Short waits, so that a hang is over soon. */
const QUICK: Partial<TransportLimits> = { backoffMs: 1, headersMs: 150, idleMs: 150, requestMs: 400, listMs: 2000 };

/** Ports that keep what is logged and warned about. */
export function portsFor(env: ClusterPorts['env'] = {}, limits: Partial<TransportLimits> = {}) {
  const warnings: string[] = [];
  const logged: string[] = [];
  const ports: ClusterPorts = {
    env,
    warn: (line) => warnings.push(line),
    log: (_, line) => logged.push(line),
    now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 678),
    progress: () => undefined,
    signal: new AbortController().signal,
    limits: { ...QUICK, ...limits },
  };
  return { ports, warnings, logged };
}

/** What to read from which fake cluster. */
export interface Reading {
  readonly cluster: FakeCluster | (() => FakeCluster);
  readonly faults?: readonly FaultRule[];
  readonly options?: Partial<ClusterOptions>;
  readonly limits?: Partial<TransportLimits>;
}

/** Starts the fake server, opens it, lets `use` read, and stops it whatever happens. */
export async function withReader<Result>(
  reading: Reading,
  use: (reader: ClusterReader, requests: readonly SeenRequest[]) => Promise<Result>,
): Promise<Result> {
  const { cluster, faults, options, limits } = reading;
  const api = await startFakeApi(typeof cluster === 'function' ? cluster : () => cluster, faults);
  try {
    const { ports } = portsFor({}, limits);
    return await use(await openCluster({ ...optionsFor(api.url), ...options }, ports), api.requests);
  } finally {
    await api.stop();
  }
}

/** The inventory of these namespaces, of all when none is named. */
export function readScope(reading: Reading, ...scope: readonly string[]): Promise<Inventory> {
  return withReader(reading, (reader) => inventoryOf(reader, ...scope));
}

export function inventoryOf(reader: ClusterReader, ...scope: readonly string[]): Promise<Inventory> {
  return reader.readInventory({
    scope,
    wholeCluster: scope.length === 0,
    declaredLabelKeys: new Set(),
    declaredAnnotationKeys: new Set(),
  });
}

/** The coverage of one resource and scope. */
export function coverageOf(inventory: Inventory, resource: string, scope: string): Coverage | undefined {
  return inventory.coverage.find((entry) => entry.resource === resource && entry.scope === scope);
}

/** All that is not complete, as `resource@scope state`. */
export function gapsOf(inventory: Inventory): readonly string[] {
  return inventory.coverage
    .filter(({ state }) => state !== 'complete')
    .map(({ resource, scope, state }) => `${resource}@${scope} ${state}`);
}
