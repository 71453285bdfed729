import { refOf, type ClusterObject, type NamespaceRecord } from '../model/inventory.ts';
import type { Reference } from '../model/reference.ts';
import type { HangRisk } from '../model/removal.ts';
import { compareRefs, compareText, type ObjectRef } from '../model/resource.ts';
import type { Aftermath } from './aftermath.ts';
import { factsOf } from './check.ts';
import { finalizerRisks } from './finalizer-risks.ts';
import { membersOf } from './destruction.ts';
import { isNamespace, type World } from './world.ts';

/** Causes in the order in which they are told: what holds every namespace first. */
const CAUSES: readonly HangRisk['cause'][] = [
  'already-terminating',
  'api-unavailable',
  'api-served-from-inside',
  'webhook-served-from-inside',
  'controller-goes',
  'controller-not-running',
  'volume-in-use',
  'controller-unknown',
];

/** Why the deletion may not end, in output order. */
export function hangRisks(after: Aftermath): readonly HangRisk[] {
  const risks = [...terminating(after), ...apiRisks(after), ...webhookRisks(after), ...finalizerRisks(after)];
  return risks.toSorted(inOrder);
}

function inOrder(a: HangRisk, b: HangRisk): number {
  return (
    CAUSES.indexOf(a.cause) - CAUSES.indexOf(b.cause) ||
    compareRefs(a.subject, b.subject) ||
    compareText(JSON.stringify([...a.facts]), JSON.stringify([...b.facts]))
  );
}

/**
 * The namespace controller finishes no namespace while discovery fails for any API, also one that stores nothing. An
 * APIService that goes itself holds nothing up in the end.
 */
function apiRisks(after: Aftermath): readonly HangRisk[] {
  const { world, goes, namespaces } = after;
  if (namespaces.size === 0) return [];
  const served = world.references('api-service').filter(({ from }) => !goes(from));
  const named = new Set(served.map(({ from }) => from.name));
  const others = world.subject.inventory.unavailableApis
    .filter(({ name }) => !named.has(name) && !goes(apiServiceRef(name)))
    .map(({ name, service, reason }) => risk('api-unavailable', apiServiceRef(name), { service, reason }));
  return [...served.flatMap((reference) => servedApiRisk(reference, after)), ...others];
}

function apiServiceRef(name: string): ObjectRef {
  return { group: 'apiregistration.k8s.io', kind: 'APIService', namespace: '', name };
}

function servedApiRisk({ from, to, facts }: Reference, { goes }: Aftermath): readonly HangRisk[] {
  const told = { service: `${to.namespace}/${to.name}`, reason: facts.get('reason') };
  if (goes(to)) return [risk('api-served-from-inside', from, told)];
  return facts.get('available') === 'True' ? [] : [risk('api-unavailable', from, told)];
}

function risk(
  cause: HangRisk['cause'],
  subject: HangRisk['subject'],
  facts: Readonly<Record<string, string | undefined>>,
): HangRisk {
  return { cause, subject, facts: factsOf(facts), count: 1 };
}

/** Webhooks that are called when objects are deleted or lose a finalizer, and that nobody answers any more. */
function webhookRisks({ world, goes }: Aftermath): readonly HangRisk[] {
  return world
    .references('webhook')
    .filter(({ from, to, facts }) => goes(to) && !goes(from) && facts.get('failurePolicy') !== 'Ignore')
    .filter(isCalledOnDeletion)
    .map(({ from, to, facts }) =>
      risk('webhook-served-from-inside', from, {
        service: `${to.namespace}/${to.name}`,
        webhook: facts.get('webhook'),
        operations: facts.get('operations'),
        resources: facts.get('resources'),
      }),
    );
}

const HOLDING: ReadonlySet<string> = new Set(['*', 'DELETE', 'UPDATE']);

function isCalledOnDeletion({ facts }: Reference): boolean {
  const operations = facts.get('operations');
  return operations === undefined || operations.split(', ').some((operation) => HOLDING.has(operation));
}

/** Namespaces whose deletion has begun and not ended. */
function terminating({ world, set }: Aftermath): readonly HangRisk[] {
  return membersOf(set, isNamespace).flatMap(({ object }): HangRisk[] => {
    const since = deletionOf(object, world);
    if (since === undefined) return [];
    const facts = factsOf({
      since,
      packs: packsBeingRemoved(object.name, world),
      conditions: conditionsOf(object, world),
    });
    const count = (world.byNamespace.get(object.name) ?? []).length;
    return [{ cause: 'already-terminating', subject: refOf(object), facts, count }];
  });
}

function deletionOf({ name, deletingSince }: ClusterObject, world: World): string | undefined {
  return deletingSince ?? recordOf(name, world)?.deletingSince;
}

function recordOf(namespace: string, { subject }: World): NamespaceRecord | undefined {
  return subject.inventory.namespaces.find(({ name }) => name === namespace);
}

/** What Kubernetes says keeps a namespace from going; conditions that are over have the status False. */
function conditionsOf({ name }: ClusterObject, world: World): string {
  const held = (recordOf(name, world)?.conditions ?? []).filter(({ status }) => status !== 'False');
  return held.map(({ type, reason, message }) => `${type} (${message || reason || 'no reason given'})`).join('; ');
}

function packsBeingRemoved(namespace: string, { subject: { stakes, states } }: World): string {
  const packs = stakes
    .filter((stake) => stake.namespace === namespace && states.get(stake.pack) === 'being removed')
    .map(({ pack }) => pack);
  return [...new Set(packs)].toSorted(compareText).join(', ');
}
