import type { ObjectRef } from '../../model/resource.ts';
import { at, isRecord, textAt } from '../json.ts';
import { coreRef, pointer } from './referring.ts';
import type { Pointer, Referring, ReferringType } from './referring.ts';

/** Providers nest their references at many places; deeper than this there are none. */
const DEEPEST = 12;

/** Every object below `value` with the key it stands under; in a list, the list's key. */
function* keyedObjects(value: unknown, key: string, depth: number): Generator<readonly [string, unknown]> {
  if (depth > DEEPEST) return;
  if (Array.isArray(value)) for (const entry of value) yield* keyedObjects(entry, key, depth + 1);
  if (!isRecord(value)) return;
  yield [key, value];
  for (const [below, entry] of Object.entries(value)) yield* keyedObjects(entry, below, depth + 1);
}

function issuerSecret([key, entry]: readonly [string, unknown]): string {
  const named = key.toLowerCase().endsWith('secretref') ? textAt(entry, 'name') : undefined;
  return named ?? textAt(entry, 'secretName') ?? '';
}

/** cert-manager looks for these Secrets in its cluster resource namespace, which the issuer does not name. */
function issuerOf({ object }: Referring): readonly Pointer[] {
  const names = [...keyedObjects(at(object, 'spec'), 'spec', 0)].map(issuerSecret);
  return [...new Set(names)]
    .filter((name) => name !== '')
    .map((name) => pointer('issuer-secret', coreRef('Secret', '', name)));
}

const SECRET_KEYS = ['secretref', 'certref', 'clientcert', 'clientkey'];

/** Which kind a store's reference is of, by its key; undefined for what is no reference. */
function kindUnder(key: string, entry: unknown): string | undefined {
  const lower = key.toLowerCase();
  if (lower.endsWith('serviceaccountref') || lower === 'serviceaccount') return 'ServiceAccount';
  if (lower === 'caprovider') return textAt(entry, 'type') ?? 'Secret';
  return SECRET_KEYS.some((end) => lower.endsWith(end)) ? 'Secret' : undefined;
}

function storedIn([key, entry]: readonly [string, unknown]): readonly ObjectRef[] {
  const kind = kindUnder(key, entry);
  const namespace = textAt(entry, 'namespace');
  const name = textAt(entry, 'name');
  return kind === undefined || namespace === undefined || name === undefined ? [] : [coreRef(kind, namespace, name)];
}

function storeOf({ object }: Referring): readonly Pointer[] {
  const provider = at(object, 'spec', 'provider');
  return [...keyedObjects(provider, 'provider', 0)].flatMap(storedIn).map((to) => pointer('store-secret', to));
}

/** What issues certificates or fetches secrets for all namespaces. Sources: CRDs of cert-manager and External Secrets. */
export const NAMED_SECRET_TYPES: readonly ReferringType[] = [
  { type: 'clusterissuers.cert-manager.io', take: issuerOf },
  { type: 'clustersecretstores.external-secrets.io', take: storeOf },
];
