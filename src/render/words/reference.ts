import type { RuleId, Severity } from '../../model/finding.ts';

/** What the documentation says of one rule. */
export interface RuleReference {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly meaning: string;
  readonly why: string;
  readonly remedy: string;
}

/** The documentation of every rule, most severe first; a rule without one does not compile. */
export const REFERENCE: { readonly [Id in RuleId]: RuleReference & { readonly rule: Id } } = {
  'unmanaged-resource': {
    rule: 'unmanaged-resource',
    severity: 'error',
    meaning: 'A namespace that a pack claims holds an application that no Palette pack owns.',
    why: "Palette destroys the pack's namespace with all that is in it when the pack is removed, this application and its data included.",
    remedy: 'Move the application to a namespace that no pack claims, before any pack of this namespace is removed.',
  },
  'shared-namespace': {
    rule: 'shared-namespace',
    severity: 'error',
    meaning: 'Two or more packs claim the same namespace.',
    why: 'Removing one of them, or leaving it out of the next profile version, destroys the objects of all.',
    remedy: 'Give every pack a namespace of its own in its values; the recommendation says which pack stays.',
  },
  'agent-namespace': {
    rule: 'agent-namespace',
    severity: 'error',
    meaning: "A pack claims a namespace in which Palette's own agent lives.",
    why: 'Removing the pack can destroy the agent, and with it the link between the cluster and Palette.',
    remedy: "Give the pack a namespace of its own in its values; leave the agent's namespace to Palette.",
  },
  'former-namespace': {
    rule: 'former-namespace',
    severity: 'warning',
    meaning: 'A release of the pack lies in another namespace than the pack declares now.',
    why: 'The namespace was changed and the old one was left behind; removing the pack can destroy both.',
    remedy: 'Find out which of the two releases serves, and let the pack and its release agree on one namespace.',
  },
  'protected-namespace': {
    rule: 'protected-namespace',
    severity: 'warning',
    meaning: 'A pack claims default, kube-system or kube-public, which Kubernetes refuses to delete.',
    why: 'What Palette does to the contents of such a namespace is not public.',
    remedy: 'Give the pack a namespace of its own where it allows that, and ask Spectro Cloud before a removal.',
  },
  'claim-refuted': {
    rule: 'claim-refuted',
    severity: 'warning',
    meaning: 'Resources bear the marks of an owner whose proof was read and does not contain them.',
    why: "Labels can be copied; who trusts them takes for the pack what is somebody else's.",
    remedy: "Ask who made the resources and correct their labels and annotations; until then they count as nobody's.",
  },
  'owner-conflict': {
    rule: 'owner-conflict',
    severity: 'warning',
    meaning: 'Two owners are proven for the same resource.',
    why: 'Each of them rewrites or removes what the other needs.',
    remedy: 'Take the resource out of one of the two definitions.',
  },
  'labels-not-applied': {
    rule: 'labels-not-applied',
    severity: 'warning',
    meaning: 'The live namespace lacks labels that a pack declares for it.',
    why: 'Policies that select namespaces by label, Pod Security for one, do not see it.',
    remedy: "Look at the pack's status in Palette for why the labels were not set.",
  },
  'annotations-not-applied': {
    rule: 'annotations-not-applied',
    severity: 'warning',
    meaning: 'The live namespace lacks annotations that a pack declares for it.',
    why: 'What reads them does not do what the profile says.',
    remedy: "Look at the pack's status in Palette for why the annotations were not set.",
  },
  'invalid-namespace-name': {
    rule: 'invalid-namespace-name',
    severity: 'warning',
    meaning: 'A definition names a namespace that Kubernetes would refuse.',
    why: 'The pack cannot be deployed there, and what it claims instead is not known.',
    remedy: 'Use at most 63 of a-z, 0-9 and "-", with a letter or digit at both ends.',
  },
  'invalid-label-text': {
    rule: 'invalid-label-text',
    severity: 'warning',
    meaning: 'A part of namespaceLabels or namespaceAnnotations is not of the form key=value.',
    why: 'Palette does not set what it cannot read.',
    remedy: 'Write the entries as key=value, separated by commas.',
  },
  'name-not-text': {
    rule: 'name-not-text',
    severity: 'warning',
    meaning: 'A name is written without quotes in a way that YAML reads as a number, a boolean or a date.',
    why: 'Readers disagree about its value: 017 is 15 for one and 17 for another.',
    remedy: 'Put the name in quotes.',
  },
  'definition-unreadable': {
    rule: 'definition-unreadable',
    severity: 'warning',
    meaning: "A part of a pack's definition could not be read.",
    why: 'What the pack claims by it is not known, so nothing can be called clear.',
    remedy: 'Correct the definition at the place named and run the audit again.',
  },
  'duplicate-pack': {
    rule: 'duplicate-pack',
    severity: 'warning',
    meaning: 'The same pack is defined more than once.',
    why: 'Which definition wins is not told; the audit counts the claims of all.',
    remedy: 'Keep one definition, or give the packs different names.',
  },
  'definitions-differ': {
    rule: 'definitions-differ',
    severity: 'warning',
    meaning: 'File and cluster disagree about a pack.',
    why: 'One of them is not what a removal will act on; the audit counts the claims of both.',
    remedy: 'Give the file that was deployed, or leave it out and let the cluster tell.',
  },
  'namespace-missing': {
    rule: 'namespace-missing',
    severity: 'warning',
    meaning: 'A pack is installed, but a namespace that it declares does not exist.',
    why: 'The pack may be broken, or what it declares is not what is deployed.',
    remedy: "Look at the pack's status in Palette.",
  },
  'namespace-terminating': {
    rule: 'namespace-terminating',
    severity: 'warning',
    meaning: 'A namespace at stake is being deleted.',
    why: 'All that it holds is lost when its finalizers are done.',
    remedy: 'Find out who deleted it; save what is still needed from it.',
  },
  'namespace-deletion-blocked': {
    rule: 'namespace-deletion-blocked',
    severity: 'warning',
    meaning:
      'An API that the cluster registers does not answer, or a type can be converted to no version that is served.',
    why: 'Kubernetes cannot tell what such an API holds, so that the deletion of any namespace hangs half done, and with it the removal of a pack. A metrics API stores nothing; what another one holds is not seen, which is a gap as well.',
    remedy:
      'Repair the service behind the APIService or the conversion webhook, or delete the APIService if nobody needs it any more.',
  },
  'label-not-checked': {
    rule: 'label-not-checked',
    severity: 'info',
    meaning: 'A declared label or annotation holds a macro that could not be resolved.',
    why: 'Whether the namespace has it was not checked.',
    remedy: 'Give the value with --var name=value.',
  },
  'stray-label-key': {
    rule: 'stray-label-key',
    severity: 'info',
    meaning: 'namespaceLabels or namespaceAnnotations names a namespace that the pack does not claim otherwise.',
    why: 'Palette labels it nevertheless; often the key is a slip.',
    remedy: 'Correct the key, or take it out.',
  },
  'draft-only': {
    rule: 'draft-only',
    severity: 'info',
    meaning: 'A profile has a draft and nothing published.',
    why: 'The cluster cannot run what was read; the published profile may come out different.',
    remedy: 'Publish the profile, or audit the version that the cluster uses.',
  },
  leftover: {
    rule: 'leftover',
    severity: 'info',
    meaning: 'Resources carry the mark of a pack but are in none of its current definitions.',
    why: 'Palette does not clean up after updates; they go with the namespace.',
    remedy: 'Nothing for the separation. Remove them by hand when you know that nothing uses them.',
  },
  'owner-missing': {
    rule: 'owner-missing',
    severity: 'info',
    meaning: 'Resources name owners that are not there, or that live in another namespace.',
    why: 'The garbage collector may delete them at any time, whatever becomes of the pack.',
    remedy: 'Take the owner reference off what should stay.',
  },
  'other-cluster': {
    rule: 'other-cluster',
    severity: 'info',
    meaning: 'The cluster holds the agent namespace of another cluster, such as a virtual one.',
    why: "Its packs are the other cluster's and say nothing about this one.",
    remedy: 'Audit the other cluster by itself, or choose it with --cluster-uid.',
  },
};
