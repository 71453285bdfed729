import type { ResourceType } from '../model/resource.ts';
import { collectionPath } from './api-path.ts';
import { connect } from './connect.ts';
import { discover } from './discovery.ts';
import { at, listAt, textAt } from './json.ts';
import { loadKubeconfig } from './kubeconfig-files.ts';
import { METADATA_ONLY } from './media-types.ts';
import type { ClusterOptions, ClusterPorts } from './options.ts';
import type { Parsed } from './transport.ts';

/** One page is enough: nobody chooses from a longer list. */
const MOST_NAMES = 500;

/** What can be named in a cluster, for completion: it is no answer to rely on, and nothing of it is remembered. */
export interface NameReader {
  /** The namespace that kubectl would look in where none is named. */
  readonly namespace: string;
  readonly served: () => Promise<{ readonly types: readonly ResourceType[]; readonly groupOrder: readonly string[] }>;
  /** Names of the first objects of a type; `namespace` is '' for all, and for a type without namespaces. */
  readonly objects: (
    type: Pick<ResourceType, 'group' | 'version' | 'resource'>,
    namespace: string,
  ) => Promise<readonly string[]>;
}

/** Names of the entries of a kubeconfig. Throws UserError when it cannot be read. */
export async function kubeconfigNames(
  kind: 'contexts' | 'clusters' | 'users',
  options: ClusterOptions,
  ports: ClusterPorts,
): Promise<readonly string[]> {
  return [...(await loadKubeconfig(options, ports))[kind].keys()];
}

/** Prepares to read names; asks nothing yet. Throws UserError, as each reading does when the cluster does not answer. */
export async function openNames(options: ClusterOptions, ports: ClusterPorts): Promise<NameReader> {
  const { transport, server, namespace } = await connect(options, ports);
  return {
    namespace,
    served: async () => {
      const { types, groups } = await discover(transport, server);
      return { types: types.map(({ type }) => type), groupOrder: groups };
    },
    objects: async (type, within) => {
      const path = `${collectionPath(type, within)}?limit=${MOST_NAMES}`;
      const reply = await transport.get({ path, accept: METADATA_ONLY, parse: namesIn });
      return reply.ok ? reply.value : [];
    },
  };
}

function namesIn(body: unknown): Parsed<readonly string[]> {
  const objects = [...listAt(body, 'items'), ...listAt(body, 'rows').map((row) => at(row, 'object'))];
  return { ok: true, value: objects.flatMap((object) => textAt(object, 'metadata', 'name') ?? []) };
}
