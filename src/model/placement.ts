import type { DefinedObject, NameText, PackDefinition } from './definition.ts';
import type { Release, ReleasedObject } from './inventory.ts';
import type { Pack } from './pack.ts';
import { refKey, type ObjectRef } from './resource.ts';
import { currentGroup, type TypeScope } from './type-scope.ts';

/** Key under which a live object and a manifest's object meet, whatever version or moved group either names. */
export function placeKey(ref: ObjectRef): string {
  return refKey({ ...ref, group: currentGroup(ref.group, ref.kind) });
}

/** Where an object of a manifest lands: `key` as of `placeKey`, `place` its parts with the group it lives in today. */
interface Placed {
  readonly key: string;
  readonly place: ObjectRef;
}

function placedAt(ref: ObjectRef): Placed {
  const place = { ...ref, group: currentGroup(ref.group, ref.kind) };
  return { key: refKey(place), place };
}

function placed(ref: ObjectRef, home: string, scope: TypeScope): ObjectRef {
  if (scope.isClusterScoped(ref)) return { ...ref, namespace: '' };
  return ref.namespace === '' ? { ...ref, namespace: home } : ref;
}

/** The objects of a release's manifest and hooks, each with the key of the live object it is. */
export function placedInRelease(
  release: Release,
  scope: TypeScope,
): readonly (Placed & { readonly released: ReleasedObject })[] {
  return release.objects.map((released) => ({
    ...placedAt(placed(released.ref, release.namespace, scope)),
    released,
  }));
}

/**
 * The objects of a pack's readable manifests, each with the key of the live object it is. One whose namespace is a
 * name that could not be resolved is left out: where it lands is not known. One whose namespace is only assumed may be
 * there, as one under a template action.
 */
export function placedInManifests(
  pack: Pack,
  scope: TypeScope,
): readonly (Placed & { readonly defined: DefinedObject; readonly definition: PackDefinition })[] {
  return pack.definitions.flatMap((definition) => {
    const home = homeOf(definition, pack);
    return definition.objects.flatMap((defined) => {
      const own = definition.manifestNamespaces.find(({ manifest }) => manifest === defined.manifest)?.namespace;
      const { text, resolved, assumed } = own ?? home;
      if (!resolved) return [];
      const landed = placedAt(placed(defined.ref, text, scope));
      const rests = assumed === true && landed.place.namespace !== defined.ref.namespace;
      return [{ ...landed, defined: rests ? { ...defined, possible: true } : defined, definition }];
    });
  });
}

/** Where objects without a namespace land if their manifest has none of its own. */
function homeOf(definition: PackDefinition, pack: Pack): Pick<NameText, 'text' | 'resolved' | 'assumed'> {
  const declared =
    definition.namespace ??
    (definition.isPackDirectory
      ? pack.definitions.find(({ namespace }) => namespace !== undefined)?.namespace
      : undefined);
  return declared ?? DEFAULT;
}

const DEFAULT = { text: 'default', resolved: true };
