/** Owners that a report names by their kind alone. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['helm', 'Helm release'],
  ['argocd', 'Argo CD application'],
  ['flux', 'Flux'],
  ['olm', 'OLM operator'],
  ['label', 'common label'],
  ['object', 'nobody known'],
  ['person', 'nobody'],
  ['palette', 'Palette itself'],
  ['kubernetes', 'Kubernetes'],
  ['injected', 'injected everywhere'],
  ['leftover', 'leftover of a pack'],
  ['unexplained', 'nobody known'],
  ['', 'nobody known'],
]);

/** An owner as reports name it: a kind such as `helm` or `unexplained` in words, anything else as it stands. */
export function ownerText(owner: string): string {
  return KINDS.get(owner) ?? owner;
}
