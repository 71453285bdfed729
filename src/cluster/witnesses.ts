import type { Inventory } from '../model/inventory.ts';
import { compareText } from '../model/resource.ts';
import { sideBySide } from './concurrency.ts';
import { servedType } from './discovery.ts';
import type { FailedVersion } from './discovery.ts';
import type { RequestFailure } from './failure.ts';
import { listFull } from './full-list.ts';
import { listAt, textAt } from './json.ts';
import { EVIDENCE_KEYS } from './kept-keys.ts';
import { listObjects } from './list-objects.ts';
import { JSON_TYPE } from './media-types.ts';
import { plainText } from './plain-text.ts';
import type { Session } from './session.ts';
import { storesNothing } from './stores-nothing.ts';

const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';

type CustomType = Inventory['customTypes'][number];

const HOLDS_DELETIONS = 'it stores nothing, but while it does not answer the deletion of any namespace hangs';

function recordUnanswered(session: Session, failed: FailedVersion): void {
  const { group, version, reason } = failed;
  const resource = group === '' ? '*' : `*.${group}`;
  if (storesNothing(group)) {
    session.ledger.record({ resource, version, scope: '', state: 'complete', note: `${HOLDS_DELETIONS} (${reason})` });
  } else session.ledger.record({ resource, version, scope: '', state: 'unknown-discovery', reason });
}

function note(session: Session, text: string): void {
  session.ledger.record({ resource: 'discovery', scope: '', state: 'complete', note: text });
}

function conditionOf(object: unknown, type: string): { readonly status: string; readonly text: string } {
  const condition = listAt(object, 'status', 'conditions').find((entry) => textAt(entry, 'type') === type);
  const text = textAt(condition, 'message') ?? textAt(condition, 'reason') ?? '';
  return { status: textAt(condition, 'status') ?? '', text: plainText(text) };
}

interface ApiService {
  readonly group: string;
  readonly version: string;
  readonly available: boolean;
  readonly reason: string;
}

function apiServiceOf(object: unknown): readonly ApiService[] {
  const version = textAt(object, 'spec', 'version');
  if (version === undefined) return [];
  const { status, text } = conditionOf(object, 'Available');
  return [{ group: textAt(object, 'spec', 'group') ?? '', version, available: status === 'True', reason: text }];
}

/** Every APIService must have answered discovery, and be available. */
async function checkApiServices(session: Session): Promise<void> {
  const served = servedType(session.catalog, 'apiservices.apiregistration.k8s.io');
  if (served === undefined) return;
  const { end, entries } = await listFull(session, { served, namespace: '' }, apiServiceOf);
  if (end.end === 'failed') note(session, `not checked against APIServices: ${end.failure.reason}`);
  const failed = new Set(session.catalog.failed.map(({ group, version }) => `${group}/${version}`));
  for (const { group, version, available, reason } of entries) {
    const key = `${group}/${version}`;
    if (failed.has(key)) continue;
    if (!available) recordUnanswered(session, { group, version, reason: reason || 'its APIService is not available' });
    else if (!session.catalog.answered.has(key)) {
      const missing = 'its APIService is available, but discovery does not name it';
      recordUnanswered(session, { group, version, reason: missing });
    }
  }
}

function customTypeOf(session: Session, crd: string): CustomType | undefined {
  const found = servedType(session.catalog, crd);
  return found === undefined ? undefined : { group: found.type.group, kind: found.type.kind, crd };
}

function neededFor({ kind }: RequestFailure): string {
  return kind === 'forbidden' ? `get ${DEFINITIONS}` : '';
}

/** A definition without a served type: proof that discovery is incomplete if it is established. */
async function checkMissing(session: Session, crd: string): Promise<readonly CustomType[]> {
  const reply = await session.transport.get({
    path: `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${encodeURIComponent(crd)}`,
    accept: JSON_TYPE,
    parse: (body) =>
      textAt(body, 'metadata', 'name') === crd
        ? { ok: true, value: body }
        : { ok: false, reason: 'the answer is not that definition' },
  });
  if (!reply.ok && reply.failure.kind === 'not-found') return [];
  const gap = { resource: crd, scope: '', state: 'unknown-discovery' } as const;
  if (!reply.ok) {
    const reason = `discovery does not name it, its definition: ${reply.failure.reason}`;
    session.ledger.record({ ...gap, needs: neededFor(reply.failure), reason });
    return [];
  }
  const definition = reply.value;
  if (conditionOf(definition, 'Established').status !== 'True') return [];
  if (textAt(definition, 'metadata', 'deletionTimestamp') !== undefined) return [];
  session.ledger.record({ ...gap, reason: 'its definition is established, but discovery does not name it' });
  const kind = textAt(definition, 'spec', 'names', 'kind') ?? '';
  return [{ group: textAt(definition, 'spec', 'group') ?? '', kind, crd }];
}

async function readCustomTypes(session: Session): Promise<readonly CustomType[]> {
  const served = servedType(session.catalog, DEFINITIONS);
  if (served === undefined) return [];
  const listed = await listObjects(session, { served, namespace: '', keys: EVIDENCE_KEYS });
  if (listed.end === 'failed') note(session, `not checked against custom definitions: ${listed.failure.reason}`);
  const types = await sideBySide(listed.objects, async ({ name }) => {
    const known = customTypeOf(session, name);
    return known === undefined ? checkMissing(session, name) : [known];
  });
  return types.flat().toSorted((a, b) => compareText(a.crd, b.crd));
}

/**
 * Holds discovery against those who must know: every established CRD and every APIService. What discovery lacks
 * becomes a gap, except for APIs that store nothing. Resolves with the custom types.
 */
export async function readWitnesses(session: Session): Promise<readonly CustomType[]> {
  session.ledger.record({ resource: 'discovery', scope: '', state: 'complete' });
  for (const failed of session.catalog.failed) recordUnanswered(session, failed);
  const [types] = await Promise.all([readCustomTypes(session), checkApiServices(session)]);
  return types;
}
