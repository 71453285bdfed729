import { ownWriters, type ClusterObject } from '../model/inventory.ts';
import { isPersonsManager } from '../model/managers.ts';

/** The newest manager among the object's writers that a person or a person's tool uses, if there is one. */
export function personsManager(object: ClusterObject): string | undefined {
  return ownWriters(object).findLast((writer) => isPersonsManager(writer.manager))?.manager;
}
