import { at, isRecord, listAt, textAt, textsAt } from '../../../src/cluster/json.ts';
import type { FakeCluster, FakeObject, FakeSubresource, FakeType } from '../../support/fake-api/description.ts';
import { fullName } from '../../support/fake-api/description.ts';
import { BUILT_IN_TYPES } from '../../scenarios/support/kinds.ts';
import type { Ask } from './recorder.ts';

const TABLE = 'application/json;as=Table;g=meta.k8s.io;v=v1';

async function got(ask: Ask, path: string, accept = 'application/json'): Promise<unknown> {
  const { status, body } = await ask({ method: 'GET', path, headers: { accept } });
  if (status !== 200) throw new Error(`${path}: ${status} ${body.toString()}`);
  return JSON.parse(body.toString());
}

interface Version {
  readonly group: string;
  readonly version: string;
  readonly path: string;
}

/** A version, and the names of all types that a definition makes. */
interface Served extends Version {
  readonly custom: ReadonlySet<string>;
}

function subresourceOf(entry: unknown): FakeSubresource {
  const [group = '', version] = [textAt(entry, 'group'), textAt(entry, 'version')];
  const [, name = ''] = (textAt(entry, 'name') ?? '').split('/');
  const own = { name, kind: textAt(entry, 'kind') ?? '', verbs: textsAt(entry, 'verbs') };
  return version === undefined ? own : { ...own, group, version };
}

function subresourcesOf(entries: readonly unknown[], resource: string): readonly FakeSubresource[] {
  return entries.filter((entry) => (textAt(entry, 'name') ?? '').startsWith(`${resource}/`)).map(subresourceOf);
}

/** The cells that this program reads, by the functions that the scenarios' types have. */
function columnsOf(name: string): Pick<FakeType, 'columns'> {
  const known = BUILT_IN_TYPES.find((type) => fullName(type) === name);
  return known?.columns === undefined ? {} : { columns: known.columns };
}

/** Types whose tables the server orders itself. */
const ORDERED: ReadonlyMap<string, Pick<FakeType, 'rowOrder'>> = new Map([
  [
    'flowschemas.flowcontrol.apiserver.k8s.io',
    { rowOrder: (object: FakeObject) => Number(at(object, 'spec', 'matchingPrecedence')) },
  ],
]);

function typeOf(entry: unknown, entries: readonly unknown[], { group, version, custom }: Served): FakeType {
  const resource = textAt(entry, 'name') ?? '';
  const name = group === '' ? resource : `${resource}.${group}`;
  return {
    group,
    version,
    resource,
    kind: textAt(entry, 'kind') ?? '',
    singular: textAt(entry, 'singularName') ?? '',
    namespaced: at(entry, 'namespaced') === true,
    verbs: textsAt(entry, 'verbs'),
    shortNames: textsAt(entry, 'shortNames'),
    categories: textsAt(entry, 'categories'),
    subresources: subresourcesOf(entries, resource),
    custom: custom.has(name),
    ...columnsOf(name),
    ...ORDERED.get(name),
  };
}

async function typesOf(ask: Ask, of: Version, custom: ReadonlySet<string>): Promise<readonly FakeType[]> {
  const entries = listAt(await got(ask, of.path), 'resources');
  const own = entries.filter((entry) => !(textAt(entry, 'name') ?? '').includes('/'));
  return own.map((entry) => typeOf(entry, entries, { ...of, custom }));
}

async function versions(ask: Ask): Promise<readonly Version[]> {
  const groups = listAt(await got(ask, '/apis'), 'groups');
  const named = groups.flatMap((entry) => {
    const group = textAt(entry, 'name') ?? '';
    return listAt(entry, 'versions').map((one) => {
      const version = textAt(one, 'version') ?? '';
      return { group, version, path: `/apis/${group}/${version}` };
    });
  });
  return [{ group: '', version: 'v1', path: '/api/v1' }, ...named];
}

/** One type for all versions of a group that serve it, the first being preferred. */
function joined(types: readonly FakeType[]): readonly FakeType[] {
  const byName = new Map<string, FakeType>();
  for (const type of types) {
    const first = byName.get(fullName(type));
    const otherVersions = [...(first?.otherVersions ?? []), type.version];
    byName.set(fullName(type), first === undefined ? type : { ...first, otherVersions });
  }
  return [...byName.values()];
}

function isObject(value: unknown): value is FakeObject {
  return isRecord(value) && textAt(value, 'metadata', 'name') !== undefined;
}

async function contentsOf(ask: Ask, type: FakeType): Promise<readonly [FakeType, readonly FakeObject[]]> {
  if (!(type.verbs ?? []).includes('list')) return [type, []];
  const path = `${type.group === '' ? '/api' : `/apis/${type.group}`}/${type.version}/${type.resource}`;
  const columnDefinitions = listAt(await got(ask, `${path}?limit=1`, TABLE), 'columnDefinitions');
  const list = await got(ask, path);
  const computed = at(list, 'metadata', 'resourceVersion') === undefined;
  return [{ ...type, columnDefinitions, computed }, listAt(list, 'items').filter(isObject)];
}

/** The types of a real server as its legacy discovery names them, and all objects, for the fake one to serve. */
export async function exported(ask: Ask): Promise<FakeCluster> {
  const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  const custom = new Set(
    listAt(await got(ask, definitions), 'items').map((one) => textAt(one, 'metadata', 'name') ?? ''),
  );
  const lists = await Promise.all((await versions(ask)).map((version) => typesOf(ask, version, custom)));
  const contents = await Promise.all(joined(lists.flat()).map((type) => contentsOf(ask, type)));
  return {
    discovery: 'aggregated',
    version: await got(ask, '/version'),
    types: contents.map(([type]) => type),
    objects: new Map(contents.map(([type, objects]) => [fullName(type), objects])),
  };
}
