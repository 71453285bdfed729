import type { NamespaceCondition, NamespaceRecord } from '../model/inventory.ts';
import { compareText } from '../model/resource.ts';
import { sideBySide } from './concurrency.ts';
import { listAt, textAt } from './json.ts';
import { JSON_TYPE } from './media-types.ts';
import { plainText } from './plain-text.ts';
import type { Session } from './session.ts';

function conditionOf(entry: unknown): NamespaceCondition {
  return {
    type: plainText(textAt(entry, 'type') ?? ''),
    status: plainText(textAt(entry, 'status') ?? ''),
    reason: plainText(textAt(entry, 'reason') ?? ''),
    message: plainText(textAt(entry, 'message') ?? ''),
    at: plainText(textAt(entry, 'lastTransitionTime') ?? ''),
  };
}

function conditionsOf(namespace: unknown): readonly NamespaceCondition[] {
  const conditions = listAt(namespace, 'status', 'conditions').map(conditionOf);
  return conditions.toSorted((a, b) => compareText(a.type, b.type) || compareText(a.at, b.at));
}

/** One that is gone meanwhile has none; that it went is told by the second look at all namespaces. */
async function withConditions(session: Session, record: NamespaceRecord): Promise<NamespaceRecord> {
  const { name } = record;
  const reply = await session.transport.get({
    path: `/api/v1/namespaces/${encodeURIComponent(name)}`,
    accept: JSON_TYPE,
    parse: (body) =>
      textAt(body, 'metadata', 'name') === name
        ? { ok: true, value: conditionsOf(body) }
        : { ok: false, reason: 'the answer is not that namespace' },
  });
  if (reply.ok) return { ...record, conditions: reply.value };
  if (reply.failure.kind !== 'not-found') {
    const note = `how far the deletion of ${name} is was not read: ${reply.failure.reason}`;
    session.ledger.record({ resource: 'namespaces', scope: name, state: 'complete', note });
  }
  return record;
}

/** Adds what Kubernetes says of the progress to those namespaces that are being deleted, among the `wanted`. */
export function readConditions(
  session: Session,
  records: readonly NamespaceRecord[],
  wanted: (name: string) => boolean,
): Promise<readonly NamespaceRecord[]> {
  return sideBySide(records, async (record) =>
    record.deletingSince !== undefined && wanted(record.name) ? withConditions(session, record) : record,
  );
}
