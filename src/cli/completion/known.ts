import { uidOfAgent, isAgentName } from '../../cluster/agent-namespace.ts';
import { kubeconfigNames, openNames } from '../../cluster/names.ts';
import { openCluster } from '../../cluster/open.ts';
import type { ClusterOptions, ClusterPorts } from '../../cluster/options.ts';
import { decodeSnapshot } from '../../cluster/snapshot.ts';
import { readSnapshotFile } from '../../cluster/snapshot-file.ts';
import type { PackDefinition } from '../../model/definition.ts';
import type { Pack } from '../../model/pack.ts';
import { joinPacks } from '../../profiles/join.ts';
import { loadDefinitionFiles } from '../../profiles/load.ts';
import { packResourceDefinitions } from '../../profiles/pack-resources.ts';
import { readDefinitions } from '../../profiles/read.ts';
import { connectionFlags, subjectFlags } from '../flags.ts';
import { last } from '../given.ts';
import type { SubjectFlags } from '../invocation.ts';
import { namedType, type Served } from '../resource-type.ts';
import type { Before } from './place.ts';

/** What there is to name: in the kubeconfig, in the cluster or snapshot, and in the files that are given. */
export interface Known {
  readonly entries: (kind: 'contexts' | 'clusters' | 'users') => Promise<readonly string[]>;
  readonly namespaces: () => Promise<readonly string[]>;
  readonly clusterUids: () => Promise<readonly string[]>;
  readonly types: () => Promise<Served['types']>;
  /** Names of the objects of a type, as the command line calls it, in the namespace that is meant. */
  readonly objects: (word: string) => Promise<readonly string[]>;
  readonly packs: () => Promise<readonly Pack[]>;
}

/** Looks up what there is to name, by the options that were given. Every question may reject. */
export function knownBy({ given }: Before, ports: ClusterPorts): Known {
  const subject = subjectFlags(given);
  const options = { ...connectionFlags(given), chunkSize: subject.chunkSize, withoutReleases: true };
  const file = last(given, 'snapshot');
  const source = file === undefined ? inCluster(subject, options, ports) : inSnapshot(subject, file);
  return {
    ...source,
    entries: (kind) => kubeconfigNames(kind, options, ports),
    clusterUids: async () => (await source.namespaces()).filter(isAgentName).map(uidOfAgent),
    packs: async () => {
      const [files, there] = await Promise.allSettled([inFiles(subject), source.definitions()]);
      return joinPacks([files, there].flatMap((one) => (one.status === 'fulfilled' ? one.value : [])));
    },
  };
}

type Source = Pick<Known, 'namespaces' | 'types' | 'objects'> & {
  readonly definitions: () => Promise<readonly PackDefinition[]>;
};

const NAMESPACES = { group: '', version: 'v1', resource: 'namespaces' };

function inCluster(subject: SubjectFlags, options: ClusterOptions, ports: ClusterPorts): Source {
  return {
    namespaces: async () => (await openNames(options, ports)).objects(NAMESPACES, ''),
    types: async () => (await (await openNames(options, ports)).served()).types,
    objects: async (word) => {
      const names = await openNames(options, ports);
      const { type } = namedType(word, await names.served());
      return names.objects(type, type.namespaced ? (subject.namespaces[0] ?? names.namespace) : '');
    },
    definitions: async () => {
      const cluster = await openCluster(options, ports);
      const palette = await cluster.readPalette({ clusterUid: subject.clusterUid });
      return packResourceDefinitions(palette, subject.variables);
    },
  };
}

function inSnapshot({ namespaces: [namespace = ''] }: SubjectFlags, file: string): Source {
  const read = async () => decodeSnapshot(await readSnapshotFile(file), file);
  return {
    namespaces: async () => (await read()).inventory.namespaces.map(({ name }) => name),
    types: async () => (await read()).inventory.types,
    objects: async (word) => {
      const { inventory } = await read();
      const { type } = namedType(word, inventory);
      if (type.resource === NAMESPACES.resource && type.group === '')
        return inventory.namespaces.map(({ name }) => name);
      const here = inventory.objects.filter(
        (object) => object.type === type && object.namespace === (type.namespaced ? namespace : ''),
      );
      return here.map(({ name }) => name);
    },
    definitions: async () => (await read()).definitions,
  };
}

/** Standard input is not the completer's to read. */
async function inFiles({ filenames, packName, variables }: SubjectFlags): Promise<readonly PackDefinition[]> {
  const paths = filenames.filter((path) => path !== '-');
  if (paths.length === 0) return [];
  const documents = await loadDefinitionFiles(paths, () => Promise.resolve(new Uint8Array()));
  const macroFacts = { clusterName: undefined, clusterUid: undefined, kubernetesVersion: undefined };
  return readDefinitions(documents, { packName, variables, macroFacts });
}
