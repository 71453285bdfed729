import { annotationOf } from '../model/evidence-keys.ts';
import { ownWriters, type ClusterObject } from '../model/inventory.ts';
import { isAgentNamespace } from '../model/namespace.ts';
import type { Pack } from '../model/pack.ts';
import { kindKey } from '../model/resource.ts';
import { claimedRelease, type Candidate } from './candidates.ts';
import type { Context } from './context.ts';
import { personsManager } from './managers.ts';

/** Annotation that Palette's agent puts on objects of manifests it applies; seen, not documented. */
const HASH = 'cluster.spectrocloud.com/last-applied-hash';

/**
 * What Palette's hash annotation tells: the object is some pack's manifest object. Whose, only where a pack's possible
 * object or the one unread manifest of the namespace says so; in no current definition at all it is a leftover. A
 * person who copied an object copied the annotation with it, so a person's write takes its word away.
 */
export function hashCandidate(object: ClusterObject, context: Context): Candidate | undefined {
  if (annotationOf(object, HASH) === undefined || !writtenByPalette(object, context)) return undefined;
  const possible = context.proofs.manifests(object).filter((proof) => proof.possible);
  const unread = packsWithUnreadManifests(object.namespace, context);
  const names = possible.length > 0 ? [...new Set(possible.map(({ pack }) => pack))] : unread.map(({ name }) => name);
  const [pack, second] = names;
  if (pack !== undefined && second === undefined) return claimed(pack, possible.length > 0);
  if (pack !== undefined) return ambiguous(names);
  return leftover(object, context);
}

/** No person wrote it, and where Palette's managers are known, one of them did. */
function writtenByPalette(object: ClusterObject, { inventory }: Context): boolean {
  if (personsManager(object) !== undefined) return false;
  const known = inventory.paletteManagers;
  return known.length === 0 || ownWriters(object).some(({ manager }) => known.includes(manager));
}

function packsWithUnreadManifests(namespace: string, context: Context): readonly Pack[] {
  const here = new Set(context.stakes.filter((stake) => stake.namespace === namespace).map(({ pack }) => pack));
  return context.packs.filter((pack) => here.has(pack.name) && pack.definitions.some(hasUnreadManifest));
}

function hasUnreadManifest({ gaps }: Pack['definitions'][number]): boolean {
  return gaps.some(({ reason }) => UNREAD.has(reason));
}

const UNREAD: ReadonlySet<string> = new Set([
  'manifest-only-referenced',
  'manifest-unreadable',
  'template-not-evaluated',
  'values-unreadable',
]);

function claimed(pack: string, possible: boolean): Candidate {
  const where = possible
    ? `a manifest template of pack ${pack} may contain it`
    : `pack ${pack} has a manifest that could not be read`;
  const evidence = { strength: 'claimed', text: `Palette's annotation ${HASH}, and ${where}` } as const;
  return { owner: { kind: 'pack', pack }, strength: 'claimed', evidence };
}

function ambiguous(packs: readonly string[]): Candidate {
  const text = `Palette's annotation ${HASH}; unread manifests of packs ${packs.join(', ')} may contain it`;
  return { owner: { kind: 'palette', by: 'a manifest' }, strength: 'claimed', evidence: { strength: 'claimed', text } };
}

/** Only where Palette's managers are known: else any machine's copy of the annotation would pass for a leftover. */
function leftover(object: ClusterObject, context: Context): Candidate | undefined {
  if (context.inventory.paletteManagers.length === 0) return undefined;
  const pack = onlyPack(object.namespace, context);
  const text = `Palette's annotation ${HASH}, but no current definition contains it`;
  return { owner: { kind: 'leftover', pack }, strength: 'inferred', evidence: { strength: 'inferred', text } };
}

/** The one pack with a claim on the namespace; '' when several have one, for then nobody knows whose it was. */
function onlyPack(namespace: string, { stakes }: Context): string {
  const here = stakes.filter((stake) => stake.namespace === namespace && stake.fate !== 'labelled-only');
  const [pack = '', second] = new Set(here.map((stake) => stake.pack));
  return second === undefined ? pack : '';
}

/** An object that Helm kept when the pack's release dropped it: marked as the release's, in no current revision. */
export function keptLeftover(object: ClusterObject, context: Context): Candidate | undefined {
  const claim = claimedRelease(object);
  const pack = claim === undefined ? undefined : context.linkOf.get(claim)?.pack;
  const kept = annotationOf(object, 'helm.sh/resource-policy')?.trim().toLowerCase() === 'keep';
  if (pack === undefined || !kept || writtenByKubectl(object)) return undefined;
  const text = `kept by helm.sh/resource-policy when a later revision of ${claim} dropped it`;
  return { owner: { kind: 'leftover', pack }, strength: 'inferred', evidence: { strength: 'inferred', text } };
}

function writtenByKubectl(object: ClusterObject): boolean {
  const manager = personsManager(object);
  return manager !== undefined && !manager.toLowerCase().startsWith('helm');
}

/** Kinds that Palette puts into pack namespaces of its own accord: role bindings and quotas of workspaces. */
const PALETTE_KINDS: ReadonlySet<string> = new Set([
  'rbac.authorization.k8s.io/RoleBinding',
  '/ResourceQuota',
  '/LimitRange',
]);

/** Palette's own: what lives in its agents' namespaces, and role bindings and quotas its known managers wrote. */
export function paletteCandidate(object: ClusterObject, context: Context): Candidate | undefined {
  if (personsManager(object) !== undefined) return undefined;
  if (isAgentNamespace(object.namespace)) return palette(`in Palette's namespace ${object.namespace}`);
  if (!PALETTE_KINDS.has(kindKey(object.type))) return undefined;
  const manager = ownWriters(object).find((writer) => context.inventory.paletteManagers.includes(writer.manager));
  return manager && palette(`written by ${manager.manager}, which also writes Palette's Pack status`);
}

function palette(text: string): Candidate {
  return { owner: { kind: 'palette', by: text }, strength: 'inferred', evidence: { strength: 'inferred', text } };
}
