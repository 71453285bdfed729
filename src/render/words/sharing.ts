import type { FindingOf, PackMention } from '../../model/finding.ts';
import { list, plural } from '../counts.ts';
import { ownerText } from './owners.ts';
import type { Sentences } from './sentences.ts';

function profilesText(profiles: readonly string[]): string {
  return `${profiles.length === 1 ? 'profile' : 'profiles'} ${list(profiles)}`;
}

/** The packs with their profiles, said once when all have the same. */
function mentions(packs: readonly PackMention[]): string {
  const [first] = packs;
  const same = packs.every(({ profiles }) => profiles.join('\n') === first?.profiles.join('\n'));
  if (first === undefined || !same || first.profiles.length === 0) return list(packs.map(mention));
  const all = packs.length === 2 ? 'both' : 'all';
  return `${list(packs.map(({ pack }) => pack))} (${all} of ${profilesText(first.profiles)})`;
}

function mention({ pack, profiles }: PackMention): string {
  return profiles.length === 0 ? pack : `${pack} (${profilesText(profiles)})`;
}

function sharing({ namespace, facts: { packs, destroying } }: FindingOf<'shared-namespace'>): string {
  return `Packs ${mentions(packs)} share ${namespace}: ${sharingEffect(packs.length, destroying)}.`;
}

function sharingEffect(packs: number, destroying: readonly string[] | undefined): string {
  if (destroying !== undefined) {
    return `removing ${list(destroying, 'or')} destroys what ${packs === 2 ? 'both have' : `all ${packs} have`} there`;
  }
  return packs === 2 ? 'removing either destroys both' : `removing any one destroys all ${packs}`;
}

/** What the loss of applications hangs on: `with pack a or b`. */
function withPacks(packs: readonly string[]): string {
  if (packs.length === 0) return 'with any pack there';
  if (packs.length > 3) return `with any of ${packs.length} packs: ${list(packs, 'or')}`;
  return `with pack ${list(packs, 'or')}`;
}

/** Names of the applications, with their owner where one name stands for several. */
function toldApart(findings: readonly FindingOf<'unmanaged-resource'>[]): readonly string[] {
  const names = findings.map((finding) => finding.application || finding.facts.application);
  return names.map((name, at) =>
    names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${ownerText(findings[at]?.facts.owner ?? '')})`,
  );
}

/**
 * The sentence for all applications of one namespace that go with the same packs. The owner is named when there is
 * only one application.
 */
export function unmanagedSentence(findings: readonly FindingOf<'unmanaged-resource'>[]): string {
  const [first] = findings;
  if (first === undefined) return '';
  const { namespace, facts } = first;
  const names = toldApart(findings);
  if (names.length > 1) {
    return `${namespace}: ${list(names)} are not Palette's and are destroyed ${withPacks(facts.packs)}.`;
  }
  const owner = facts.owner === 'person' ? '' : ` (${ownerText(facts.owner)})`;
  return `${namespace}: ${list(names)}${owner} is not Palette's and is destroyed ${withPacks(facts.packs)}.`;
}

function protectedNamespace({ namespace, pack, facts, resources }: FindingOf<'protected-namespace'>): string {
  const packs = facts.packs.length === 0 ? [pack] : facts.packs;
  const stays = `${namespace} stays when ${packs.length === 1 ? 'pack' : plural('pack')} ${list(packs)} ${packs.length === 1 ? 'is' : 'are'} removed: Kubernetes refuses to delete it.`;
  if (facts.foreign === 0) return `${stays} The fate of its contents is unknown.`;
  const others = facts.foreign === 1 ? '1 resource there is' : `${facts.foreign} resources there are`;
  const hint = resources.length > 0 ? '' : ` (-n ${namespace} lists ${facts.foreign === 1 ? 'it' : 'them'})`;
  return `${stays} The fate of its contents is unknown; ${others} not Palette's${hint}.`;
}

/** What shares a namespace with a pack, and what its removal takes along. */
export const SHARING: Pick<
  Sentences,
  'unmanaged-resource' | 'shared-namespace' | 'agent-namespace' | 'protected-namespace' | 'former-namespace'
> = {
  'unmanaged-resource': (finding) => unmanagedSentence([finding]),
  'shared-namespace': sharing,
  'agent-namespace': ({ namespace, pack, facts }) =>
    `Pack ${pack} claims ${namespace} (${facts.source}), where Palette's own agent lives: removing the pack can cut the cluster off from Palette.`,
  'protected-namespace': protectedNamespace,
  'former-namespace': ({ namespace, pack, facts }) =>
    `${facts.release === '' ? 'A release' : `Release ${facts.release}`} of pack ${pack} is still in ${namespace}, though the pack declares ${facts.declared}: removing the pack can destroy both namespaces.`,
};
