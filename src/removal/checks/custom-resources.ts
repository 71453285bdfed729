import { refOf, type ClusterObject } from '../../model/inventory.ts';
import { compareRefs, typeName } from '../../model/resource.ts';
import type { Aftermath } from '../aftermath.ts';
import { factsOf, referencesOf, WORKLOAD_TYPES, type Check, type Hit } from '../check.ts';
import { controllersOf, type Controllers } from '../controllers.ts';
import { groupOfDefinition } from '../world.ts';
import { namespacesText, ownersText } from '../counting.ts';
import { finalizersOfOthers, finalizerController } from '../finalizers.ts';
import { grouped } from '../../model/grouped.ts';
import { ownedBy } from '../owner-class.ts';

const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';

function definitionsOf({ world }: Aftermath): readonly ClusterObject[] {
  return world.byType.get(DEFINITIONS) ?? [];
}

/** Objects in output order, or undefined when there are none. */
function inOrder(objects: readonly ClusterObject[]): readonly [ClusterObject, ...ClusterObject[]] | undefined {
  const [first, ...rest] = objects.toSorted((a, b) => compareRefs(refOf(a), refOf(b)));
  return first === undefined ? undefined : [first, ...rest];
}

function about(objects: readonly [ClusterObject, ...ClusterObject[]], after: Aftermath): Pick<Hit, 'from' | 'facts'> {
  const refs = objects.map(refOf);
  return {
    from: refOf(objects[0]),
    facts: factsOf({
      count: String(objects.length),
      kind: objects[0].type.kind,
      namespaces: namespacesText(refs),
      owners: ownersText(objects, after),
    }),
  };
}

/** Whether somebody loses something with this custom resource: all but the removed packs' own and Kubernetes'. */
function isSomebodys(object: ClusterObject, { world, removed }: Aftermath): boolean {
  const { ownerClass } = ownedBy(world.attributionOf(object), removed);
  return ownerClass !== 'removed-pack' && ownerClass !== 'kubernetes';
}

/** Resources outside the destroyed namespaces that go with their definition. */
function resourcesGoing(after: Aftermath): readonly Hit[] {
  return definitionsOf(after)
    .filter((definition) => after.goes(refOf(definition)))
    .flatMap((definition) => {
      const resources = (after.world.byType.get(definition.name) ?? []).filter(
        (object) => !after.namespaces.has(object.namespace) && isSomebodys(object, after),
      );
      const found = inOrder(resources);
      return found === undefined ? [] : [{ ...about(found, after), to: refOf(definition) }];
    });
}

/** Resources that stay while everything that acts on their group goes. */
function resourcesWithoutOperator(after: Aftermath): readonly Hit[] {
  const controllers = controllersOf(after.world);
  return definitionsOf(after)
    .filter((definition) => !after.goes(refOf(definition)))
    .flatMap((definition) => {
      const resources = (after.world.byType.get(definition.name) ?? []).filter((object) => !after.goes(refOf(object)));
      const operators = operatorsOf(definition, resources, controllers);
      const found = inOrder(resources);
      const gone = operators.every((operator) => after.goes(refOf(operator))) ? inOrder(operators) : undefined;
      return found === undefined || gone === undefined ? [] : [{ ...about(found, after), to: refOf(gone[0]) }];
    });
}

/** Operators of a definition: those known of its group, else those that write the status of its resources. */
function operatorsOf(
  definition: ClusterObject,
  resources: readonly ClusterObject[],
  controllers: Controllers,
): readonly ClusterObject[] {
  const known = controllers.ofGroup(groupOfDefinition(definition));
  if (known.length > 0) return known;
  const managers = new Set(
    resources.flatMap(({ writers }) =>
      writers.filter(({ subresource }) => subresource === 'status').map(({ manager }) => manager),
    ),
  );
  return [...new Set([...managers].flatMap((manager) => controllers.byManager(manager)))];
}

/** Objects that stay and cannot be deleted any more, since who takes their finalizer off is gone. */
function finalizersLeft(after: Aftermath): readonly Hit[] {
  const controllers = controllersOf(after.world);
  const held = after.world.subject.inventory.objects
    .filter(({ finalizers }) => finalizers.length > 0)
    .flatMap((object) => finalizersOfOthers(object).map((finalizer) => ({ object, finalizer })))
    .filter(({ object }) => !after.goes(refOf(object)));
  const groups = grouped(held, ({ object, finalizer }) => {
    const controller = finalizerController(finalizer, object, controllers);
    const [first] = controller.certain;
    if (first === undefined || !controller.certain.every((one) => after.goes(refOf(one)))) return undefined;
    return JSON.stringify([finalizer, typeName(object.type)]);
  });
  return [...groups.values()].flatMap((group) => {
    const found = inOrder(group.map(({ object }) => object));
    const finalizer = group[0]?.finalizer ?? '';
    const [controller] =
      found === undefined ? [] : (inOrder(finalizerController(finalizer, found[0], controllers).certain) ?? []);
    if (found === undefined || controller === undefined) return [];
    const { from, facts } = about(found, after);
    return [{ from, to: refOf(controller), facts: new Map([...facts, ['finalizer', finalizer]]) }];
  });
}

/** Custom resources elsewhere: those that go with their definition, and those that nobody looks after any more. */
export const CUSTOM_RESOURCE_CHECKS: readonly Check[] = [
  {
    id: 'custom-resources',
    severity: 'critical',
    source:
      'Kubernetes docs, Extend the Kubernetes API with CustomResourceDefinitions, "Delete a CustomResourceDefinition": all its objects are deleted, in every namespace',
    needs: (after) => [
      DEFINITIONS,
      ...definitionsOf(after).flatMap((definition) => (after.goes(refOf(definition)) ? [definition.name] : [])),
    ],
    find: resourcesGoing,
  },
  {
    id: 'operator-resources',
    severity: 'warning',
    source:
      'Kubernetes docs, Operator pattern: a custom resource only stores what is wanted, a controller has to act on it',
    needs: (after) => [
      DEFINITIONS,
      ...WORKLOAD_TYPES,
      ...referencesOf(DEFINITIONS)(),
      ...definitionsOf(after).map(({ name }) => name),
    ],
    find: resourcesWithoutOperator,
  },
  {
    id: 'finalizers-elsewhere',
    severity: 'warning',
    source:
      'Kubernetes docs, Finalizers: an object is only gone when the controller of each finalizer has taken it off',
    needs: () => [DEFINITIONS, ...WORKLOAD_TYPES, ...referencesOf(DEFINITIONS)()],
    find: finalizersLeft,
  },
];
