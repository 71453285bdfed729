import type { PackDefinition, Place } from '../model/definition.ts';
import type { PackResource, PaletteResources } from '../model/pack-resource.ts';
import { buildPack } from './build-pack.ts';
import { type RawPack, emptyPack } from './raw-pack.ts';

/**
 * The packs that this cluster's own Pack resources define (design decision 5: those of other clusters' agent
 * namespaces are not used). `variables` are `--var`; places name the resource and have no line.
 */
export function packResourceDefinitions(
  palette: PaletteResources,
  variables: ReadonlyMap<string, string>,
): readonly PackDefinition[] {
  const { agentNamespace, macroFacts, packs } = palette;
  return packs
    .filter(({ namespace }) => agentNamespace === undefined || namespace === agentNamespace)
    .map((resource) => buildPack(rawPack(resource), { variables, macroFacts }));
}

function rawPack(resource: PackResource): RawPack {
  const { name, namespace, layer, type, version, tag, values, reportedState, profile, possibleProfiles } = resource;
  const place: Place = { path: `packs.cluster.spectrocloud.com/${name}`, line: 0, column: 0 };
  const locate = (): Place => place;
  return {
    ...emptyPack(name, place, { kind: 'cluster', namespace }),
    isStoredName: true,
    layer,
    type,
    version,
    tag,
    reportedState,
    profile,
    possibleProfiles,
    values: values === undefined ? undefined : { text: values, locate },
    manifests: resource.manifests.map((manifest) => ({
      name: manifest.name,
      body: manifest.content === undefined ? undefined : { text: manifest.content, locate },
      fault: manifest.fault,
      place,
    })),
  };
}
