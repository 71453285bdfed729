import type { ClaimTemplates, ClusterObject, FluxInventory } from '../model/inventory.ts';
import { compareText, refKey, typeName } from '../model/resource.ts';
import { sideBySide } from './concurrency.ts';
import { servedType } from './discovery.ts';
import { listFull } from './full-list.ts';
import { listAt, textAt } from './json.ts';
import { failureNews, scopeWords } from './ledger.ts';
import type { Session } from './session.ts';

const STATEFUL_SETS = 'statefulsets.apps';

function namespacesWith(objects: readonly ClusterObject[], type: string): ReadonlySet<string> {
  return new Set(objects.filter((object) => typeName(object.type) === type).map(({ namespace }) => namespace));
}

function templatesOf(object: unknown): readonly ClaimTemplates[] {
  const templates = listAt(object, 'spec', 'volumeClaimTemplates')
    .map((template) => textAt(template, 'metadata', 'name') ?? '')
    .filter((name) => name !== '');
  const namespace = textAt(object, 'metadata', 'namespace') ?? '';
  const statefulSet = textAt(object, 'metadata', 'name') ?? '';
  const uid = textAt(object, 'metadata', 'uid') ?? '';
  return templates.length === 0 ? [] : [{ namespace, statefulSet, uid, templates: templates.toSorted(compareText) }];
}

/** Reads the claim templates of StatefulSets where there are both such sets and claims. A failure is a gap. */
export async function readClaimTemplates(
  session: Session,
  objects: readonly ClusterObject[],
): Promise<readonly ClaimTemplates[]> {
  const served = servedType(session.catalog, STATEFUL_SETS);
  if (served === undefined) return [];
  const withClaims = namespacesWith(objects, 'persistentvolumeclaims');
  const namespaces = [...namespacesWith(objects, STATEFUL_SETS)].filter((namespace) => withClaims.has(namespace));
  const found = await sideBySide(namespaces, async (namespace) => {
    const { end, entries } = await listFull(session, { served, namespace }, templatesOf);
    if (end.end === 'failed') {
      const news = failureNews(end.failure, `list ${STATEFUL_SETS} in namespace ${namespace}`);
      session.ledger.record({ resource: STATEFUL_SETS, scope: namespace, ...news });
    }
    return entries;
  });
  return found
    .flat()
    .toSorted((a, b) => compareText(a.namespace, b.namespace) || compareText(a.statefulSet, b.statefulSet));
}

const KUSTOMIZATIONS = 'kustomizations.kustomize.toolkit.fluxcd.io';

/** Flux's object id `NAMESPACE_NAME_GROUP_KIND`, where `__` in the name stands for `:`, as the key of an object. */
function idKey(id: string): string | undefined {
  const parts = id.split('_');
  const kind = parts.at(-1);
  const group = parts.at(-2);
  const namespace = parts[0];
  if (parts.length < 4 || kind === undefined || group === undefined || namespace === undefined) return undefined;
  const name = parts.slice(1, -2).join('_').replaceAll('__', ':');
  return refKey({ group, kind, namespace, name });
}

function fluxInventoryOf(object: unknown): readonly FluxInventory[] {
  const ids = listAt(object, 'status', 'inventory', 'entries')
    .map((entry) => idKey(textAt(entry, 'id') ?? ''))
    .filter((id) => id !== undefined)
    .toSorted(compareText);
  const namespace = textAt(object, 'metadata', 'namespace') ?? '';
  return [{ kind: 'Kustomization', namespace, name: textAt(object, 'metadata', 'name') ?? '', ids }];
}

/**
 * Reads what Flux's Kustomizations say they applied. Without it their labels prove nothing, so to an audit a failure is a
 * note; what goes with a Kustomization is then not known to a removal.
 */
export async function readFluxInventories(session: Session): Promise<readonly FluxInventory[]> {
  const served = servedType(session.catalog, KUSTOMIZATIONS);
  if (served === undefined) return [];
  const { end, entries } = await listFull(session, { served, namespace: '' }, fluxInventoryOf);
  if (end.end === 'failed') {
    const note = `inventories of Flux were not read: ${end.failure.reason}`;
    session.ledger.record({ resource: 'discovery', scope: '', state: 'complete', note });
    const news = failureNews(end.failure, `list ${KUSTOMIZATIONS} ${scopeWords('')}`);
    session.ledger.record({ resource: `references/${KUSTOMIZATIONS}`, scope: '', ...news });
  }
  return entries.toSorted((a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name));
}
