import type { NamespaceEntry } from '../../model/definition.ts';
import type { Pack } from '../../model/pack.ts';
import { typeName } from '../../model/resource.ts';
import { severed, type Aftermath } from '../aftermath.ts';
import { factsOf, referencesOf, type Check, type Hit } from '../check.ts';

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';
const POD_SECURITY = 'pod-security.kubernetes.io/';

/**
 * Bindings of admission policies whose parameter goes. A binding does not say of which kind that is: any object of the
 * name that goes may be it, and a namespace that goes takes it along whatever it is called.
 */
function parametersGone({ world, set, goes, namespaces }: Aftermath): readonly Hit[] {
  const members = [...set.values()].map(({ object }) => object);
  return world
    .references('policy-parameter')
    .filter(({ from }) => !goes(from))
    .filter(
      ({ to }) =>
        namespaces.has(to.namespace) ||
        members.some(({ namespace, name }) => namespace === to.namespace && name === to.name),
    );
}

/** A Secret for all namespaces lies in a namespace that the issuer does not name: any of that name may be it. */
function issuerSecretsGone({ world, set, goes }: Aftermath): readonly Hit[] {
  const secrets = [...set.values()].map(({ object }) => object).filter(({ type }) => typeName(type) === 'secrets');
  return world
    .references('issuer-secret')
    .filter(({ from }) => !goes(from))
    .flatMap(({ from, to, facts }) => {
      const found = secrets.filter(({ name }) => name === to.name);
      return found.map(({ namespace }) => ({ from, to: { ...to, namespace }, facts }));
    });
}

/** Namespaces that stay and have Pod Security labels that no pack declares any more. */
function podSecurityOnlyOf({ world, remaining, namespaces }: Aftermath): readonly Hit[] {
  const { packs, inventory } = world.subject;
  const staying = new Set(remaining.flatMap((pack) => podSecurityOf(pack).map(({ id }) => id)));
  return packs.flatMap((pack) =>
    podSecurityOf(pack)
      .filter(({ namespace, id }) => !namespaces.has(namespace) && !staying.has(id))
      .filter(({ namespace, key }) =>
        inventory.namespaces.some(({ name, labels }) => name === namespace && labels.has(key)),
      )
      .map(({ namespace, key, value }) => ({
        from: { group: '', kind: 'Namespace', namespace: '', name: namespace },
        to: { group: '', kind: 'Pack', namespace: '', name: pack.name },
        facts: factsOf({ label: key, value }),
      })),
  );
}

interface PodSecurityLabel extends Pick<NamespaceEntry, 'key' | 'value'> {
  readonly namespace: string;
  /** Namespace and key as one. */
  readonly id: string;
}

function podSecurityOf(pack: Pack): readonly PodSecurityLabel[] {
  const found = pack.definitions
    .flatMap(({ namespaceLabels }) => namespaceLabels)
    .flatMap(({ namespace, entries }) =>
      entries.map(({ key, value, resolved }) => ({
        namespace: namespace.text,
        key,
        value: resolved ? value : '',
        id: `${namespace.text} ${key}`,
      })),
    )
    .filter(({ key }) => key.startsWith(POD_SECURITY));
  return [...new Map(found.map((label) => [label.id, label])).values()];
}

/** What others may do, and with which secrets. */
export const PERMISSION_CHECKS: readonly Check[] = [
  {
    id: 'role-binding',
    severity: 'warning',
    source:
      'Kubernetes docs, Using RBAC Authorization: a subject is a name, so a ServiceAccount made anew under it has the grant again',
    needs: referencesOf(`clusterrolebindings.${RBAC}`, `rolebindings.${RBAC}`),
    find: (after) => severed(after, 'subject'),
  },
  {
    id: 'policy-parameter',
    severity: 'warning',
    source:
      'Kubernetes docs, Validating Admission Policy, "Parameter resources": parameterNotFoundAction Deny refuses the requests',
    needs: referencesOf(
      `validatingadmissionpolicybindings.${ADMISSION}`,
      `mutatingadmissionpolicybindings.${ADMISSION}`,
    ),
    find: parametersGone,
  },
  {
    id: 'issuer-secret',
    severity: 'warning',
    source: 'cert-manager docs, "Cluster resource namespace": Secrets of a ClusterIssuer are looked for there',
    needs: referencesOf('clusterissuers.cert-manager.io'),
    find: issuerSecretsGone,
  },
  {
    id: 'store-secret',
    severity: 'warning',
    source: 'External Secrets Operator docs, ClusterSecretStore: its credentials lie in a namespace that it names',
    needs: referencesOf('clustersecretstores.external-secrets.io'),
    find: (after) => severed(after, 'store-secret'),
  },
  {
    id: 'pod-security',
    severity: 'warning',
    source: 'Kubernetes docs, Pod Security Admission; Palette docs, "namespaceLabels"',
    needs: () => ['namespaces'],
    find: podSecurityOnlyOf,
  },
];
