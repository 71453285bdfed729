import { annotationOf } from '../model/evidence-keys.ts';
import type { Attribution } from '../model/attribution.ts';
import type { GapReason } from '../model/definition.ts';
import type { AnswerChange, ChangeCode, Loss } from '../model/explanation.ts';
import type { CoverageSummary, PackSummary } from '../model/report.ts';
import type { Subject } from '../model/subject.ts';
import { isUnmanaged } from './holdings.ts';

/** What an answer rests on, besides the attribution itself. */
export interface Grounds {
  readonly subject: Subject;
  readonly coverage: CoverageSummary;
  readonly packs: readonly PackSummary[];
  readonly losses: readonly Loss[];
  readonly namespace: string;
}

/** What would make the answer another one, or a surer one: what to read, what to give, what to mark, where to move. */
export function changesOf(found: Attribution | undefined, grounds: Grounds): readonly AnswerChange[] {
  const changes = [
    ...rightChanges(grounds.coverage),
    ...(found === undefined ? [] : [...proofChanges(found, grounds), ...ownerChanges(found, grounds)]),
  ];
  return [...new Map(changes.map((one) => [JSON.stringify(one), one])).values()];
}

function change(code: ChangeCode, ...subjects: readonly string[]): AnswerChange {
  return { code, subjects };
}

function rightChanges({ gaps }: CoverageSummary): readonly AnswerChange[] {
  const rights = gaps.filter(({ needs }) => needs !== '');
  const excluded = gaps.some(({ state }) => state === 'excluded') ? [change('read-releases')] : [];
  return [...rights.map(({ needs, scopes }) => change('right', needs, ...scopes)), ...excluded];
}

/** What could prove more than was proved: the record of a claimed release, and manifests that were not read. */
function proofChanges(found: Attribution, { packs, subject, namespace }: Grounds): readonly AnswerChange[] {
  if (found.strength === 'verified') return [];
  const claimed = found.strength === 'claimed' ? releaseOf(found.root) : undefined;
  const near = new Set(subject.stakes.filter((stake) => stake.namespace === namespace).map(({ pack }) => pack));
  const own = found.owner.kind === 'pack' ? found.owner.pack : '';
  const unread = packs
    .filter(({ name }) => namespace === '' || near.has(name) || name === own)
    .flatMap(unreadManifests);
  return [...(claimed === undefined ? [] : [change('release-record', ...claimed)]), ...unread];
}

function releaseOf(object: Attribution['root']): readonly [name: string, namespace: string] | undefined {
  const name = annotationOf(object, 'meta.helm.sh/release-name');
  const namespace = annotationOf(object, 'meta.helm.sh/release-namespace');
  return name === undefined || namespace === undefined ? undefined : [name, namespace];
}

const UNREAD: ReadonlySet<GapReason> = new Set([
  'manifest-only-referenced',
  'manifest-unreadable',
  'template-not-evaluated',
  'chart-unreadable',
]);

function unreadManifests({ name, gaps }: PackSummary): readonly AnswerChange[] {
  const unread = gaps.filter(({ reason }) => UNREAD.has(reason));
  const isUnknown = gaps.some(({ reason }) => reason === 'content-unknown');
  return [
    ...unread.map(({ subject }) => change('manifest-body', subject, name)),
    ...(isUnknown ? [change('pack-content', name)] : []),
  ];
}

function ownerChanges(found: Attribution, grounds: Grounds): readonly AnswerChange[] {
  const { owner, refuted, conflict } = found;
  const destroying = grounds.losses.filter(({ cause }) => cause === 'namespace').map(({ pack }) => pack);
  const canBeMoved = destroying.length > 0 && destroying.length === grounds.losses.length && isUnmanaged(found);
  return [
    ...(conflict.length === 0 ? [] : [change('one-proof', ...conflict)]),
    ...(refuted === undefined ? [] : [change('refuted-mark', refuted)]),
    ...(owner.kind === 'pack' ? inferredReleases(owner.pack, found, grounds) : []),
    ...(isNobodys(found) ? [change('definition')] : []),
    ...(canBeMoved ? [change('move', grounds.namespace, ...destroying)] : []),
  ];
}

/** Without any owner that evidence speaks for, and not with too many of them. */
function isNobodys({ owner, conflict }: Attribution): boolean {
  return owner.kind === 'person' || (owner.kind === 'unexplained' && conflict.length === 0);
}

/** A release that only a naming rule links to the pack becomes proof once the pack's values name it. */
function inferredReleases(pack: string, { strength }: Attribution, { subject }: Grounds): readonly AnswerChange[] {
  if (strength !== 'inferred') return [];
  return subject.links
    .filter((link) => link.pack === pack && link.strength === 'inferred')
    .map(({ release }) => {
      const slash = release.indexOf('/');
      return change('release-name', release.slice(slash + 1), release.slice(0, slash), pack);
    });
}
