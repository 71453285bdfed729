import type { ApplicationVia, Evidence, Owner, Strength } from '../model/attribution.ts';
import { annotationOf, labelOf } from '../model/evidence-keys.ts';
import { ownWriters, refOf, type ClusterObject } from '../model/inventory.ts';
import type { Context } from './context.ts';
import { placeKey } from '../model/placement.ts';
import { rememberedOf } from '../model/remembered.ts';
import { isHandTool, personsManager, servesAll } from './managers.ts';
import { releaseOwner, type Proofs } from './proof.ts';

/** One owner that evidence speaks for, or against when refuted. */
export interface Candidate {
  readonly owner: Owner;
  readonly strength: Strength;
  readonly evidence: Evidence;
}

/** The release that an object's own annotations claim, as `namespace/name`, if they claim one. */
export function claimedRelease({ annotations }: ClusterObject): string | undefined {
  return annotations.size === 0 ? undefined : claimOf(annotations).release;
}

/** The objects of a release mostly share their annotations. */
const claimOf = rememberedOf((annotations: ClusterObject['annotations']): { readonly release: string | undefined } => {
  const name = annotationOf({ annotations }, 'meta.helm.sh/release-name');
  const namespace = annotationOf({ annotations }, 'meta.helm.sh/release-namespace');
  return { release: name === undefined || namespace === undefined ? undefined : `${namespace}/${name}` };
});

const NONE: readonly never[] = [];

/** Owners by Helm: the decoded records that contain the object, then what its marks claim. */
export function helmCandidates(object: ClusterObject, context: Context): readonly Candidate[] {
  const claim = claimedRelease(object);
  const contained = provedBy(context.proofs.releases(object), claim);
  // Helm marks what it makes, hooks apart, and these it writes itself.
  const proved =
    claim === undefined && contained.length > 0 && isHandMade(object) ? contained.map(doubted(object)) : contained;
  const records = recordCandidates(object, context);
  if (claim !== undefined && proved.length === 0) return [claimCandidate(claim, context), ...records];
  return records.length === 0 ? proved : [...proved, ...records];
}

/** By what is proved of an object, as far as it is of the release that it claims, if it claims one. */
function provedBy(known: ReturnType<Proofs['releases']>, claim: string | undefined): readonly Candidate[] {
  const only = known.at(0);
  if (only === undefined) return NONE;
  if (known.length === 1) return claim === undefined || claim === only.release ? only.alone : NONE;
  return known.filter(({ release }) => claim === undefined || claim === release).map(({ candidate }) => candidate);
}

/** Of what bears no mark and only people wrote, a release that contains its name may have lost its own. */
function doubted(object: ClusterObject): (candidate: Candidate) => Candidate {
  const doubt = doubtOf(object, 'claimed');
  return ({ owner, strength, evidence }) => {
    const weaker = strength === 'verified' ? 'claimed' : strength;
    return { owner, strength: weaker, evidence: { ...evidence, strength: weaker, text: `${evidence.text}${doubt}` } };
  };
}

/** A mark without proof: claimed while the record could not be read, refuted once it was and does not say so. */
function claimCandidate(claim: string, context: Context): Candidate {
  const release = context.proofs.byReleaseKey.get(claim);
  const namespace = claim.slice(0, claim.indexOf('/'));
  const name = claim.slice(claim.indexOf('/') + 1);
  const pack = context.linkOf.get(claim)?.pack ?? context.expected.get(claim);
  const owner: Owner =
    pack === undefined ? { kind: 'application', via: 'helm', name, namespace } : { kind: 'pack', pack };
  const unread = release === undefined ? !context.releasesReadable(namespace) : !release.decoded;
  if (unread) {
    const text = `annotations name release ${name} in ${namespace}, whose record could not be read`;
    return { owner, strength: 'claimed', evidence: { strength: 'claimed', text } };
  }
  const why =
    release === undefined ? 'of which there is no record' : `revision ${release.revision}, which does not contain it`;
  const text = `annotations name release ${name} in ${namespace}, ${why}`;
  return { owner, strength: 'refuted', evidence: { strength: 'refuted', text } };
}

/** The record of a release is the release's own, every revision of it. */
function recordCandidates(object: ClusterObject, context: Context): readonly Candidate[] {
  const name = recordedName(object);
  if (name === undefined || !['Secret', 'ConfigMap'].includes(object.type.kind) || object.type.group !== '')
    return NONE;
  if (isOfAnotherType(object)) return NONE;
  const release = context.proofs.byRecord.get(`${object.type.kind} ${object.namespace}/${name}`);
  if (release === undefined) return unreadRecord(object, name, context);
  const { owner, weakest } = releaseOwner(release, context.linkOf);
  const strength: Strength = release.decoded ? weakest : 'claimed';
  return [{ owner, strength, evidence: { strength, text: `the record of release ${name} in ${release.namespace}` } }];
}

/** The release that an object is named as a record of. */
function recordedName({ name }: ClusterObject): string | undefined {
  return name.startsWith('sh.helm.') ? /^sh\.helm\.release\.v1\.(.+)\.v\d+$/.exec(name)?.[1] : undefined;
}

/** Helm keeps its records in Secrets of its own type; the name alone is anybody's to choose. */
function isOfAnotherType({ facts: { type } }: ClusterObject): boolean {
  return type !== undefined && type !== 'helm.sh/release.v1';
}

/** A record that was left out or could not be read is still somebody's release, and no object of its own. */
function unreadRecord(object: ClusterObject, name: string, context: Context): readonly Candidate[] {
  if (labelOf(object, 'owner') !== 'helm' || context.releasesReadable(object.namespace)) return [];
  const pack = context.expected.get(`${object.namespace}/${name}`);
  const owner: Owner =
    pack === undefined
      ? { kind: 'application', via: 'helm', name, namespace: object.namespace }
      : { kind: 'pack', pack };
  const text = `named as a record of release ${name}, which was not read`;
  return [{ owner, strength: 'claimed', evidence: { strength: 'claimed', text } }];
}

/** Owners by manifest contents that are readable and certain. Marks of a release that is somebody else's disagree. */
export function manifestCandidates(object: ClusterObject, context: Context): readonly Candidate[] {
  const proofs = context.proofs.manifests(object);
  if (proofs.length === 0) return NONE;
  return proofs
    .filter(({ possible }) => !possible)
    .map(({ pack, manifest, source }) => {
      const strength = agreement(object, pack, context);
      const doubt = doubtOf(object, strength);
      return {
        owner: { kind: 'pack', pack },
        strength,
        evidence: { strength, text: `in manifest ${manifest} of pack ${pack}${doubt}`, source },
      };
    });
}

function doubtOf(object: ClusterObject, strength: Strength): string {
  if (strength === 'refuted') return `, but its annotations name release ${claimedRelease(object) ?? ''}`;
  return strength === 'claimed' && isHandMade(object) ? `, but only ${personsManager(object) ?? ''} wrote it` : '';
}

/** How far an object's Helm marks let a manifest prove it: a release that is only taken for the pack's proves no more. */
function agreement(object: ClusterObject, pack: string, context: Context): Strength {
  const claim = claimedRelease(object);
  if (claim === undefined) return isHandMade(object) ? 'claimed' : 'verified';
  const link = context.linkOf.get(claim);
  if (link !== undefined) return link.pack === pack ? link.strength : 'refuted';
  return context.expected.get(claim) === pack ? 'claimed' : 'refuted';
}

/**
 * People wrote it with their tools, and nobody else did but who binds claims and balances loads for whomever: it may bear
 * a manifest's name without being of it.
 */
function isHandMade(object: ClusterObject): boolean {
  const writers = ownWriters(object).filter(({ manager }) => !servesAll(manager));
  const byHand = writers.length > 0 && writers.every(({ manager }) => isHandTool(manager));
  return byHand && annotationOf(object, 'cluster.spectrocloud.com/last-applied-hash') === undefined;
}

/** Owners by GitOps and OLM marks. */
export function outsideCandidates(object: ClusterObject, context: Context): readonly Candidate[] {
  const argo = argoCandidate(object);
  const flux = fluxCandidate(object, context);
  const olm = olmCandidate(object);
  if (argo === undefined && flux === undefined && olm === undefined) return NONE;
  return [argo, flux, olm].filter((candidate) => candidate !== undefined);
}

function application(via: ApplicationVia, name: string, namespace: string): Owner {
  return { kind: 'application', via, name, namespace };
}

/**
 * Argo CD's tracking id names the object itself, so a copied one does not hold. Without one its label tells, where Argo CD
 * goes by labels. Source: Argo CD docs, Resource Tracking and FAQ.
 */
function argoCandidate(object: ClusterObject): Candidate | undefined {
  const id = annotationOf(object, 'argocd.argoproj.io/tracking-id');
  return id === undefined ? argoLabelled(object) : argoTracked(object, id);
}

function argoLabelled(object: ClusterObject): Candidate | undefined {
  const name = labelOf(object, 'argocd.argoproj.io/instance') ?? '';
  if (name === '') return undefined;
  const evidence = { strength: 'claimed', text: `label of Argo CD application ${name}` } as const;
  return { owner: application('argocd', name, ''), strength: 'claimed', evidence };
}

function argoTracked(object: ClusterObject, id: string): Candidate | undefined {
  const colon = id.indexOf(':');
  if (colon < 0) return undefined;
  const { group, kind } = object.type;
  const names = id.slice(colon + 1) === `${group}/${kind}:${object.namespace}/${object.name}`;
  const strength: Strength = names ? 'claimed' : 'refuted';
  const name = id.slice(0, colon);
  const text = `Argo CD tracking-id of application ${name} names ${names ? 'this very object' : 'another object'}`;
  return { owner: application('argocd', name, ''), strength, evidence: { strength, text } };
}

function fluxCandidate(object: ClusterObject, context: Context): Candidate | undefined {
  const name = labelOf(object, 'kustomize.toolkit.fluxcd.io/name');
  const namespace = labelOf(object, 'kustomize.toolkit.fluxcd.io/namespace');
  if (name === undefined || namespace === undefined) return undefined;
  const ids = context.proofs.fluxIds.get(`${namespace}/${name}`);
  const strength = fluxStrength(ids, placeKey(refOf(object)));
  const text = `labels of Flux Kustomization ${name} in ${namespace}, ${FLUX_WORDS[strength]}`;
  return { owner: application('flux', name, namespace), strength, evidence: { strength, text } };
}

const FLUX_WORDS = {
  verified: 'whose inventory contains it',
  claimed: 'whose inventory could not be read',
  refuted: 'whose inventory does not contain it',
} as const;

function fluxStrength(ids: ReadonlySet<string> | undefined, key: string): 'verified' | 'claimed' | 'refuted' {
  if (ids === undefined) return 'claimed';
  return ids.has(key) ? 'verified' : 'refuted';
}

function olmCandidate(object: ClusterObject): Candidate | undefined {
  const name = labelOf(object, 'olm.owner');
  if (name === undefined) return installedOperator(object);
  const text = `label olm.owner names ${name}`;
  const owner = application('olm', name, labelOf(object, 'olm.owner.namespace') ?? object.namespace);
  return { owner, strength: 'claimed', evidence: { strength: 'claimed', text } };
}

/** The ClusterServiceVersion is the operator itself, as far as OLM is concerned. */
function installedOperator({ type, namespace, name }: ClusterObject): Candidate | undefined {
  if (type.kind !== 'ClusterServiceVersion' || type.group !== 'operators.coreos.com') return undefined;
  const text = `the ClusterServiceVersion of operator ${name}`;
  return { owner: application('olm', name, namespace), strength: 'claimed', evidence: { strength: 'claimed', text } };
}
