import { refOf, type ClusterObject } from '../../model/inventory.ts';
import { compareRefs, typeName } from '../../model/resource.ts';
import type { Aftermath } from '../aftermath.ts';
import { factsOf, referencesOf, WORKLOAD_TYPES, type Check, type Hit } from '../check.ts';
import { controllersOf, type Controllers } from '../controllers.ts';
import { groupOfDefinition } from '../world.ts';
import { namespacesText, ownersText } from '../counting.ts';
import { finalizersOfOthers, finalizerController } from '../finalizers.ts';
import { grouped, leastOf } from '../../model/grouped.ts';

const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';

function definitionsOf({ world }: Aftermath): readonly ClusterObject[] {
  return world.byType.get(DEFINITIONS) ?? [];
}

/** An object elsewhere with what it loses: its definition, or who acts on it. */
interface Loss {
  readonly object: ClusterObject;
  readonly lost: ClusterObject;
  readonly finalizer?: string;
}

/** One hit for the objects of a type that lose the same. */
function hitsOf(losses: readonly Loss[], after: Aftermath): readonly Hit[] {
  const groups = grouped(losses, ({ object, finalizer }) => JSON.stringify([finalizer, typeName(object.type)]));
  return [...groups.values()].map((group) => {
    const first = leastOf(group, (a, b) => compareRefs(refOf(a.object), refOf(b.object)));
    const objects = group.map(({ object }) => object);
    const facts = factsOf({
      count: String(objects.length),
      kind: first.object.type.kind,
      namespaces: namespacesText(objects.map(refOf)),
      owners: ownersText(objects, after),
      finalizer: first.finalizer,
    });
    return { from: refOf(first.object), to: refOf(first.lost), facts };
  });
}

/** Whether somebody loses something with this custom resource: all but the removed packs' own. */
function isSomebodys(object: ClusterObject, { ownerOf }: Aftermath): boolean {
  return ownerOf(object).ownerClass !== 'removed-pack';
}

function resourcesOf({ name }: ClusterObject, { world }: Aftermath): readonly ClusterObject[] {
  return world.byType.get(name) ?? [];
}

/** Resources outside the destroyed namespaces that go with their definition. */
function resourcesGoing(after: Aftermath): readonly Hit[] {
  const losses = definitionsOf(after)
    .filter((definition) => after.goes(refOf(definition)))
    .flatMap((lost) => resourcesOf(lost, after).map((object) => ({ object, lost })))
    .filter(({ object }) => !after.namespaces.has(object.namespace) && isSomebodys(object, after));
  return hitsOf(losses, after);
}

/** The first of these workloads if all of them go; undefined also where there is none. */
function goneOf(workloads: readonly ClusterObject[], { goes }: Aftermath): ClusterObject | undefined {
  const [first] = workloads.toSorted((a, b) => compareRefs(refOf(a), refOf(b)));
  return workloads.every((one) => goes(refOf(one))) ? first : undefined;
}

/** Resources that stay while everything that acts on their group goes. */
function resourcesWithoutOperator(after: Aftermath): readonly Hit[] {
  const controllers = controllersOf(after.world);
  const losses = definitionsOf(after).flatMap((definition) => {
    const resources = resourcesOf(definition, after).filter((object) => !after.goes(refOf(object)));
    const lost = goneOf(operatorsOf(definition, resources, controllers), after);
    return lost === undefined ? [] : resources.map((object) => ({ object, lost }));
  });
  return hitsOf(losses, after);
}

/** Operators of a definition: those known of its group, else those that write the status of its resources. */
function operatorsOf(
  definition: ClusterObject,
  resources: readonly ClusterObject[],
  controllers: Controllers,
): readonly ClusterObject[] {
  const known = controllers.ofGroup(groupOfDefinition(definition));
  if (known.length > 0) return known;
  const status = resources.flatMap(({ writers }) => writers.filter(({ subresource }) => subresource === 'status'));
  const managers = new Set(status.map(({ manager }) => manager));
  return [...managers].flatMap((manager) => controllers.byManager(manager));
}

/** Objects that stay and cannot be deleted any more, since who takes their finalizer off is gone. */
function finalizersLeft(after: Aftermath): readonly Hit[] {
  const controllers = controllersOf(after.world);
  const losses = after.world.subject.inventory.objects
    .filter((object) => !after.goes(refOf(object)))
    .flatMap((object) => finalizersOfOthers(object).map((finalizer) => ({ object, finalizer })))
    .flatMap(({ object, finalizer }) => {
      const lost = goneOf(finalizerController(finalizer, object, controllers).certain, after);
      return lost === undefined ? [] : [{ object, finalizer, lost }];
    });
  return hitsOf(losses, after);
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
