import type { ApplicationVia, Owner } from '../../model/attribution.ts';
import type { ResourceExplanation } from '../../model/explanation.ts';
import { list } from '../counts.ts';

const VIA: Readonly<Record<ApplicationVia, string>> = {
  helm: 'Helm release',
  argocd: 'Argo CD application',
  flux: 'Flux Kustomization',
  olm: 'OLM operator',
  label: 'application',
  object: 'application',
};

/** `belongs to`, as strongly as the evidence lets it be said. */
function belongs(strength: ResourceExplanation['strength']): string {
  if (strength === 'verified') return 'belongs to';
  return strength === 'claimed' ? 'claims to belong to' : 'seems to belong to';
}

function ownerWords(owner: Owner, strength: ResourceExplanation['strength']): string {
  switch (owner.kind) {
    case 'pack':
      return `${belongs(strength)} pack ${owner.pack}`;
    case 'application':
      return `${belongs(strength)} ${VIA[owner.via]} ${owner.name}, which is no Palette pack's`;
    case 'person':
      return `is no pack's and no known application's: a person wrote it, with ${owner.manager}`;
    case 'palette':
      return "seems to be Palette's own";
    case 'kubernetes':
      return "is Kubernetes' own making";
    case 'injected':
      return `seems to be put into every namespace by ${owner.manager}`;
    case 'leftover':
      return owner.pack === '' ? 'seems left over from a pack' : `seems left over from pack ${owner.pack}`;
    case 'unexplained':
      return 'is of nobody known: no evidence names an owner';
  }
}

/** Whose the resource is, as the end of a sentence that began with its name. */
export function whoseText({ owner, strength, conflict, root }: ResourceExplanation): string {
  if (owner?.kind === 'person' && root !== '')
    return `is no pack's and no known application's: it was made for ${root}, which a person wrote with ${owner.manager}`;
  if (conflict.length > 0) return `is proven to belong to ${list(conflict)} at once, and counts as foreign`;
  return owner === undefined ? 'was not seen' : ownerWords(owner, strength);
}
