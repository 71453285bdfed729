import { ownWriters, type ClusterObject } from '../model/inventory.ts';
import { isPersonsManager } from '../model/managers.ts';

/** The newest manager among the object's writers that a person or a person's tool uses, if there is one. */
export function personsManager(object: ClusterObject): string | undefined {
  return object.writers.findLast(({ subresource, manager }) => subresource === '' && isPersonsManager(manager))
    ?.manager;
}

/**
 * The manager by which a person created the object: it wrote in the second in which the object came to be, and no
 * other one did. Controllers adopt such objects with an owner reference, which does not make them theirs.
 */
export function creatingPerson(object: ClusterObject): string | undefined {
  const first = ownWriters(object).filter(({ at }) => at !== '' && at === object.createdAt);
  return first.every(({ manager }) => isPersonsManager(manager)) ? first[0]?.manager : undefined;
}
