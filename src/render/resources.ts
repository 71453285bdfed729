import type { Finding, ListedResource } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { ageAt } from './age.ts';
import type { Block, Column } from './page.ts';
import { ownerText } from './words/owners.ts';

/** An object with the words that stand between its name and its metadata: owner, or rule. */
interface Row {
  readonly resource: ListedResource;
  readonly about: readonly string[];
}

/** What a list of resources is shown with. */
interface Listing {
  readonly title: string;
  readonly takenAt: string;
  readonly labelColumns: readonly string[];
  readonly about: readonly Column[];
}

/** Every resource of the listed applications, for `-o wide`. */
export function resourcesBlock(report: Report, labelColumns: readonly string[]): Block {
  const rows = report.applications
    .filter((application) => application.listed)
    .flatMap(({ name, owner, strength, resources }) =>
      resources.map((resource): Row => ({ resource, about: [name, ownerText(owner), strength] })),
    );
  const about: readonly Column[] = [{ head: 'APPLICATION', as: 'name' }, { head: 'OWNER' }, { head: 'STRENGTH' }];
  return listing(rows, { title: 'Resources', takenAt: report.takenAt, labelColumns, about });
}

/** Resources of findings, in their order. */
export function findingResourcesBlock(
  findings: readonly Finding[],
  { takenAt, labelColumns }: { readonly takenAt: string; readonly labelColumns: readonly string[] },
): Block {
  const rows = findings.flatMap(({ rule, pack, resources }) =>
    resources.map((resource): Row => ({ resource, about: [rule, pack] })),
  );
  const about: readonly Column[] = [{ head: 'FINDING' }, { head: 'PACK', as: 'name' }];
  return listing(rows, { title: 'Resources of findings', takenAt, labelColumns, about });
}

function listing(rows: readonly Row[], { title, takenAt, labelColumns, about }: Listing): Block {
  const withFinalizers = rows.some(({ resource }) => finalizersText(resource) !== '');
  const columns: readonly Column[] = [
    { head: 'NAMESPACE', as: 'name' },
    { head: 'RESOURCE', as: 'name' },
    ...about,
    { head: 'LAST WRITER', as: 'name' },
    { head: 'CREATED' },
    { head: 'DATA' },
    ...(withFinalizers ? [{ head: 'FINALIZER', as: 'name' } as const] : []),
    ...labelColumns.map((key): Column => ({ head: labelHead(key), as: 'name' })),
  ];
  const ageOf = ageAt(takenAt);
  const cells = rows.map(({ resource, about: words }) => {
    const finalizers = withFinalizers ? [finalizersText(resource)] : [];
    const labels = labelColumns.map((key) => resource.labels?.get(key) ?? '');
    return [...metadata(resource, words, ageOf(resource.createdAt)), ...finalizers, ...labels];
  });
  return { kind: 'table', title, columns, rows: cells };
}

function metadata(resource: ListedResource, about: readonly string[], age: string): readonly string[] {
  const { namespace, type, name, lastWriter, data } = resource;
  return [namespace, `${type}/${name}`, ...about, lastWriter, age, data];
}

function finalizersText({ finalizers = [] }: ListedResource): string {
  return finalizers.join(',');
}

/** A label key as a head, as kubectl's `-L` does: what follows the prefix, in upper case. */
function labelHead(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1).toUpperCase();
}
