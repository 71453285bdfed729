import type { ObjectRef } from '../../model/resource.ts';

/** An object in a sentence: `deployment/web in shop`, `persistentvolume/pv-1`; one without a kind by its name. */
export function refText({ kind, namespace, name }: ObjectRef): string {
  const what = kind === '' ? name : `${kind.toLowerCase()}/${name}`;
  return namespace === '' ? what : `${what} in ${namespace}`;
}
