import type { CheckId } from '../../model/check.ts';

/** What the documentation says of one check of a removal. */
export interface CheckReference {
  readonly meaning: string;
  readonly why: string;
  readonly remedy: string;
}

const MOVE = 'Move what is needed out of the removal before it, or stop using it.';
const UNREGISTER = 'Delete the registration, or let it point to a Service that stays, before the removal.';

/** The documentation of every check; one without it does not compile. */
export const CHECK_REFERENCE: { readonly [Id in CheckId]: CheckReference } = {
  webhook: {
    meaning: 'An admission webhook that stays is served from what goes.',
    why: 'With failurePolicy Fail the API server refuses every write that the webhook would look at, in all namespaces; with Ignore, a warning, it waits for it and then lets everything through.',
    remedy: UNREGISTER,
  },
  'api-service': {
    meaning: 'An APIService that stays is served from what goes.',
    why: 'Its API is gone for everybody, and while it is registered Kubernetes finishes the deletion of no namespace.',
    remedy: UNREGISTER,
  },
  'conversion-webhook': {
    meaning: 'A custom definition that stays has its resources converted by a Service that goes.',
    why: 'Reading and writing its resources fails in all namespaces, for the namespace controller as well.',
    remedy: UNREGISTER,
  },
  'custom-resources': {
    meaning: 'A custom definition goes while somebody else has resources of it in namespaces that stay.',
    why: 'Kubernetes deletes all resources of a definition with it, wherever they are.',
    remedy:
      'Take the definition out of the pack, or mark it with helm.sh/resource-policy: keep and let the pack deploy that first.',
  },
  'stranded-volumes': {
    meaning:
      'Claims that stay are bound to volumes whose CSI driver, storage engine or file server in the cluster goes. A warning where the engine goes of volumes that were kept without a claim.',
    why: "No pod can mount or leave such a volume any more; with the engine's own records the data is lost.",
    remedy: 'Move the data to another storage class before the removal.',
  },
  'volumes-of-others': {
    meaning:
      'A claim goes that is not of the removed packs. A warning where the reclaim policy keeps the data, and where nobody is known whose it is.',
    why: 'With the reclaim policy Delete the data is destroyed with the claim.',
    remedy: 'Save or move the data before the removal; the reclaim policy Retain keeps the volume.',
  },
  'volume-elsewhere': {
    meaning:
      'A volume goes with a release or a manifest while a claim that stays is bound to it, or to a second volume of the same data. A warning with the reclaim policy Retain.',
    why: 'The volume is gone as soon as the claim is, and its data with it.',
    remedy: 'Take the volume out of the pack before the removal.',
  },
  'snapshot-content': {
    meaning: 'A snapshot goes and its content stays.',
    why: 'The data is kept, but nothing in the cluster names it any more.',
    remedy: 'Note the handle of the content, or delete the content where the data is not needed.',
  },
  'policy-parameter': {
    meaning: 'An admission policy that stays takes its parameters from what goes.',
    why: 'The policy no longer applies, or refuses every request, as its parameterNotFoundAction says.',
    remedy: MOVE,
  },
  class: {
    meaning:
      'A class goes that others name: StorageClass, IngressClass, GatewayClass, RuntimeClass, PriorityClass, VolumeSnapshotClass.',
    why: 'What runs goes on; what is made or started anew with the class is refused or waits.',
    remedy: 'Let its users name another class, or keep the class.',
  },
  'class-controller': {
    meaning:
      'The controller of an IngressClass or GatewayClass goes that others name. It is taken for the controller by its name, or since it wrote the class.',
    why: 'Ingresses and Gateways of the class are served no longer.',
    remedy: 'Let them name a class whose controller stays.',
  },
  provisioner: {
    meaning: 'A StorageClass stays while its CSI driver goes.',
    why: 'New claims of the class wait for ever.',
    remedy: 'Delete the class, or let its users name another one.',
  },
  'operator-resources': {
    meaning:
      'Custom resources stay while the operator goes that acts on them. The operator is told by the release that brought the definition, by who wrote that, by its conversion webhook, or by who writes the status of the resources.',
    why: 'Nothing does any more what they ask for.',
    remedy: 'Delete the resources before the operator, or keep the operator.',
  },
  'finalizers-elsewhere': {
    meaning: 'Objects that stay have a finalizer that only a controller takes off that goes.',
    why: 'They can no longer be deleted, and neither can their namespaces.',
    remedy: 'Delete the objects while the controller runs, or take the finalizers off.',
  },
  'issuer-secret': {
    meaning: 'A ClusterIssuer may use a Secret that goes; it does not say in which namespace.',
    why: 'Without its key or credentials it issues and renews no certificate.',
    remedy: MOVE,
  },
  'store-secret': {
    meaning: 'A ClusterSecretStore uses a Secret or ServiceAccount that goes.',
    why: 'ExternalSecrets of all namespaces that use the store are refreshed no longer.',
    remedy: MOVE,
  },
  'reference-grant': {
    meaning: 'A ReferenceGrant goes that lets a namespace that stays refer to what goes.',
    why: 'Routes and Gateways there lose their backends or certificates.',
    remedy: 'Let the routes name backends that stay.',
  },
  route: {
    meaning: 'A Gateway API route that stays names a parent or backend that goes.',
    why: 'Its requests are no longer answered.',
    remedy: 'Let it name what stays.',
  },
  'mesh-host': {
    meaning: 'A VirtualService or DestinationRule that stays names a Service that goes.',
    why: 'The mesh sends traffic to nobody.',
    remedy: 'Let it name a Service that stays.',
  },
  'external-name': {
    meaning: 'A Service that stays is an alias of a Service that goes.',
    why: 'Its name no longer resolves.',
    remedy: 'Let it name a Service that stays.',
  },
  mention: {
    meaning:
      'A workload that stays has <service>.<namespace> of a Service that goes in its environment, arguments or command. A match of text: names that are put together at run time or come from a ConfigMap are not seen.',
    why: 'The workload may lose what it calls.',
    remedy: 'Let it call a Service that stays.',
  },
  'network-peer': {
    meaning: 'A NetworkPolicy that stays selects a namespace that goes by its labels.',
    why: 'Nothing breaks now; a namespace that has these labels later is let in.',
    remedy: 'Take the rule out where it is not needed any more.',
  },
  monitor: {
    meaning: 'A ServiceMonitor or PodMonitor that stays names a namespace that goes.',
    why: 'Its metrics end, and alerts about missing targets may start.',
    remedy: 'Take the namespace out of the monitor.',
  },
  destination: {
    meaning: 'An Argo CD application that stays deploys to a namespace that goes.',
    why: 'It is out of sync; with self-healing it makes the namespace and its contents anew.',
    remedy: 'Remove the application first, or change its destination.',
  },
  'flux-source': {
    meaning: 'A Flux Kustomization or HelmRelease that stays takes its contents from a source that goes.',
    why: 'It applies nothing new any more.',
    remedy: 'Let it name a source that stays.',
  },
  'operator-target': {
    meaning: 'An OperatorGroup that stays names a namespace that goes as its target.',
    why: 'Its operators no longer have what they watch.',
    remedy: 'Take the namespace out of the group.',
  },
  'role-binding': {
    meaning: 'A ClusterRoleBinding or RoleBinding that stays grants something to a ServiceAccount that goes.',
    why: 'Nothing breaks, but who makes a ServiceAccount of that name in that namespace has the grant.',
    remedy: 'Delete the binding after the removal.',
  },
  'pod-security': {
    meaning: 'A namespace that stays has Pod Security labels that only a removed pack declares, by namespaceLabels.',
    why: 'Whether Palette takes them off is not documented; without them pods may be refused, or let in.',
    remedy: 'Let a pack that stays declare the labels.',
  },
  'deletion-apis': {
    meaning: 'An APIService does not answer now, or is served from what goes and stays itself.',
    why: 'While discovery fails for one API, Kubernetes finishes the deletion of no namespace.',
    remedy: UNREGISTER,
  },
  'deletion-webhooks': {
    meaning:
      'A webhook that stays, is served from what goes, and has failurePolicy Fail is called for updates or deletions.',
    why: 'It can refuse the deletion of what is left, and the removal of finalizers.',
    remedy: UNREGISTER,
  },
  'deletion-finalizers': {
    meaning:
      'Objects that go have a finalizer whose controller goes as well, does not run, or is not known; or a volume is in use by what stays.',
    why: 'An object is gone when its last finalizer is off; its namespace waits for it.',
    remedy: 'Delete these objects first, while their controllers run.',
  },
};
