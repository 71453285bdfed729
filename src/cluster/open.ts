import { EVIDENCE_ANNOTATIONS, EVIDENCE_LABELS } from '../model/evidence-keys.ts';
import type { ClusterIdentity, ClusterObject, Inventory, NamespaceRecord, Release } from '../model/inventory.ts';
import type { PaletteResources } from '../model/pack-resource.ts';
import type { ResourceType } from '../model/resource.ts';
import type { Rights } from '../model/rights.ts';
import { uidOfAgent } from './agent-namespace.ts';
import { readNamespaceOwners } from './cluster-owners.ts';
import { begun } from './concurrency.ts';
import { connect } from './connect.ts';
import { discover } from './discovery.ts';
import { readElsewhere } from './elsewhere.ts';
import type { Candidate } from './elsewhere.ts';
import { readIdentity } from './identity.ts';
import { createLedger } from './ledger.ts';
import type { ClusterOptions, ClusterPorts } from './options.ts';
import { readPalette } from './palette.ts';
import type { PaletteReading } from './palette.ts';
import { readInventory } from './read-inventory.ts';
import type { EarlierReadings, InventoryRequest } from './read-inventory.ts';
import { readRights } from './read-rights.ts';
import type { RightsRequest } from './read-rights.ts';
import { readReleases } from './releases.ts';
import type { Session } from './session.ts';

/**
 * A cluster that has answered. Readings begin in this order; each adds its coverage to the inventory's, which waits for
 * the releases.
 */
export interface ClusterReader {
  /** What discovery told: every type, the order of the groups, and which groups did not answer. */
  readonly served: {
    readonly types: readonly ResourceType[];
    readonly groupOrder: readonly string[];
    readonly unanswered: readonly string[];
  };
  /** The namespace that kubectl would look in where none is named. */
  readonly namespace: string;
  /** Context, server, version and UID; Palette's UID and name once `readPalette` has resolved. */
  readonly identity: () => Promise<ClusterIdentity>;
  readonly readPalette: (request: { readonly clusterUid: string | undefined }) => Promise<PaletteResources>;
  /**
   * `near`: namespaces to look at where neither the cluster nor its namespaces may be listed. Records are listed while
   * these are found out, and read afterwards.
   */
  readonly readReleases: (near?: readonly string[] | Promise<readonly string[]>) => Promise<readonly Release[]>;
  /** Objects without a namespace that own these namespaces, and the types of such that were listed to the end. */
  readonly readNamespaceOwners: (
    namespaces: readonly NamespaceRecord[],
  ) => Promise<{ readonly objects: readonly ClusterObject[]; readonly listed: ReadonlySet<string> }>;
  readonly readInventory: (request: InventoryRequest) => Promise<Inventory>;
  /** Needs no other reading before it. */
  readonly readRights: (request: RightsRequest) => Promise<Rights>;
  readonly readElsewhere: (inventory: Inventory, candidates: readonly Candidate[]) => Promise<Inventory>;
}

interface Opened {
  readonly session: Session;
  readonly context: string;
  readonly server: string;
  readonly withoutReleases: boolean;
  readonly namespace: string;
}

/** RFC 3339 in UTC, without milliseconds. */
function timeText(now: number): string {
  return new Date(now).toISOString().replace(/\.\d+Z$/, 'Z');
}

function readerOf({ session, context, server, withoutReleases, namespace }: Opened): ClusterReader {
  const takenAt = timeText(session.ports.now());
  let first: Promise<ClusterIdentity> | undefined;
  let palette: PaletteReading | undefined;
  let releases: Promise<readonly Release[]> = Promise.resolve([]);
  const identity = async (): Promise<ClusterIdentity> => {
    first ??= readIdentity(session, { context, server });
    const agent = palette?.resources.agentNamespace;
    const paletteUid = agent === undefined ? undefined : uidOfAgent(agent);
    return { ...(await first), paletteUid, paletteName: palette?.clusterName };
  };
  const earlier = async (): Promise<EarlierReadings> => {
    const [cluster, read] = await Promise.all([identity(), releases]);
    return { cluster, takenAt, releases: read, palette };
  };
  const { types, groups, failed } = session.catalog;
  const unanswered = [...new Set(failed.map(({ group }) => group))];
  return {
    served: { types: types.map(({ type }) => type), groupOrder: groups, unanswered },
    namespace,
    identity,
    readPalette: async ({ clusterUid }) => {
      const kubernetesVersion = begun(identity().then(({ version }) => (version === '' ? undefined : version)));
      [palette] = await Promise.all([readPalette(session, { clusterUid, kubernetesVersion }), kubernetesVersion]);
      return palette.resources;
    },
    readReleases: (near = []) => {
      releases = readReleases(session, withoutReleases, near);
      return releases;
    },
    readNamespaceOwners: (namespaces) =>
      readNamespaceOwners(session, namespaces, { labels: EVIDENCE_LABELS, annotations: EVIDENCE_ANNOTATIONS }),
    readInventory: (request) => readInventory(session, request, { server, earlier: earlier() }),
    readRights: (request) => readRights(session, request),
    readElsewhere: (inventory, candidates) => readElsewhere(session, inventory, candidates),
  };
}

/**
 * Opens the cluster that flags and kubeconfig name, and reads which types it serves. Throws UserError: exit code 2
 * when kubeconfig or context are wrong, 4 when the cluster cannot be reached, authenticated to or discovered.
 */
export async function openCluster(options: ClusterOptions, ports: ClusterPorts): Promise<ClusterReader> {
  const { transport, server, context, namespace } = await connect(options, ports);
  const catalog = await discover(transport, server);
  const session = { transport, catalog, ledger: createLedger(), ports, chunkSize: options.chunkSize };
  return readerOf({ session, context, server, withoutReleases: options.withoutReleases, namespace });
}
