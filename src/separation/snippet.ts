import type { NamespaceSetting, PackDefinition } from '../model/definition.ts';
import type { Pack, Stake } from '../model/pack.ts';
import { compareText } from '../model/resource.ts';

/**
 * The values to paste so that a pack leaves one namespace for another: `pack.namespace`, or `manifests.<m>.namespace`
 * where the pack uses that; its labels and annotations for the old namespace carried over. Where a manifest or chart
 * names the namespace itself, a comment says so, for no value changes it. YAML, two spaces, newline at the end.
 */
export function valuesSnippet(pack: Pack, move: { from: string; to: string; stakes: readonly Stake[] }): string {
  const stakes = move.stakes.filter((stake) => stake.pack === pack.name && stake.namespace === move.from);
  const sources = new Set(stakes.map(({ source }) => source));
  const { from, to } = move;
  const lines = [
    ...packBlock(pack, { from, to, sources }),
    ...manifestBlock(pack, from, to),
    ...fixedByHand(stakes, to, movedManifests(pack, from)),
  ];
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function packBlock(pack: Pack, move: { from: string; to: string; sources: ReadonlySet<string> }): readonly string[] {
  const { from, to, sources } = move;
  const lines = [
    ...(sources.has('pack.namespace') ? [`  namespace: ${quoted(to)}`] : []),
    ...(sources.has('additionalNamespaces') ? additional(pack, from, to) : []),
    ...carried(
      'namespaceLabels',
      settings(pack, from, ({ namespaceLabels }) => namespaceLabels),
      to,
    ),
    ...carried(
      'namespaceAnnotations',
      settings(pack, from, ({ namespaceAnnotations }) => namespaceAnnotations),
      to,
    ),
  ];
  return lines.length === 0 ? [] : ['pack:', ...lines];
}

function additional(pack: Pack, from: string, to: string): readonly string[] {
  const names = new Set(pack.definitions.flatMap((one) => one.additionalNamespaces.map(({ text }) => text)));
  const moved = [...names].map((name) => (name === from ? to : name)).toSorted(compareText);
  return [`  additionalNamespaces: ${quoted(moved.join(','))}`];
}

function settings(
  pack: Pack,
  namespace: string,
  of: (definition: PackDefinition) => readonly NamespaceSetting[],
): NamespaceSetting | undefined {
  return pack.definitions.flatMap(of).find((setting) => setting.namespace.text === namespace);
}

function carried(field: string, setting: NamespaceSetting | undefined, to: string): readonly string[] {
  if (setting === undefined || setting.entries.length === 0) return [];
  const text = setting.entries.map((entry) => `${entry.key}=${entry.value}`).join(',');
  return [`  ${field}:`, `    ${quoted(to)}: ${quoted(text)}`];
}

function manifestBlock(pack: Pack, from: string, to: string): readonly string[] {
  const manifests = movedManifests(pack, from);
  if (manifests.size === 0) return [];
  const entries = [...manifests]
    .toSorted(compareText)
    .flatMap((name) => [`  ${key(name)}:`, `    namespace: ${quoted(to)}`]);
  return ['manifests:', ...entries];
}

/** Manifests whose own namespace is the one to leave. */
function movedManifests(pack: Pack, from: string): ReadonlySet<string> {
  const declared = pack.definitions.flatMap(({ manifestNamespaces }) => manifestNamespaces);
  return new Set(declared.filter(({ namespace }) => namespace.text === from).map(({ manifest }) => manifest));
}

/** Claims that no value moves: an object in a manifest or chart that spells the namespace out. */
function fixedByHand(stakes: readonly Stake[], to: string, moved: ReadonlySet<string>): readonly string[] {
  const fixed = stakes.filter(({ source }) => source === 'Namespace object' || source === 'objects seen');
  const follows = new Set([...moved].map((manifest) => `manifest ${manifest}`));
  const vias = [...new Set(fixed.map(({ via }) => via))].filter((via) => !follows.has(via)).toSorted(compareText);
  return vias.map((via) => `# In ${JSON.stringify(via)}: change the namespace it names to ${to}.`);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

/** Words that YAML 1.1, which Helm reads, takes for truth values or nothing. */
const TAKEN_WORD = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

function key(name: string): string {
  return /^[A-Za-z][A-Za-z0-9_-]*$/.test(name) && !TAKEN_WORD.test(name) ? name : quoted(name);
}
