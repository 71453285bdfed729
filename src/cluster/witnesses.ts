import type { CustomType, UnavailableApi } from '../model/inventory.ts';
import type { ResourceType } from '../model/resource.ts';
import { compareText } from '../model/resource.ts';
import { API_SERVICES, apiServiceOf } from './api-services.ts';
import type { ApiService } from './api-services.ts';
import { DEFINITIONS, listDefinitions } from './custom-definitions.ts';
import type { CustomDefinition } from './custom-definitions.ts';
import { servedType, versionKey } from './discovery.ts';
import type { FailedVersion } from './discovery.ts';
import { listFull } from './full-list.ts';
import { failureNews } from './ledger.ts';
import type { ListEnd } from './list-pages.ts';
import { API_SERVICE_REFERENCES } from './references/admission.ts';
import { referencesAlone, type Earlier } from './references/read-referring.ts';
import { plainText } from './plain-text.ts';
import type { Session } from './session.ts';
import { storesNothing } from './stores-nothing.ts';

/** What the witnesses of discovery have to say beside what they testify. */
export interface Testimony {
  readonly customTypes: readonly CustomType[];
  readonly unavailableApis: readonly UnavailableApi[];
}

/** A version of which it is not known what it serves is a gap, unless nothing can be stored there. */
export function recordUnanswered(session: Session, failed: Omit<FailedVersion, 'status'>): void {
  const { group, version, reason } = failed;
  const entry = { resource: group === '' ? '*' : `*.${group}`, version, scope: '' };
  if (storesNothing(group)) {
    const note = `not read, but nothing is stored there (${reason})`;
    session.ledger.record({ ...entry, state: 'complete', note });
  } else session.ledger.record({ ...entry, state: 'unknown-discovery', reason });
}

/** The reading of a witness has an entry of its own: as one of the cluster's types it may be of no matter. */
function recordReading(session: Session, type: string, listed: { end: ListEnd; items: number }): void {
  const { end, items } = listed;
  const entry = { resource: `witness/${type}`, version: 'v1', scope: '', pages: end.pages, attempts: end.attempts };
  const isFailed = end.end === 'failed';
  const news = isFailed ? failureNews(end.failure, `list ${type}`) : { state: 'complete' as const, items };
  session.ledger.record({ ...entry, ...news });
}

/** Every APIService must be available, and have answered discovery. */
function holdAgainst(session: Session, services: readonly ApiService[]): void {
  const { answered, failed } = session.catalog;
  const known = new Set(failed.map(versionKey));
  for (const { group, version, available, reason, message } of services) {
    const key = versionKey({ group, version });
    if (known.has(key)) continue;
    const why = message || reason || 'its APIService is not available';
    const missing = 'its APIService is available, but discovery does not name it';
    if (!available) recordUnanswered(session, { group, version, reason: why });
    else if (!answered.has(key)) recordUnanswered(session, { group, version, reason: missing });
  }
}

function lost({ group, version, reason }: FailedVersion): UnavailableApi {
  return { name: `${version}.${group}`, group, version, service: '', reason: 'DiscoveryFailed', message: reason };
}

/**
 * The APIs that do not answer the API server: by the word of their APIService, or because discovery met an error of the
 * server. Kubernetes' namespace controller meets the same, and does not finish the deletion of any namespace.
 */
function unavailable(session: Session, services: readonly ApiService[]): readonly UnavailableApi[] {
  const failed = new Map(
    session.catalog.failed.filter(({ status }) => status >= 500).map((one) => [versionKey(one), one]),
  );
  const registered = services.flatMap(({ available, ...service }): readonly UnavailableApi[] => {
    const { name, group, version, reason, message } = service;
    const silent = failed.get(versionKey(service));
    if (available) return silent === undefined ? [] : [{ ...lost(silent), name, service: service.service }];
    return [{ name, group, version, service: service.service, reason, message }];
  });
  const named = new Set(services.map(versionKey));
  const others = [...failed].flatMap(([key, one]) => (named.has(key) ? [] : [lost(one)]));
  return [...registered, ...others].toSorted((a, b) => compareText(a.name, b.name));
}

const OWN: ResourceType = {
  group: 'apiregistration.k8s.io',
  version: 'v1',
  resource: 'apiservices',
  singular: 'apiservice',
  kind: 'APIService',
  shortNames: [],
  namespaced: false,
  verbs: ['list'],
};

/**
 * Lists all API services, also where discovery does not name the type: that may be what discovery lacks. A cluster that
 * neither names nor serves it has none.
 */
async function listApiServices(session: Session): Promise<Earlier & { readonly services: readonly ApiService[] }> {
  const served = servedType(session.catalog, API_SERVICES) ?? { type: OWN, otherVersions: [] };
  const { end, entries } = await listFull(session, { served, namespace: '' }, (object) => [
    { services: apiServiceOf(object), references: referencesAlone(object, served.type, API_SERVICE_REFERENCES) },
  ]);
  const isNone = end.end === 'failed' && end.failure.kind === 'not-found' && served.type === OWN;
  return {
    end: isNone ? { ...end, end: 'complete' } : end,
    services: entries.flatMap(({ services }) => services),
    entries: entries.flatMap(({ references }) => references),
  };
}

async function readApiServices(session: Session) {
  const listed = await listApiServices(session);
  const { end, services, entries } = listed;
  recordReading(session, API_SERVICES, { end, items: services.length });
  holdAgainst(session, services);
  return { unavailableApis: unavailable(session, services), earlier: { end, entries } };
}

/** What discovery lacks of an established definition, as a reason; undefined when it names all that is served. */
function lacking({ catalog }: Session, { name, group, versions, established }: CustomDefinition): string | undefined {
  if (!established) return undefined;
  const found = servedType(catalog, name);
  if (found === undefined && versions.length === 0)
    return 'its definition is established, but discovery does not name it';
  const known = new Set(found === undefined ? [] : [found.type.version, ...found.otherVersions]);
  const failed = new Set(catalog.failed.map(versionKey));
  const missing = versions
    .filter(({ version, isServed }) => isServed && !known.has(version) && !failed.has(versionKey({ group, version })))
    .map(({ version }) => plainText(version));
  return missing.length === 0
    ? undefined
    : `its definition serves ${missing.join(', ')}, but discovery does not say so`;
}

function customTypeOf(session: Session, definition: CustomDefinition): readonly CustomType[] {
  const { name, group, kind, established } = definition;
  const versions = definition.versions
    .flatMap(({ version, isServed }) => (isServed ? [version] : []))
    .toSorted(compareText);
  const found = servedType(session.catalog, name);
  if (found !== undefined) return [{ group: found.type.group, kind: found.type.kind, crd: name, versions }];
  return established ? [{ group, kind, crd: name, versions }] : [];
}

async function readCustomTypes(session: Session) {
  const { end, entries } = await listDefinitions(session);
  recordReading(session, DEFINITIONS, { end, items: entries.length });
  for (const definition of entries) {
    const reason = lacking(session, definition);
    if (reason === undefined) continue;
    const resource = `discovery/${definition.name}`;
    session.ledger.record({ resource, scope: '', state: 'unknown-discovery', reason });
  }
  const customTypes = entries
    .flatMap((definition) => customTypeOf(session, definition))
    .toSorted((a, b) => compareText(a.crd, b.crd));
  return { customTypes, earlier: { end, entries: entries.flatMap(({ references }) => references) } };
}

/**
 * Holds discovery against those who must know: every version of every established CRD, and every APIService. What
 * discovery lacks becomes a gap, except for APIs that store nothing; so does a witness that cannot be read. `earlier` are
 * the references that were read by the way.
 */
export async function readWitnesses(
  session: Session,
): Promise<{ readonly testimony: Testimony; readonly earlier: ReadonlyMap<string, Earlier> }> {
  session.ledger.record({ resource: 'discovery', scope: '', state: 'complete' });
  for (const failed of session.catalog.failed) recordUnanswered(session, failed);
  const [definitions, services] = await Promise.all([readCustomTypes(session), readApiServices(session)]);
  const { customTypes } = definitions;
  const { unavailableApis } = services;
  const earlier = [
    [DEFINITIONS, definitions.earlier],
    [API_SERVICES, services.earlier],
  ] as const;
  return { testimony: { customTypes, unavailableApis }, earlier: new Map(earlier) };
}
