import type { PackDefinition } from './definition.ts';

/** Layers of the machines themselves, which install nothing in namespaces of their own. */
const WITHOUT_CONTENT: ReadonlySet<string> = new Set(['kernel', 'os', 'k8s']);

/** What is called a gap of a pack of which nothing tells what it installs. */
export const UNSEEN_CONTENT = 'what it installs';

/**
 * Whether a definition names neither chart nor manifest, and leaves nothing else open: what the pack installs is not
 * known. A manifest layer without manifests is empty.
 */
export function namesNothing({ layer, type, charts, chartKeys, manifests, objects, gaps }: PackDefinition): boolean {
  if (type === 'manifest' || WITHOUT_CONTENT.has(layer ?? '')) return false;
  return [charts, chartKeys, manifests, objects, gaps].every((list) => list.length === 0);
}
