import type { DefinitionGap, DefinitionProblem, DefinitionSource, Place, ProfileRef } from '../model/definition.ts';
import { warnIfNotText } from './names.ts';
import { type RawManifest, type RawPack, emptyPack } from './raw-pack.ts';
import { terraformPacks } from './terraform.ts';
import { type Tree, type TreeText, at, embeddedSource, entriesAt, isGiven, itemsAt, textAt, wordAt } from './tree.ts';

/** A profile, or what is left of one, in any of its forms. */
interface RawProfile {
  readonly profile: ProfileRef | undefined;
  readonly packs: readonly Tree[];
  readonly defaults: ReadonlyMap<string, string>;
  readonly isDraftOnly: boolean;
}

const PACK_RESOURCE_GROUP = 'cluster.spectrocloud.com/';

/**
 * The packs of one document, whichever form it has; the form is told by content. Empty when there is none. A bare
 * values text is not told here, since it names no pack.
 */
export function packsIn(tree: Tree, source: DefinitionSource): readonly RawPack[] {
  if (tree.kind === 'list') return tree.items.flatMap((item) => packsIn(item, source));
  if (tree.kind !== 'map') return [];
  if (isPackResource(tree)) return [packResource(tree, source)];
  const profiles = profilesIn(tree);
  if (profiles.length > 0) return profiles.flatMap((profile) => packsOfProfile(profile, source));
  const terraform = terraformPacks(tree, source);
  return terraform.length > 0 ? terraform : itemsAt(tree, 'items').flatMap((item) => packsIn(item, source));
}

/** The profiles of a document: an export, a saved answer of Palette's API, or the simplified YAML export. */
function profilesIn(tree: Tree): readonly RawProfile[] {
  const listed = [...itemsAt(tree, 'profiles'), ...itemsAt(tree, 'spec', 'clusterProfileTemplates')];
  if (listed.length > 0) return listed.flatMap((profile) => profilesIn(profile));
  const exported = firstPacks([at(tree, 'spec', 'template'), at(tree, 'spec', 'published'), at(tree, 'spec'), tree]);
  const draft = exported.packs.length === 0 ? at(tree, 'spec', 'draft') : undefined;
  const holder = draft ?? exported.holder;
  const packs = draft === undefined ? exported.packs : itemsAt(draft, 'packs');
  if (packs.length === 0) return [];
  return [{ profile: profileRef(tree, holder), packs, defaults: variablesOf(tree), isDraftOnly: draft !== undefined }];
}

function firstPacks(holders: readonly (Tree | undefined)[]): {
  readonly holder: Tree | undefined;
  readonly packs: readonly Tree[];
} {
  const holder = holders.find((candidate) => itemsAt(candidate, 'packs').length > 0);
  return { holder, packs: itemsAt(holder, 'packs') };
}

function profileRef(tree: Tree, holder: Tree | undefined): ProfileRef | undefined {
  const name = wordAt(tree, 'metadata', 'name') ?? wordAt(tree, 'name');
  if (name === undefined) return undefined;
  const version = wordAt(tree, 'spec', 'version') ?? wordAt(holder, 'profileVersion') ?? wordAt(tree, 'version');
  const type = wordAt(holder, 'type') ?? wordAt(tree, 'spec', 'type') ?? wordAt(tree, 'type');
  return { name, version: version ?? wordAt(tree, 'profileVersion'), type };
}

function variablesOf(tree: Tree): ReadonlyMap<string, string> {
  const defaults = new Map<string, string>();
  for (const variable of [...itemsAt(tree, 'spec', 'variables'), ...itemsAt(tree, 'variables')]) {
    const name = wordAt(variable, 'name');
    const value = textAt(variable, 'defaultValue')?.text;
    if (name !== undefined && value !== undefined) defaults.set(name, value);
  }
  return defaults;
}

function packsOfProfile(profile: RawProfile, source: DefinitionSource): readonly RawPack[] {
  return profile.packs.map((node, index) => {
    const pack = readPack(node, source, `packs[${String(index)}]`);
    const draft: DefinitionProblem[] = profile.isDraftOnly
      ? [
          {
            code: 'draft-only',
            subject: profile.profile?.name ?? 'spec.draft',
            detail: 'the profile is only a draft',
            place: pack.place,
          },
        ]
      : [];
    const problems = [...pack.problems, ...draft];
    return { ...pack, profile: profile.profile, defaults: profile.defaults, problems };
  });
}

/** A pack of a profile: its fields lie in the entry itself or, in saved API answers, in `spec`. */
function readPack(node: Tree, source: DefinitionSource, fallback: string): RawPack {
  const fields = at(node, 'spec')?.kind === 'map' && wordAt(node, 'name') === undefined ? at(node, 'spec') : node;
  const name = textAt(fields, 'name') ?? textAt(node, 'metadata', 'name');
  const values = textAt(fields, 'values');
  const lost = valuesLost(at(fields, 'values'));
  const unlisted = manifestsLost(at(fields, 'manifests'));
  return {
    ...emptyPack(name?.text.trim() ?? fallback, node.place, source),
    ...wordsOf(fields),
    values: values === undefined ? undefined : embeddedSource(values),
    manifests: itemsAt(fields, 'manifests').flatMap(readManifestEntry),
    gaps: [...lost.map(({ place }) => gapAt('values-unreadable', 'pack.namespace', place)), ...unlisted],
    problems: [...nameProblems(name, node.place), ...lost],
  };
}

/** Values are a text in every form of Palette's; what else stands there is not read, and never taken for none. */
function valuesLost(node: Tree | undefined): readonly DefinitionProblem[] {
  if (node === undefined || node.kind === 'text') return [];
  const { place } = node;
  return [{ code: 'definition-unreadable', subject: 'values', detail: 'the values are not a text', place }];
}

function gapAt(reason: DefinitionGap['reason'], subject: string, place: Place): DefinitionGap {
  return { reason, subject, place };
}

/** Manifests are a list of maps in every form of Palette's; what stands there otherwise may hold any, and namespaces. */
function manifestsLost(node: Tree | undefined): readonly DefinitionGap[] {
  if (node === undefined || !isGiven(node) || (node.kind === 'map' && node.entries.size === 0)) return [];
  const lost = node.kind === 'list' ? node.items.filter((item) => isGiven(item) && !isManifestEntry(item)) : [node];
  return lost.map(({ place }) => gapAt('manifest-unreadable', 'the list of manifests', place));
}

function isManifestEntry(node: Tree): boolean {
  return readManifestEntry(node).length > 0;
}

function nameProblems(name: TreeText | undefined, place: Place): readonly DefinitionProblem[] {
  const problems: DefinitionProblem[] = [];
  if (name !== undefined) warnIfNotText(name, 'name', problems);
  else problems.push({ code: 'definition-unreadable', subject: 'name', detail: 'the pack has no name', place });
  return problems;
}

function wordsOf(fields: Tree | undefined): Pick<RawPack, 'layer' | 'type' | 'version' | 'tag'> {
  return {
    layer: wordAt(fields, 'layer'),
    type: wordAt(fields, 'type'),
    version: wordAt(fields, 'version'),
    tag: wordAt(fields, 'tag'),
  };
}

/** A manifest with its content, as exports and `…/packs/manifests` give it, or only its reference. */
function readManifestEntry(node: Tree): readonly RawManifest[] {
  const name = wordAt(node, 'name') ?? wordAt(node, 'metadata', 'name');
  const content = contentOf(node);
  if (name === undefined && content === undefined) return [];
  const body = content === undefined ? undefined : embeddedSource(content);
  return [{ name: name ?? 'manifest', body, fault: undefined, place: node.place }];
}

function contentOf(node: Tree): TreeText | undefined {
  const holders = [['content'], ['spec', 'published', 'content'], ['spec', 'draft', 'content'], ['spec', 'content']];
  return holders.map((path) => textAt(node, ...path)).find((text) => text !== undefined);
}

function isPackResource(tree: Tree): boolean {
  return wordAt(tree, 'kind') === 'Pack' && (wordAt(tree, 'apiVersion') ?? '').startsWith(PACK_RESOURCE_GROUP);
}

/** A Pack resource saved from a cluster; `.spec.packRef.values` is the documented field. */
function packResource(tree: Tree, source: DefinitionSource): RawPack {
  const reference = at(tree, 'spec', 'packRef');
  const name = wordAt(tree, 'metadata', 'name') ?? wordAt(reference, 'name') ?? 'Pack';
  const pack = readPack(reference ?? tree, source, name);
  return { ...pack, name, isStoredName: true, place: tree.place, problems: [] };
}

/** Whether a document is a values text: it has a `pack:` block, and no form of packs. */
export function isValuesText(tree: Tree): boolean {
  return entriesAt(tree).has('pack');
}

/** Whether a document is a pack.json, which alone tells no stakes. */
export function isPackJson(tree: Tree): boolean {
  const keys = entriesAt(tree);
  return keys.has('name') && keys.has('displayName') && (keys.has('charts') || keys.has('kubeManifests'));
}

/** Whether it is a snapshot of this program's, which holds packs in a form of its own. */
export function isSnapshot(tree: Tree): boolean {
  const keys = entriesAt(tree);
  return ['claimTemplates', 'coverage', 'takenAt'].every((key) => keys.has(key));
}
