import { listAt, textAt } from '../json.ts';
import { coreRef, pointer } from './referring.ts';
import type { Pointer, Referring, ReferringType } from './referring.ts';

const RBAC = 'rbac.authorization.k8s.io';

/** The group of all service accounts of one namespace. */
const ACCOUNTS_OF = 'system:serviceaccounts:';

function accountOf(subject: unknown, usual: string) {
  const name = textAt(subject, 'name') ?? '';
  if (textAt(subject, 'kind') === 'ServiceAccount') {
    return coreRef('ServiceAccount', textAt(subject, 'namespace') ?? usual, name);
  }
  const isAll = textAt(subject, 'kind') === 'Group' && name.startsWith(ACCOUNTS_OF);
  return isAll ? coreRef('ServiceAccount', name.slice(ACCOUNTS_OF.length), '') : undefined;
}

function subjectsOf({ ref, object }: Referring): readonly Pointer[] {
  const role = `${textAt(object, 'roleRef', 'kind') ?? ''}/${textAt(object, 'roleRef', 'name') ?? ''}`;
  return listAt(object, 'subjects').flatMap((subject) => {
    const account = accountOf(subject, ref.namespace);
    return account === undefined ? [] : [pointer('subject', account, { role })];
  });
}

/** Who is granted what. A name of '' is every service account of the namespace. Source: Kubernetes API reference. */
export const BINDING_TYPES: readonly ReferringType[] = [
  { type: `clusterrolebindings.${RBAC}`, take: subjectsOf },
  { type: `rolebindings.${RBAC}`, take: subjectsOf },
];
