import type { Pack } from '../model/pack.ts';

/** Layers that Palette does not remove from a cluster. Source: Palette docs, Cluster Updates; OpenAPI, `layer`. */
const CORE_LAYERS: ReadonlySet<string> = new Set(['kernel', 'os', 'k8s', 'cni', 'csi']);

/** Whether a layer is one of these; letter case varies. */
export function isCoreLayer(layer: string | undefined): boolean {
  return CORE_LAYERS.has(layer?.toLowerCase() ?? '');
}

/** The core layer that a pack is, if it is one. */
export function coreLayerOf({ definitions }: Pack): string | undefined {
  return definitions.map(({ layer }) => layer?.toLowerCase()).find(isCoreLayer);
}
