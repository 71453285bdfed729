import { parseDiscovery } from '../../../src/cluster/discovery-documents.ts';
import { DISCOVERY } from '../../../src/cluster/media-types.ts';
import { typeName, type ResourceType } from '../../../src/model/resource.ts';
import type { Get } from './metadata-client.ts';

/** The types that can be listed, each at the version that the server names first. */
export async function listableTypes(get: Get): Promise<readonly ResourceType[]> {
  const documents = await Promise.all(['/api', '/apis'].map((path) => get(path, DISCOVERY)));
  const found = new Map<string, ResourceType>();
  for (const document of documents.map(parseDiscovery)) {
    if (!document.ok || document.value.form !== 'aggregated') throw new Error('no aggregated discovery');
    for (const type of document.value.versions.flatMap(({ types }) => types))
      if (!found.has(typeName(type))) found.set(typeName(type), type);
  }
  return [...found.values()].filter(({ verbs }) => verbs.includes('list'));
}
