import { labelOf } from '../../model/evidence-keys.ts';
import { grouped, leastOf } from '../../model/grouped.ts';
import { ownWriters, refOf, type ClusterObject } from '../../model/inventory.ts';
import type { Reference } from '../../model/reference.ts';
import { compareRefs, refKey } from '../../model/resource.ts';
import { severed, type Aftermath } from '../aftermath.ts';
import { factsOf, POD_HOLDING_TYPES, referencesOf, WORKLOAD_TYPES, type Check, type Hit } from '../check.ts';
import { kindsText, namespacesText } from '../counting.ts';
import { isNamedAlike } from '../manager-names.ts';

const USERS = [
  'persistentvolumeclaims',
  'ingresses.networking.k8s.io',
  'gateways.gateway.networking.k8s.io',
  'volumesnapshots.snapshot.storage.k8s.io',
  'volumesnapshotcontents.snapshot.storage.k8s.io',
];
const CONTROLLED = ['ingressclasses.networking.k8s.io', 'gatewayclasses.gateway.networking.k8s.io'];

/** Who uses a class, in one hit for the class. */
function usersOf(users: readonly Reference[]): readonly Hit[] {
  return [...grouped(users, ({ to }) => refKey(to)).values()].map((group) => {
    const { from, to } = leastOf(group, (a, b) => compareRefs(a.from, b.from));
    const refs = group.map((user) => user.from);
    const facts = factsOf({
      count: String(refs.length),
      users: kindsText(refs),
      namespaces: namespacesText(refs),
    });
    return { from, to, facts };
  });
}

/** Classes whose controller goes, with those who use them and stay. The class itself may go or stay. */
function controllersGone(after: Aftermath): readonly Hit[] {
  const { world, goes } = after;
  const classes = world.references('class-controller');
  const workloads = WORKLOAD_TYPES.flatMap((type) => world.byType.get(type) ?? []);
  return classes.flatMap(({ from: used, facts }) => {
    const controller = facts.get('controller') ?? '';
    const object = world.find(used);
    const running = workloads.filter((workload) => isController(workload, controller, object));
    const [gone] = running;
    if (gone === undefined || !running.every((workload) => goes(refOf(workload)))) return [];
    const users = world.references('class').filter(({ from, to }) => compareRefs(to, used) === 0 && !goes(from));
    return usersOf(users).map(({ from, to, facts: told }) => {
      return { from, to, facts: new Map([...told, ['controller', controller], ['workload', gone.name]]) };
    });
  });
}

/** A controller's name is `<domain>/<name>`; it is taken for a workload by the name, or since the workload wrote the class. */
function isController(workload: ClusterObject, controller: string, used: ClusterObject | undefined): boolean {
  const words = [/[^./]+/, /[^/]+$/].flatMap((part) => part.exec(controller) ?? []);
  const product = words.filter((word) => !GENERIC.has(word));
  const named = [workload.name, labelOf(workload, 'app.kubernetes.io/name') ?? ''];
  const wrote = used === undefined ? [] : ownWriters(used).map(({ manager }) => manager);
  return (
    product.some((word) =>
      named.some((name) => name === word || name.startsWith(`${word}-`) || name.endsWith(`-${word}`)),
    ) || wrote.some((manager) => isNamedAlike(manager, workload.name))
  );
}

/** Parts of controllers' names that tell no product. */
const GENERIC: ReadonlySet<string> = new Set([
  'controller',
  'ingress-controller',
  'gateway-controller',
  'gatewayclass-controller',
  'ingress',
  'gateway',
  'k8s',
  'networking',
]);

/** Classes that others use. */
export const CLASS_CHECKS: readonly Check[] = [
  {
    id: 'class',
    severity: 'warning',
    source:
      'Kubernetes docs, Storage Classes, Ingress, Runtime Class, Pod Priority; Gateway API, GatewayClass: what names a class that is not there is refused or waits',
    needs: referencesOf(...USERS, ...POD_HOLDING_TYPES),
    find: (after) => usersOf(severed(after, 'class')),
  },
  {
    id: 'class-controller',
    severity: 'warning',
    source:
      'Kubernetes docs, Ingress, "Ingress class"; Gateway API, GatewayClass: the controller that a class names serves it',
    needs: () => [...referencesOf(...CONTROLLED, ...USERS)(), ...WORKLOAD_TYPES],
    find: controllersGone,
  },
];
