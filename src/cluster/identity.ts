import type { ClusterIdentity } from '../model/inventory.ts';
import { at, listAt, textAt } from './json.ts';
import { JSON_TYPE, METADATA_ONLY, ONE_METADATA } from './media-types.ts';
import type { Session } from './session.ts';
import type { Parsed, Reply } from './transport.ts';

function note(session: Session, text: string): void {
  session.ledger.record({ resource: 'discovery', scope: '', state: 'complete', note: text });
}

async function versionOf(session: Session): Promise<string> {
  const reply = await session.transport.get({
    path: '/version',
    accept: JSON_TYPE,
    parse: (body) => {
      const version = textAt(body, 'gitVersion');
      return version === undefined ? { ok: false, reason: 'the answer has no version' } : { ok: true, value: version };
    },
  });
  if (reply.ok) return reply.value.replace(/^v/, '');
  note(session, `the version was not read: ${reply.failure.reason}`);
  return '';
}

const SYSTEM = 'kube-system';

/** Who may list the namespaces need not be allowed to get one. */
async function uidInList(session: Session): Promise<Reply<string>> {
  return session.transport.get({
    path: `/api/v1/namespaces?fieldSelector=${encodeURIComponent(`metadata.name=${SYSTEM}`)}`,
    accept: METADATA_ONLY,
    parse: (body) => {
      const items = [...listAt(body, 'items'), ...listAt(body, 'rows').map((row) => at(row, 'object'))];
      const found = items.find((item) => textAt(item, 'metadata', 'name') === SYSTEM);
      return parsedUid(textAt(found, 'metadata', 'uid'));
    },
  });
}

async function uidOf(session: Session): Promise<string> {
  const named = await uidByName(session);
  const reply = named.ok || named.failure.kind !== 'forbidden' ? named : await uidInList(session);
  if (reply.ok && reply !== named) note(session, 'the uid of the cluster was taken from the list of namespaces');
  if (reply.ok) return reply.value;
  note(session, `the uid of the cluster was not read: ${reply.failure.reason}`);
  return '';
}

function uidByName(session: Session): Promise<Reply<string>> {
  return session.transport.get({
    path: `/api/v1/namespaces/${SYSTEM}`,
    accept: ONE_METADATA,
    parse: (body) => parsedUid(textAt(body, 'metadata', 'uid')),
  });
}

function parsedUid(uid: string | undefined): Parsed<string> {
  return uid === undefined ? { ok: false, reason: 'the answer has no uid' } : { ok: true, value: uid };
}

/** Who the cluster is, before anything of Palette was read: version without `v`, UID of kube-system; '' if unknown. */
export async function readIdentity(
  session: Session,
  of: { readonly context: string; readonly server: string },
): Promise<ClusterIdentity> {
  const [version, uid] = await Promise.all([versionOf(session), uidOf(session)]);
  return { ...of, version, uid, paletteUid: undefined, paletteName: undefined };
}
