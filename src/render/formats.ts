import { destroyedResources } from '../model/destroyed.ts';
import type { ResourceExplanation } from '../model/explanation.ts';
import type { RemovalReport } from '../model/removal.ts';
import type { RemovalOverview } from '../model/removal-overview.ts';
import type { VerifyReport } from '../model/verification.ts';
import type { NamespaceExplanation, NamespacesReport, Report } from '../model/report.ts';
import { listedResources } from './applications.ts';
import { auditPage } from './audit-page.ts';
import { auditDocument, explanationDocument, namespacesDocument, resourceExplanationDocument } from './documents.ts';
import { logLine, terminalProse } from './escape.ts';
import { explanationPage } from './explanation-page.ts';
import { pageMarkdown } from './markdown.ts';
import { nameLines, resourceParts } from './names.ts';
import { namespacesPage } from './namespaces-page.ts';
import type { Page } from './page.ts';
import type { PageStyle } from './page-style.ts';
import { coverageLines, type Preamble } from './preamble.ts';
import { overviewDocument, removalDocument } from './removal-documents.ts';
import { removalPage } from './removal-page.ts';
import { removalsPage } from './removals-page.ts';
import { resourceExplanationPage } from './resource-explanation-page.ts';
import { jsonText, yamlText } from './structured.ts';
import { pageText } from './text.ts';
import { verificationDocument } from './verify-document.ts';
import { verifyPage } from './verify-page.ts';

/** Values of `--output`. */
export const FORMATS = ['table', 'wide', 'json', 'yaml', 'name', 'markdown'] as const;

/**
 * How an answer is to be written. `command` is how the program was called, e.g. `kubectl palette-audit`, and `helm` how
 * Helm is for the same cluster, '' where that cannot be said.
 */
export interface Style {
  readonly format: (typeof FORMATS)[number];
  readonly color: boolean;
  readonly noHeaders: boolean;
  readonly labelColumns: readonly string[];
  readonly exitCode: number;
  readonly command: string;
  readonly helm: string;
}

/** Columns that the plain table keeps to. */
const TABLE_WIDTH = 100;

/** The three things that an answer can be written as; each is only made when its format asks for it. */
interface Answer {
  readonly page: (style: PageStyle) => Page;
  readonly document: () => object;
  readonly names: () => readonly (readonly string[])[];
}

/** Every format; a new one starts with its name in `FORMATS`, the compiler then asks for the rest. */
const WRITERS: { readonly [Format in Style['format']]: (answer: Answer, style: Style) => string } = {
  table: ({ page }, style) => pageText(page({ ...style, full: false }), { ...style, width: TABLE_WIDTH }),
  wide: ({ page }, style) => pageText(page({ ...style, full: true }), { ...style, width: Number.POSITIVE_INFINITY }),
  json: ({ document }) => jsonText(document()),
  yaml: ({ document }) => yamlText(document()),
  name: ({ names }) => nameLines(names()),
  markdown: ({ page }, style) => pageMarkdown(page({ ...style, full: false })),
};

/**
 * How much was covered and every gap, for standard error: a list of names has no room for it, and must not be taken
 * for everything there is. Empty for formats that say it themselves.
 */
export function renderCoverage(answer: Preamble, { format }: Pick<Style, 'format'>): string {
  if (format !== 'name') return '';
  return coverageLines(answer)
    .map((line) => `${logLine(terminalProse(line))}\n`)
    .join('');
}

/** The answer of `audit`. `-o name` lists the unmanaged resources of namespaces that go with a pack. */
export function renderReport(report: Report, style: Style): string {
  const answer: Answer = {
    page: (how) => auditPage(report, how),
    document: () => auditDocument(report, style.exitCode),
    names: () => listedResources(report.applications).map(resourceParts),
  };
  return WRITERS[style.format](answer, style);
}

/** The answer of `namespaces`. `-o name` lists the namespaces that are free for others, as `namespace/NAME`. */
export function renderNamespaces(report: NamespacesReport, style: Style): string {
  const answer: Answer = {
    page: (how) => namespacesPage(report, how),
    document: () => namespacesDocument(report, style.exitCode),
    names: () => report.rows.filter(({ free }) => free === 'yes').map(({ namespace }) => ['namespace', namespace]),
  };
  return WRITERS[style.format](answer, style);
}

/** The answer of `explain namespace/NAME`. `-o name` lists the resources of its findings. */
export function renderExplanation(explanation: NamespaceExplanation, style: Style): string {
  const answer: Answer = {
    page: (how) => explanationPage(explanation, how),
    document: () => explanationDocument(explanation, style.exitCode),
    names: () => explanation.findings.flatMap(({ resources }) => resources.map(resourceParts)),
  };
  return WRITERS[style.format](answer, style);
}

/** The answer of `removal` with a name. `-o name` lists what goes, as far as `-n` does not leave it out. */
export function renderRemoval(report: RemovalReport, style: Style): string {
  const { narrowedTo } = report;
  const answer: Answer = {
    page: (how) => removalPage(report, how),
    document: () => removalDocument(report, style.exitCode),
    names: () =>
      report.removals
        .flatMap(destroyedResources)
        .filter(({ namespace }) => narrowedTo.length === 0 || narrowedTo.includes(namespace))
        .map(resourceParts),
  };
  return WRITERS[style.format](answer, style);
}

/** The answer of `removal` without a name. `-o name` lists packs and profiles whose removal is clear. */
export function renderRemovals(overview: RemovalOverview, style: Style): string {
  const answer: Answer = {
    page: (how) => removalsPage(overview, how),
    document: () => overviewDocument(overview, style.exitCode),
    names: () => overview.rows.filter(({ verdict }) => verdict === 'clear').map(({ kind, name }) => [kind, name]),
  };
  return WRITERS[style.format](answer, style);
}

/** The answer of `verify`. `-o name` lists what was predicted to go and is still there. */
export function renderVerification(report: VerifyReport, style: Style): string {
  const answer: Answer = {
    page: (how) => verifyPage(report, how),
    document: () => verificationDocument(report, style.exitCode),
    names: () => report.remaining.map(resourceParts),
  };
  return WRITERS[style.format](answer, style);
}

/** The answer of `explain TYPE/NAME`. `-o name` names the resource, nothing where it could not be seen. */
export function renderResourceExplanation(explanation: ResourceExplanation, style: Style): string {
  const answer: Answer = {
    page: (how) => resourceExplanationPage(explanation, how),
    document: () => resourceExplanationDocument(explanation, style.exitCode),
    names: () => (explanation.resource === undefined ? [] : [resourceParts(explanation.resource)]),
  };
  return WRITERS[style.format](answer, style);
}
