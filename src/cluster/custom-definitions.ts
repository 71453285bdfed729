import type { Reference } from '../model/reference.ts';
import { typeName, type ResourceType } from '../model/resource.ts';
import { conditionOf } from './api-services.ts';
import { servedType } from './discovery.ts';
import type { Catalog, ServedType } from './discovery.ts';
import { listFull } from './full-list.ts';
import { at, listAt, textAt } from './json.ts';
import type { ListEnd } from './list-pages.ts';
import { DEFINITION_REFERENCES, DEFINITIONS_PAGE } from './references/admission.ts';
import { referencesAlone } from './references/read-referring.ts';
import type { Session } from './session.ts';

/** The full name of the type. */
export const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';

/** A CustomResourceDefinition, and which of its versions it says it serves. */
export interface CustomDefinition {
  readonly name: string;
  readonly group: string;
  readonly kind: string;
  readonly versions: readonly { readonly version: string; readonly isServed: boolean }[];
  readonly established: boolean;
  /** Which Service converts its resources. */
  readonly references: readonly Reference[];
}

const OWN: ResourceType = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  resource: 'customresourcedefinitions',
  singular: 'customresourcedefinition',
  kind: 'CustomResourceDefinition',
  shortNames: [],
  namespaced: false,
  verbs: ['list'],
};

/** Definitions are asked for also where discovery does not name them: that may be what discovery lacks. */
function definitionsIn(catalog: Catalog): ServedType {
  return servedType(catalog, DEFINITIONS) ?? { type: OWN, otherVersions: [] };
}

function definitionOf(object: unknown, type: ResourceType): CustomDefinition {
  const versions = listAt(object, 'spec', 'versions').map((entry) => ({
    version: textAt(entry, 'name') ?? '',
    isServed: at(entry, 'served') !== false,
  }));
  return {
    name: textAt(object, 'metadata', 'name') ?? '',
    group: textAt(object, 'spec', 'group') ?? '',
    kind: textAt(object, 'spec', 'names', 'kind') ?? '',
    versions,
    established: conditionOf(object, 'Established').status === 'True',
    references: referencesAlone(object, type, DEFINITION_REFERENCES),
  };
}

/** Lists all definitions. A cluster that neither names nor serves the type has none. */
export async function listDefinitions(
  session: Session,
  query = '',
): Promise<{ readonly end: ListEnd; readonly entries: readonly CustomDefinition[] }> {
  const served = definitionsIn(session.catalog);
  const from = { served, namespace: '', query, pageSize: DEFINITIONS_PAGE };
  const { end, entries } = await listFull(session, from, (object) => [definitionOf(object, served.type)]);
  const isNone = end.end === 'failed' && end.failure.kind === 'not-found' && served.type === OWN;
  return isNone ? { end: { ...end, end: 'complete' }, entries: [] } : { end, entries };
}

/** Whether the definition of this type is proved not to be there; a type that needs none has none. */
export async function hasNoDefinition(session: Session, type: ResourceType): Promise<boolean> {
  const name = typeName(type);
  const query = `fieldSelector=${encodeURIComponent(`metadata.name=${name}`)}`;
  const { end, entries } = await listDefinitions(session, query);
  return end.end === 'complete' && !entries.some((definition) => definition.name === name);
}
