import type { PackDefinition } from '../../src/model/definition.ts';
import { UserError } from '../../src/model/errors.ts';
import type { PackResource } from '../../src/model/pack-resource.ts';
import { packResourceDefinitions } from '../../src/profiles/pack-resources.ts';
import { readDefinitions } from '../../src/profiles/read.ts';

const FACTS = { clusterUid: '0123456789abcdef01234567', clusterName: 'prod', kubernetesVersion: '1.33.4' };

/** Reads one text as `-f file.yaml` would be. */
export function readText(text: string, variables: Readonly<Record<string, string>> = {}): readonly PackDefinition[] {
  return readDefinitions([{ kind: 'text', given: 'file.yaml', path: 'file.yaml', text }], {
    packName: undefined,
    variables: new Map(Object.entries(variables)),
    macroFacts: FACTS,
  });
}

/** The one pack of a values text. */
export function readValuesText(values: string, variables: Readonly<Record<string, string>> = {}): PackDefinition {
  return onlyOne(
    readText(exportOf([{ name: 'app', type: 'spectro', layer: 'addon', version: '1.0.0', values }]), variables),
  );
}

/** The one pack of manifest texts in a manifest layer, by name. */
export function readManifests(
  manifests: Readonly<Record<string, string>>,
  values = 'pack:\n  namespace: ""\n',
): PackDefinition {
  const list = Object.entries(manifests).map(([name, content]) => ({ name, content }));
  return onlyOne(readText(exportOf([{ name: 'app', type: 'manifest', layer: 'addon', values, manifests: list }])));
}

/** A profile export in Palette's own JSON shape. */
export function exportOf(packs: readonly object[], variables: readonly object[] = []): string {
  const spec = { version: '1.2.0', template: { type: 'add-on', cloudType: 'all', packs }, variables };
  return JSON.stringify({ metadata: { name: 'shop' }, spec }, null, 2);
}

/** The pack of a pack directory. */
export function readDirectory(
  parts: { readonly values: string | undefined; readonly manifests?: Readonly<Record<string, string>> },
  version = '1.0.0',
): PackDefinition {
  const manifests = Object.entries(parts.manifests ?? {}).map(([name, text]) => ({
    file: `manifests/${name}.yaml`,
    path: `app/manifests/${name}.yaml`,
    text,
    fault: undefined,
  }));
  const content = { name: 'app', version, layer: 'addon', charts: [], manifests: [] };
  const documents = [
    {
      kind: 'pack-directory' as const,
      given: 'app',
      path: 'app',
      packJson: { path: 'app/pack.json', content, fault: undefined },
      values: { file: 'values.yaml', path: 'app/values.yaml', text: parts.values, fault: undefined },
      charts: [
        {
          file: 'charts/web.tgz',
          path: 'app/charts/web.tgz',
          identity: { name: 'web', version: '2.0.0' },
          fault: undefined,
        },
      ],
      manifests,
    },
  ];
  return onlyOne(readDefinitions(documents, { packName: undefined, variables: new Map(), macroFacts: FACTS }));
}

/** The only item; fails the test when there is another number. */
export function onlyOne<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined || items.length !== 1) throw new Error(`one item expected, ${String(items.length)} there`);
  return item;
}

/** `CODE SUBJECT` of every problem, `REASON SUBJECT` of every gap. */
export function faultsOf({ gaps, problems }: PackDefinition): {
  readonly gaps: readonly string[];
  readonly problems: readonly string[];
} {
  return {
    gaps: gaps.map(({ reason, subject }) => `${reason} ${subject}`),
    problems: problems.map(({ code, subject }) => `${code} ${subject}`),
  };
}

/** The message of the UserError that a call throws. */
export function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** The pack `app` of the cluster, whose variable `ns` was given as `core`. */
export function fromCluster(
  values: string | undefined,
  changes: Partial<PackResource> = {},
): readonly PackDefinition[] {
  const resource: PackResource = {
    namespace: 'cluster-0123456789abcdef01234567',
    name: 'app',
    layer: 'addon',
    type: 'spectro',
    version: '1.0.0',
    tag: undefined,
    values,
    manifests: [],
    reportedState: 'installed',
    profile: undefined,
    ...changes,
  };
  const macroFacts = { clusterUid: undefined, clusterName: undefined, kubernetesVersion: '1.33.4' };
  const agentNamespace = 'cluster-0123456789abcdef01234567';
  return packResourceDefinitions(
    { served: true, agentNamespace, packs: [resource], macroFacts, namespaces: [] },
    new Map([['ns', 'core']]),
  );
}
