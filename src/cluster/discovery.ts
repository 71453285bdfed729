import { UserError } from '../model/errors.ts';
import type { ResourceType } from '../model/resource.ts';
import { compareText, typeName } from '../model/resource.ts';
import { versionPath } from './api-path.ts';
import { isCalledUnavailable } from './api-services.ts';
import { sideBySide } from './concurrency.ts';
import { parseDiscovery, parseVersion } from './discovery-documents.ts';
import type { DiscoveryDocument, VersionTypes } from './discovery-documents.ts';
import type { RequestFailure } from './failure.ts';
import { DISCOVERY, JSON_TYPE } from './media-types.ts';
import { tellConnection } from './tell-connection.ts';
import type { Reply, Transport } from './transport.ts';

/** A type at its preferred version, and the other versions that serve it. */
export interface ServedType {
  readonly type: ResourceType;
  readonly otherVersions: readonly string[];
}

/** A group's version that did not answer. `status` is that of the answer, 0 when none came. */
export interface FailedVersion {
  readonly group: string;
  readonly version: string;
  readonly reason: string;
  readonly status: number;
}

/** All types the cluster serves, and what it could not tell. `answered` holds `group/version`. */
export interface Catalog {
  readonly types: readonly ServedType[];
  /** Groups in the order in which the server names them, the core group first. */
  readonly groups: readonly string[];
  readonly answered: ReadonlySet<string>;
  readonly failed: readonly FailedVersion[];
}

/** The type by its full name `TYPE.GROUP`, undefined when it is not served. */
export function servedType(catalog: Catalog, name: string): ServedType | undefined {
  return catalog.types.find(({ type }) => typeName(type) === name);
}

/** How a group's version stands in sets: `apps/v1`, `/v1`. */
export function versionKey({ group, version }: { readonly group: string; readonly version: string }): string {
  return `${group}/${version}`;
}

/** A backend that does not answer is common and rarely back within seconds: it is not worth many attempts. */
const VERSION_ATTEMPTS = 2;

/** Asks one version for its types in the legacy form. */
export function readVersion(
  transport: Transport,
  { group, version }: { readonly group: string; readonly version: string },
  attempts = VERSION_ATTEMPTS,
): Promise<Reply<VersionTypes>> {
  return transport.get({
    path: versionPath(group, version),
    accept: JSON_TYPE,
    attempts,
    parse: (body) => parseVersion(body, group, version),
  });
}

type Answer = VersionTypes | FailedVersion;

/** Asks once; then again only if nobody says that there is nothing to wait for. */
async function legacy(transport: Transport, of: { group: string; version: string }): Promise<Answer> {
  const { group, version } = of;
  const first = await readVersion(transport, of, 1);
  if (first.ok) return first.value;
  const known = !isWorthAsking(first.failure) || (await isCalledUnavailable(transport, of));
  const reply = known ? first : await readVersion(transport, of);
  return reply.ok ? reply.value : { group, version, reason: reply.failure.reason, status: reply.failure.status };
}

function isWorthAsking({ kind }: RequestFailure): boolean {
  return kind !== 'forbidden' && kind !== 'not-found' && kind !== 'unauthorized';
}

async function versionsOf(
  transport: Transport,
  document: DiscoveryDocument,
  lost: readonly FailedVersion[],
): Promise<readonly Answer[]> {
  const known = new Map(lost.map((failed) => [versionKey(failed), failed]));
  const ask = async (of: { group: string; version: string }): Promise<Answer> =>
    known.get(versionKey(of)) ?? legacy(transport, of);
  if (document.form === 'legacy') return sideBySide(document.versions, ask);
  return sideBySide(document.versions, async (version) => (version.stale ? ask(version) : version));
}

async function entryDocument(transport: Transport, path: string, server: string): Promise<DiscoveryDocument> {
  const reply = await transport.get({ path, accept: DISCOVERY, parse: parseDiscovery });
  if (reply.ok) return reply.value;
  throw tellConnection(reply.failure, path, server);
}

/** The namespace controller's rule: of each group's resource the version named first counts. */
function preferred(answers: readonly VersionTypes[]): readonly ServedType[] {
  const found = new Map<string, { type: ResourceType; otherVersions: string[] }>();
  for (const type of answers.flatMap(({ types }) => types)) {
    const known = found.get(typeName(type));
    if (known === undefined) found.set(typeName(type), { type, otherVersions: [] });
    else if (known.type.version !== type.version) known.otherVersions.push(type.version);
  }
  return [...found.values()].toSorted(
    (a, b) => compareText(a.type.group, b.type.group) || compareText(a.type.resource, b.type.resource),
  );
}

/**
 * Reads which types the cluster serves. Without either entry document nothing can be proved: then UserError with exit
 * code 4. A group's version that does not answer, or only from the server's memory, is listed as failed. Those of
 * `lost` are known not to answer, and not asked again.
 */
export async function discover(
  transport: Transport,
  server: string,
  lost: readonly FailedVersion[] = [],
): Promise<Catalog> {
  const [core, groups] = await Promise.all([
    entryDocument(transport, '/api', server),
    entryDocument(transport, '/apis', server),
  ]);
  const answers = [...(await versionsOf(transport, core, lost)), ...(await versionsOf(transport, groups, lost))];
  const answered = answers.filter((answer): answer is VersionTypes => 'types' in answer);
  if (!answered.some(({ group, types }) => group === '' && types.length > 0)) {
    throw new UserError(`${server} serves no core types`, 'Wait until the API server is up, and run again.', 4);
  }
  return {
    types: preferred(answered),
    groups: [...new Set(answered.map(({ group }) => group))],
    answered: new Set(answered.map(versionKey)),
    failed: answers.filter((answer): answer is FailedVersion => 'reason' in answer),
  };
}
