import { annotationOf } from '../model/evidence-keys.ts';
import type { Attribution } from '../model/attribution.ts';
import type { Reached, ResourceExplanation } from '../model/explanation.ts';
import { listed } from '../model/listed.ts';
import { lastWriter, ownWriters, type ClusterObject, type Inventory } from '../model/inventory.ts';
import type { CoverageGap, CoverageSummary, ExplainedStake } from '../model/report.ts';
import { kindName, typeName, type ResourceType } from '../model/resource.ts';
import type { Subject } from '../model/subject.ts';
import { changesOf } from './answer-changes.ts';
import { auditedOf, isComplete } from './audit.ts';
import { claimsOf } from './claims.ts';
import { wholeCoverage } from './coverage.ts';
import { lossesOf, withReached } from './losses.ts';
import type { Audited } from './rule.ts';
import { claimingPacks, stakeSummaries } from './summaries.ts';

/** The resource to explain. `namespace` is '' for a type without namespaces; `others` are types of the same name. */
export interface Question {
  readonly type: ResourceType;
  readonly others: readonly ResourceType[];
  readonly namespace: string;
  readonly name: string;
  /** Which removals take an object along, by following each through the whole cluster. */
  readonly reachedBy: (object: ClusterObject) => readonly Reached[];
  /** What was not read of that which these rest on; '' when all was. */
  readonly unread: string;
}

/**
 * Says whose one resource is, by which evidence, what the removal of a pack does to it, and what would change that.
 * A resource that was not found is left undefined: only the coverage tells whether that means that it is not there.
 */
export function explainResource(subject: Subject, question: Question): ResourceExplanation {
  const { type, namespace, name } = question;
  const found = subject.attributions.find(({ object }) => isAsked(object, question));
  const packs = claimingPacks(subject);
  const coverage = neededCoverage(subject, question);
  const claims = claimsOf({ ...subject, narrowedTo: [] });
  const reached = found === undefined ? [] : question.reachedBy(found.object);
  const losses = withReached(lossesOf(found, { subject, claims, namespace }), reached);
  return {
    cluster: subject.inventory.cluster,
    takenAt: subject.inventory.takenAt,
    complete: coverage.complete && isComplete(subject, coverage, packs),
    coverage,
    packs,
    type,
    otherTypes: question.others.map(typeName),
    namespace,
    name,
    ...whose(found),
    stakes: stakesOn(auditedOf({ ...subject, narrowedTo: [namespace] })),
    losses,
    changes: changesOf(found, { subject, coverage, packs, losses, namespace }),
  };
}

/** Two groups serve the same events, which are read once. Source: Kubernetes API reference, Event. */
const EVENT_GROUPS: ReadonlySet<string> = new Set(['', 'events.k8s.io']);

function isAsked(object: ClusterObject, { type, namespace, name }: Question): boolean {
  if (object.name !== name || object.namespace !== namespace || object.type.kind !== type.kind) return false;
  const isEvent = type.kind === 'Event' && EVENT_GROUPS.has(type.group) && EVENT_GROUPS.has(object.type.group);
  return object.type.group === type.group || isEvent;
}

type Whose = Pick<
  ResourceExplanation,
  'resource' | 'deletingSince' | 'owner' | 'strength' | 'evidence' | 'conflict' | 'root' | 'lastWrite'
>;

const NOBODY_KNOWS: Whose = {
  resource: undefined,
  deletingSince: undefined,
  owner: undefined,
  strength: 'none',
  evidence: [],
  conflict: [],
  root: '',
  lastWrite: { manager: '', at: '' },
};

function whose(found: Attribution | undefined): Whose {
  if (found === undefined) return NOBODY_KNOWS;
  const { object, owner, strength, evidence, conflict, root } = found;
  const last = ownWriters(object).at(-1) ?? object.writers.at(-1);
  return {
    resource: { ...listed(object), labels: new Map() },
    deletingSince: object.deletingSince,
    owner,
    strength,
    evidence: [...evidence, ...marks(found)],
    conflict,
    root: root === object ? '' : `${kindName(root.type)}/${root.name}`,
    lastWrite: { manager: lastWriter(object), at: last?.at ?? '' },
  };
}

/** The annotations that Helm leaves, where they say what the record proved. */
function marks({ object, strength, evidence }: Attribution): Attribution['evidence'] {
  const release = annotationOf(object, 'meta.helm.sh/release-name') ?? '';
  const proved = evidence.some(({ text }) => text.startsWith(`in the manifest of release ${release} in `));
  if (strength !== 'verified' || !proved) return [];
  return [{ strength: 'verified', text: 'annotations meta.helm.sh/release-name and release-namespace agree' }];
}

function stakesOn(audited: Audited): readonly ExplainedStake[] {
  const viaOf = (pack: string): readonly string[] =>
    audited.claims.filter((claim) => claim.pack === pack).flatMap(({ via }) => via);
  return stakeSummaries(audited).map((stake) => Object.assign({ via: viaOf(stake.pack) }, stake));
}

/** Whatever takes it along may lie anywhere: the answer needs the whole cluster, and the asked type whatever its verbs are. */
function neededCoverage(subject: Subject, { type, namespace, unread }: Question): CoverageSummary {
  const coverage = wholeCoverage(subject);
  const gap = unseenType(subject.inventory, type, namespace);
  const isKnown = gap === undefined || coverage.gaps.some(({ resources }) => resources.includes(typeName(type)));
  const more = [...(isKnown ? [] : [gap]), ...(unread === '' ? [] : [unreadGap(unread)])];
  return more.length === 0 ? coverage : { ...coverage, complete: false, gaps: [...coverage.gaps, ...more] };
}

function unreadGap(needs: string): CoverageGap {
  return { state: 'failed', resources: ['references'], scopes: [''], needs: '', reason: needs };
}

function unseenType({ coverage }: Inventory, type: ResourceType, namespace: string): CoverageGap | undefined {
  const resource = typeName(type);
  const entries = coverage.filter((one) => one.resource === resource && ['', namespace].includes(one.scope));
  if (entries.some(({ state }) => state === 'complete')) return undefined;
  const [entry] = entries;
  const { state, needs, reason } = entry ?? { state: 'failed', needs: '', reason: 'not read' };
  return { state, resources: [resource], scopes: [entry?.scope ?? namespace], needs, reason };
}
