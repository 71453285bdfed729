import type { Pack } from '../model/pack.ts';

/** Layers that Palette does not remove from a cluster. Source: Palette docs, Cluster Updates; OpenAPI, `layer`. */
const CORE_LAYERS: ReadonlySet<string> = new Set(['kernel', 'os', 'k8s', 'cni', 'csi']);

/** The core layer that a pack is, if it is one. */
export function coreLayerOf({ definitions }: Pack): string | undefined {
  return definitions.map(({ layer }) => layer?.toLowerCase()).find((layer) => CORE_LAYERS.has(layer ?? ''));
}
