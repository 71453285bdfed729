import { UserError } from '../model/errors.ts';
import { labelOf } from '../model/evidence-keys.ts';
import type { NamespaceRecord } from '../model/inventory.ts';

const PREFIX = 'cluster-';

/** What is known of the namespaces that may be an agent's. All but `asked` are names of namespaces. */
export interface AgentSigns {
  readonly asked: string | undefined;
  readonly withPacks: readonly string[];
  readonly withSpectroCluster: readonly string[];
  readonly withClusterInfo: readonly string[];
  readonly namespaces: readonly NamespaceRecord[];
}

/** Whether a namespace is named as an agent's: `cluster-<uid>`. */
export function isAgentName(namespace: string): boolean {
  return namespace.startsWith(PREFIX) && namespace.length > PREFIX.length;
}

/** The `<uid>` of `cluster-<uid>`. */
export function uidOfAgent(namespace: string): string {
  return namespace.slice(PREFIX.length);
}

/** The agent namespace of the cluster that the caller names by UID, or by that namespace itself. */
export function agentNameFor(asked: string): string {
  return asked.startsWith(PREFIX) ? asked : `${PREFIX}${asked}`;
}

function askedFor(asked: string, candidates: readonly string[], signs: AgentSigns): string {
  const wanted = agentNameFor(asked);
  if (candidates.includes(wanted) || signs.namespaces.some(({ name }) => name === wanted)) return wanted;
  if (candidates.length === 0 && signs.namespaces.length === 0) return wanted;
  const there = candidates.length === 0 ? 'There is none.' : `There are: ${candidates.join(', ')}.`;
  throw new UserError(`This cluster has no agent namespace ${wanted}`, there);
}

/** Palette names the cluster on its agent namespace. */
function isNamed(namespace: NamespaceRecord): boolean {
  return labelOf(namespace, 'spectrocloud.com/cluster-name') !== undefined;
}

/** The one candidate among `signed`, undefined when there are none or several. */
function only(candidates: readonly string[], signed: readonly string[]): string | undefined {
  const found = candidates.filter((candidate) => signed.includes(candidate));
  return found.length === 1 ? found[0] : undefined;
}

/**
 * Tells which agent namespace is this cluster's own: the one asked for; else the only one with packs; else the only
 * one with a SpectroCluster, with Palette's name label, or with its `cluster-info`. Throws UserError when these do not
 * tell, since another cluster's packs would be taken for this one's. Undefined when there is none at all.
 */
export function ownAgentNamespace(signs: AgentSigns): string | undefined {
  const named = signs.namespaces.map(({ name }) => name).filter(isAgentName);
  const withPacks = signs.withPacks.filter(isAgentName);
  const candidates = withPacks.length > 0 ? withPacks : named;
  if (signs.asked !== undefined) return askedFor(signs.asked, candidates, signs);
  if (candidates.length <= 1) return candidates[0];
  const labelled = signs.namespaces.filter(isNamed).map(({ name }) => name);
  for (const signed of [signs.withSpectroCluster, labelled, signs.withClusterInfo]) {
    const found = only(candidates, signed);
    if (found !== undefined) return found;
  }
  throw new UserError(
    `Several agent namespaces hold packs, and nothing tells which is this cluster's: ${candidates.join(', ')}`,
    'Name the cluster with --cluster-uid UID.',
  );
}
