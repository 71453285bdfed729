import type { DefinitionGap, DefinitionSource, ProfileRef } from '../model/definition.ts';
import { type RawManifest, type RawPack, emptyPack } from './raw-pack.ts';
import { type Tree, at, embeddedSource, entriesAt, itemsAt, textAt, wordAt } from './tree.ts';

const PROFILE_TYPE = 'spectrocloud_cluster_profile';

/**
 * The packs in the output of `terraform show -json`, of a state (`values`) or a plan (`planned_values`): of profiles,
 * and of the profiles that add-on deployments and clusters attach. What terraform marks as sensitive is a gap.
 */
export function terraformPacks(tree: Tree, source: DefinitionSource): readonly RawPack[] {
  const roots = [at(tree, 'planned_values', 'root_module'), at(tree, 'values', 'root_module')];
  return roots.flatMap((root) => resourcesOf(root)).flatMap((resource) => packsOfResource(resource, source));
}

function resourcesOf(module: Tree | undefined): readonly Tree[] {
  if (module === undefined) return [];
  return [...itemsAt(module, 'resources'), ...itemsAt(module, 'child_modules').flatMap(resourcesOf)];
}

function packsOfResource(resource: Tree, source: DefinitionSource): readonly RawPack[] {
  const type = wordAt(resource, 'type') ?? '';
  if (!type.startsWith('spectrocloud_') || wordAt(resource, 'mode') === 'data') return [];
  const values = at(resource, 'values');
  const sensitive = at(resource, 'sensitive_values');
  if (type === PROFILE_TYPE) {
    const profile = {
      name: wordAt(values, 'name') ?? '',
      version: wordAt(values, 'version'),
      type: wordAt(values, 'type'),
    };
    const packs = packBlocks({ holder: values, sensitive, profile, defaults: variablesOf(values) }, source);
    return packs.length > 0 ? packs : [unknownPacks(profile, resource, source)];
  }
  return itemsAt(values, 'cluster_profile').flatMap((holder, index) => {
    const marks = itemAt(at(sensitive, 'cluster_profile') ?? sensitive, index);
    const given = attachedVariables(holder);
    return packBlocks({ holder, sensitive: marks, profile: undefined, defaults: new Map(), given }, source);
  });
}

/**
 * Stands for the packs of a profile that lists none: a plan leaves out what is only known once it is applied, and
 * there is no profile without packs. Nobody knows their namespaces, which is a gap.
 */
function unknownPacks(profile: ProfileRef, { place }: Tree, source: DefinitionSource): RawPack {
  const gap: DefinitionGap = { reason: 'values-unreadable', subject: 'pack.namespace', place };
  return { ...emptyPack(`packs of profile ${profile.name}`.trimEnd(), place, source), profile, gaps: [gap] };
}

interface Holder {
  readonly holder: Tree | undefined;
  readonly sensitive: Tree | undefined;
  readonly profile: ProfileRef | undefined;
  readonly defaults: ReadonlyMap<string, string>;
  readonly given?: ReadonlyMap<string, string>;
}

function packBlocks(from: Holder, source: DefinitionSource): readonly RawPack[] {
  const { holder, sensitive } = from;
  const all = isTrue(sensitive) ? sensitive : at(sensitive, 'pack');
  return itemsAt(holder, 'pack').map((pack, index) => readPack(pack, itemAt(all, index), { from, source, index }));
}

interface Context {
  readonly from: Holder;
  readonly source: DefinitionSource;
  readonly index: number;
}

function readPack(pack: Tree, marks: Tree | undefined, { from, source, index }: Context): RawPack {
  const values = textAt(pack, 'values');
  const isHidden = isMarked(marks, 'values');
  // Even a manifest layer may set a namespace in values that terraform hides.
  const gap: DefinitionGap = { reason: 'values-unreadable', subject: 'pack.namespace', place: pack.place };
  return {
    ...emptyPack(wordAt(pack, 'name') ?? `pack[${String(index)}]`, pack.place, source),
    type: wordAt(pack, 'type'),
    tag: wordAt(pack, 'tag'),
    values: values === undefined || isHidden ? undefined : embeddedSource(values),
    manifests: itemsAt(pack, 'manifest').map((node, nth) =>
      readManifest(node, itemAt(at(marks, 'manifest') ?? marks, nth)),
    ),
    profile: from.profile?.name === '' ? undefined : from.profile,
    defaults: from.defaults,
    ...(from.given === undefined ? {} : { given: from.given }),
    gaps: isHidden ? [gap] : [],
  };
}

function readManifest(node: Tree, marks: Tree | undefined): RawManifest {
  const content = textAt(node, 'content');
  const body = content === undefined || isMarked(marks, 'content') ? undefined : embeddedSource(content);
  return { name: wordAt(node, 'name') ?? 'manifest', body, fault: undefined, place: node.place };
}

/** Marks have the shape of the values, or are `true` for a whole part. */
function itemAt(marks: Tree | undefined, index: number): Tree | undefined {
  return marks?.kind === 'list' ? marks.items[index] : marks;
}

function isMarked(marks: Tree | undefined, field: string): boolean {
  return isTrue(marks) || isTrue(at(marks, field));
}

function isTrue(tree: Tree | undefined): boolean {
  return tree?.kind === 'text' && tree.text === 'true';
}

function variablesOf(values: Tree | undefined): ReadonlyMap<string, string> {
  const defaults = new Map<string, string>();
  for (const block of itemsAt(values, 'profile_variables').flatMap((variables) => itemsAt(variables, 'variable'))) {
    const name = wordAt(block, 'name');
    const value = textAt(block, 'default_value')?.text;
    if (name !== undefined && value !== undefined) defaults.set(name, value);
  }
  return defaults;
}

function attachedVariables(holder: Tree): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const [name, { value }] of entriesAt(holder, 'variables')) {
    if (value.kind === 'text') given.set(name, value.text);
  }
  return given;
}
