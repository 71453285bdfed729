import { annotationOf, labelOf } from '../model/evidence-keys.ts';
import { grouped } from '../model/grouped.ts';
import type { ClusterObject } from '../model/inventory.ts';
import { rememberedOf } from '../model/remembered.ts';
import { typeName } from '../model/resource.ts';
import { groupOfDefinition, type World } from './world.ts';

const copiesIn = rememberedOf(({ subject }: World) => grouped(subject.inventory.objects, sourceOf));

/**
 * What controllers delete when that goes which they copied or made it from, in any namespace: Reflector's own mirrors, what
 * HNC hands down from a namespace, and what a policy of Kyverno generated. A rule of Kyverno may say that it stays, which
 * nothing of it tells. Sources: Reflector, `ResourceMirror.cs`; HNC docs, Propagation; Kyverno docs, Generate Rules.
 */
export function copiesOf(gone: ClusterObject, world: World): readonly ClusterObject[] {
  const copies = copiesIn(world);
  if (copies.size === 0) return [];
  const source = sourceKey(typeName(gone.type), `${gone.namespace}/${gone.name}`);
  return copies.get(source) ?? copies.get(policyKey(gone)) ?? [];
}

function sourceKey(type: string, place: string): string {
  return `${type} ${place}`;
}

/** What an object is a copy of, as a key; undefined of most. */
function sourceOf(object: ClusterObject): string | undefined {
  const { annotations, labels, type, name } = object;
  if (annotations.size + labels.size === 0) return undefined;
  const mirrored = annotationOf(object, 'reflector.v1.k8s.emberstack.com/reflects');
  const isAutomatic = annotationOf(object, 'reflector.v1.k8s.emberstack.com/auto-reflects')?.toLowerCase() === 'true';
  if (isAutomatic && mirrored !== undefined) return sourceKey(typeName(type), mirrored);
  const above = labelOf(object, 'hnc.x-k8s.io/inherited-from');
  if (above !== undefined) return sourceKey(typeName(type), `${above}/${name}`);
  const policy = labelOf(object, 'generate.kyverno.io/policy-name');
  return policy === undefined ? undefined : `policy ${policy}`;
}

function policyKey({ type, name }: ClusterObject): string {
  const group = groupOfDefinition({ name: typeName(type) });
  return group === 'kyverno.io' || group.endsWith('.kyverno.io') ? `policy ${name}` : '';
}
