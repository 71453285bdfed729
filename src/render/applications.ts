import type { ListedResource } from '../model/finding.ts';
import type { ApplicationSummary, Report } from '../model/report.ts';
import { ageAt } from './age.ts';
import { kindsText } from './kinds.ts';
import type { Block, Column } from './page.ts';
import { ownerText } from './words/owners.ts';

const COLUMNS: readonly Column[] = [
  { head: "NOT PALETTE'S IN", shrinks: true, as: 'name' },
  { head: 'APPLICATION', shrinks: true, as: 'name' },
  { head: 'RESOURCES', shrinks: true },
  { head: 'OWNER' },
  { head: 'LAST WRITER', shrinks: true, as: 'name' },
  { head: 'CREATED' },
];

/** Applications that no pack owns, in namespaces that go with a pack. */
export function applicationsBlock({ applications, takenAt }: Report, full: boolean): Block {
  const ageOf = ageAt(takenAt);
  const listed = applications.filter((application) => application.listed);
  return {
    kind: 'table',
    title: "Not Palette's",
    columns: COLUMNS,
    rows: listed.map((application) => [
      application.namespace,
      application.name,
      kindsText(application.resources, full),
      ownerText(application.owner),
      application.lastWriter,
      ageOf(application.createdAt),
    ]),
  };
}

/** An application in a namespace that is not the reader's question is not listed, only counted in the stakes. */
export function listedResources(applications: readonly ApplicationSummary[]): readonly ListedResource[] {
  return applications.filter((application) => application.listed).flatMap((application) => application.resources);
}
