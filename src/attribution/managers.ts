import { ownWriters, type ClusterObject } from '../model/inventory.ts';

/**
 * Field managers by which people and their tools write: what they made is somebody's on purpose.
 * Names are the defaults of these clients; a prefix covers `kubectl-edit`, `kubectl-client-side-apply` and the like.
 * Helm's manager is the binary's name (helm, pkg/kube `ManagedFieldsManager`).
 */
const NAMES: ReadonlySet<string> = new Set([
  'helm',
  'Helm',
  'helm3',
  'helm4',
  'k9s',
  'lens',
  'freelens',
  'OpenLens',
  'octant',
  'headlamp',
  'dashboard',
  'rancher',
  'argocd',
  'argocd-controller',
  'argocd-application-controller',
  'kustomize-controller',
  'helm-controller',
  'flux',
  'pulumi-kubernetes',
  'ansible',
  'kapp',
  'skaffold',
  'tilt',
  'okteto',
  'devspace',
  'oc',
  'curl',
  'node-fetch',
  'Mozilla',
  'python-requests',
  'OpenAPI-Generator',
  'Swagger-Codegen',
  'before-first-apply',
]);

const PREFIXES = ['kubectl', 'terraform', 'Terraform', 'HashiCorp', 'pulumi', 'ansible', 'node-kubernetes', 'oc-'];

/** Whether a person, or a tool that people run, writes under this field manager. */
function isPersonsManager(manager: string): boolean {
  return NAMES.has(manager) || PREFIXES.some((prefix) => manager.startsWith(prefix));
}

/** The newest manager among the object's writers that a person or a person's tool uses, if there is one. */
export function personsManager(object: ClusterObject): string | undefined {
  return ownWriters(object).findLast((writer) => isPersonsManager(writer.manager))?.manager;
}
