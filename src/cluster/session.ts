import type { Catalog } from './discovery.ts';
import type { Ledger } from './ledger.ts';
import type { ClusterPorts } from './options.ts';
import type { Transport } from './transport.ts';

/** What all readers of one run share. */
export interface Session {
  readonly transport: Transport;
  readonly catalog: Catalog;
  readonly ledger: Ledger;
  readonly ports: ClusterPorts;
  readonly chunkSize: number;
}
