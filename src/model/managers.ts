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
export function isPersonsManager(manager: string): boolean {
  const before = judged.get(manager);
  if (before !== undefined) return before;
  if (judged.size >= MOST_JUDGED) judged.clear();
  const isPersons = NAMES.has(manager) || PREFIXES.some((prefix) => manager.startsWith(prefix));
  judged.set(manager, isPersons);
  return isPersons;
}

/** A cluster knows few managers, and every object asks about them. */
const judged = new Map<string, boolean>();
const MOST_JUDGED = 10_000;

/** The same in doubt: also in any case, with a suffix such as `helm-plugin`, and without any name. */
export function mayBePersonsManager(manager: string): boolean {
  const name = manager.toLowerCase();
  const tools = [...NAMES].map((tool) => tool.toLowerCase());
  const isTool = tools.some((tool) => name === tool || name.startsWith(`${tool}-`));
  return name === '' || isTool || PREFIXES.some((prefix) => name.startsWith(prefix.toLowerCase()));
}
