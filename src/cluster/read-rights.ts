import { UserError } from '../model/errors.ts';
import { compareText, typeName } from '../model/resource.ts';
import type { Rights } from '../model/rights.ts';
import { isAgentName } from './agent-namespace.ts';
import { EVIDENCE_KEYS } from './kept-keys.ts';
import { plainText } from './plain-text.ts';
import { readNamespaces } from './read-namespaces.ts';
import { isPlainName, rolesFor } from './rights.ts';
import type { Session } from './session.ts';
import { storesNothing } from './stores-nothing.ts';

/** For which rights are asked: `namespaces` is empty for all. */
export interface RightsRequest {
  readonly namespaces: readonly string[];
  readonly withoutSecrets: boolean;
  readonly wildcard: boolean;
  /** Whether to add what only removals and snapshots ask for. */
  readonly removal: boolean;
}

/** A wrong name would make a role that Kubernetes refuses, after others of the same file were made. */
function refuseMissing(asked: readonly string[], there: readonly string[]): void {
  const known = new Set(there);
  const missing = asked.find((name) => !known.has(name));
  if (missing === undefined) return;
  const remedy = 'See which there are with "kubectl palette-audit namespaces".';
  throw new UserError(`namespace "${missing}" does not exist: there can be no Role in it`, remedy);
}

async function agentNamespaces(session: Session, asked: readonly string[]): Promise<readonly string[]> {
  if (asked.length === 0) return [];
  const { records, all } = await readNamespaces(session, [], EVIDENCE_KEYS);
  if (!all) {
    const what = "The namespaces could not be listed, and Palette's own among them needs a Role too";
    throw new UserError(what, 'Run this as a user who may list namespaces.', 4);
  }
  const names = records.map(({ name }) => name);
  refuseMissing(asked, names);
  return names.filter(isAgentName);
}

/** Which rights cannot be told: of groups that do not answer, and of names that a role must not hold. */
function unansweredOf({ catalog }: Session): readonly string[] {
  const failed = catalog.failed.filter(({ group }) => !storesNothing(group));
  const names = [
    ...failed.map(({ group, version }) => (group === '' ? version : `${group}/${version}`)),
    ...catalog.types
      .filter(({ type }) => !isPlainName(type.resource) || (type.group !== '' && !isPlainName(type.group)))
      .map(({ type }) => typeName(type)),
  ];
  return [...new Set(names.map((name) => plainText(name)))].toSorted(compareText);
}

/**
 * Works out from discovery which rights an audit of this cluster needs. Throws UserError when a namespace is not there
 * or, for single namespaces, the namespaces cannot be listed.
 */
export async function readRights(session: Session, request: RightsRequest): Promise<Rights> {
  const { catalog } = session;
  const answered = [...catalog.answered].map((key) => {
    const slash = key.indexOf('/');
    return { group: key.slice(0, slash), version: key.slice(slash + 1) };
  });
  const roles = rolesFor({
    ...request,
    types: catalog.types.map(({ type }) => type),
    versions: [...answered, ...catalog.failed],
    agentNamespaces: await agentNamespaces(session, request.namespaces),
  });
  return { ...request, roles, unanswered: unansweredOf(session) };
}
