import { UserError } from '../model/errors.ts';
import { typeName } from '../model/resource.ts';
import { discover, versionKey } from './discovery.ts';
import type { Catalog, ServedType } from './discovery.ts';
import type { Session } from './session.ts';
import { storesNothing } from './stores-nothing.ts';
import { recordUnanswered } from './witnesses.ts';

type Types = ReadonlyMap<string, ServedType>;

/** APIs that compute what they serve also compute which types there are, so theirs come and go. */
function storedTypes({ types }: Catalog): Types {
  const stored = types.filter(({ type }) => !storesNothing(type.group));
  return new Map(stored.map((served) => [typeName(served.type), served]));
}

/** Whether the other discovery did not hear of a version of the type: then that it lacks the type says nothing new. */
function isUnheard(served: ServedType | undefined, { failed }: Catalog): boolean {
  if (served === undefined) return false;
  const { type, otherVersions } = served;
  const lost = new Set(failed.map(versionKey));
  return [type.version, ...otherVersions].some((version) => lost.has(versionKey({ group: type.group, version })));
}

function sorted(texts: readonly string[]): string {
  return texts.toSorted().join(' ');
}

function changeOf(before: ServedType | undefined, after: ServedType | undefined): string | undefined {
  if (before === undefined) return 'the type came during the run';
  if (after === undefined) return 'the type went away during the run';
  if (before.type.namespaced !== after.type.namespaced) return 'the scope of the type changed during the run';
  const isSame = sorted(before.type.verbs) === sorted(after.type.verbs);
  return isSame ? undefined : 'the verbs of the type changed during the run';
}

/** Each type that is not served at the end as it was at the beginning, and how it changed. */
function changesBetween(before: Catalog, after: Catalog): ReadonlyMap<string, string> {
  const [then, now] = [storedTypes(before), storedTypes(after)];
  const changes = new Map<string, string>();
  for (const name of new Set([...then.keys(), ...now.keys()])) {
    const [old, present] = [then.get(name), now.get(name)];
    const isExplained = isUnheard(old, after) || isUnheard(present, before);
    const change = isExplained ? undefined : changeOf(old, present);
    if (change !== undefined) changes.set(name, change);
  }
  return changes;
}

async function discoverAgain(session: Session, server: string): Promise<Catalog | undefined> {
  try {
    return await discover(session.transport, server, session.catalog.failed);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const reason = `what is served could not be read again at the end: ${error.message}`;
    session.ledger.record({ resource: 'discovery', scope: '', state: 'failed', reason });
    return undefined;
  }
}

/**
 * Discovers a second time and holds it against the first: a type that came, went or changed meanwhile was not seen as
 * one state, which is a gap. A version that no longer answers is one, too.
 */
export async function checkDiscovery(session: Session, server: string): Promise<void> {
  const after = await discoverAgain(session, server);
  if (after === undefined) return;
  const lost = new Set(session.catalog.failed.map(versionKey));
  for (const failed of after.failed.filter((one) => !lost.has(versionKey(one))))
    recordUnanswered(session, { ...failed, reason: `at the end of the run: ${failed.reason}` });
  for (const [name, reason] of changesBetween(session.catalog, after))
    session.ledger.record({ resource: `discovery/${name}`, scope: '', state: 'vanished', reason });
}
