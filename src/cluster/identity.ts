import type { ClusterIdentity } from '../model/inventory.ts';
import { textAt } from './json.ts';
import { JSON_TYPE, ONE_METADATA } from './media-types.ts';
import type { Session } from './session.ts';

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

async function uidOf(session: Session): Promise<string> {
  const reply = await session.transport.get({
    path: '/api/v1/namespaces/kube-system',
    accept: ONE_METADATA,
    parse: (body) => {
      const uid = textAt(body, 'metadata', 'uid');
      return uid === undefined ? { ok: false, reason: 'the answer has no uid' } : { ok: true, value: uid };
    },
  });
  if (reply.ok) return reply.value;
  note(session, `the uid of the cluster was not read: ${reply.failure.reason}`);
  return '';
}

/** Who the cluster is, before anything of Palette was read: version without `v`, UID of kube-system; '' if unknown. */
export async function readIdentity(
  session: Session,
  of: { readonly context: string; readonly server: string },
): Promise<ClusterIdentity> {
  const [version, uid] = await Promise.all([versionOf(session), uidOf(session)]);
  return { ...of, version, uid, paletteUid: undefined, paletteName: undefined };
}
