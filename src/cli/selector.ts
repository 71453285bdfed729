import { UserError } from '../model/errors.ts';
import type { ListedResource } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { remembered } from '../model/remembered.ts';
import { quoted } from './quoted.ts';

/** One requirement of a label selector. `values` is empty for `exists` and `missing`. */
interface Requirement {
  readonly key: string;
  readonly operator: 'in' | 'not in' | 'exists' | 'missing';
  readonly values: ReadonlySet<string>;
}

/** A label selector, understood. */
export type Selector = readonly Requirement[];

/** Label keys a selector asks for; the reader keeps them. */
export function selectorKeys(selector: Selector): readonly string[] {
  return selector.map(({ key }) => key);
}

/**
 * Understands kubectl's label selectors: `k=v`, `k==v`, `k!=v`, `k in (a,b)`, `k notin (a,b)`, `k`, `!k`, comma-joined.
 *
 * @throws {UserError} when a part is none of these.
 */
export function parseSelector(text: string): Selector {
  return split(text).map((part) => requirement(part.trim(), text));
}

/** At commas outside parentheses. */
function split(text: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  for (const letter of text) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (letter === ',' && depth === 0) {
      parts.push(part);
      part = '';
    } else part += letter;
  }
  return [...parts, part];
}

const SET = /^([^\s!=(),]+)\s+(in|notin)\s+\(([^()]*)\)$/;
const EQUALITY = /^([^\s!=(),]+)\s*(==|=|!=)\s*([^\s!=(),]*)$/;
const PRESENCE = /^(!?)\s*([^\s!=(),]+)$/;

function requirement(part: string, whole: string): Requirement {
  const found = setRequirement(part) ?? equalityRequirement(part) ?? presenceRequirement(part);
  if (found !== undefined) return found;
  throw new UserError(
    `-l ${quoted(whole)} is not a label selector`,
    'Write it as for kubectl get -l, e.g. -l app=web,tier!=cache.',
  );
}

function setRequirement(part: string): Requirement | undefined {
  const [, key, operator, list] = SET.exec(part) ?? [];
  if (key === undefined || list === undefined) return undefined;
  const values = new Set(list.split(',').map((value) => value.trim()));
  return { key, operator: operator === 'in' ? 'in' : 'not in', values };
}

function equalityRequirement(part: string): Requirement | undefined {
  const [, key, operator, value] = EQUALITY.exec(part) ?? [];
  if (key === undefined || value === undefined) return undefined;
  return { key, operator: operator === '!=' ? 'not in' : 'in', values: new Set([value]) };
}

function presenceRequirement(part: string): Requirement | undefined {
  const [, not, key] = PRESENCE.exec(part) ?? [];
  if (key === undefined) return undefined;
  return { key, operator: not === '!' ? 'missing' : 'exists', values: new Set() };
}

function matches(selector: Selector, labels: ReadonlyMap<string, string>): boolean {
  return selector.every(({ key, operator, values }) => {
    const value = labels.get(key);
    switch (operator) {
      case 'in':
        return value !== undefined && values.has(value);
      case 'not in':
        return value === undefined || !values.has(value);
      case 'exists':
        return value !== undefined;
      case 'missing':
        return value === undefined;
    }
  });
}

/**
 * The report with only the listed resources that match, and without applications of which none does. Findings stay:
 * a filtered view never changes the answer, nor the exit code.
 */
export function selected(report: Report, selector: Selector): Report {
  const keep = remembered((resources: readonly ListedResource[]) =>
    resources.filter(({ labels }) => matches(selector, labels ?? NO_LABELS)),
  );
  return {
    ...report,
    findings: report.findings.map((finding) => {
      const resources = keep(finding.resources);
      return Object.assign({}, finding, { resources, unlisted: finding.resources.length - resources.length });
    }),
    applications: report.applications
      .map((application) => Object.assign({}, application, { resources: keep(application.resources) }))
      .filter(({ resources }) => resources.length > 0),
  };
}

/** The report with only those labels of listed resources that `-L` asked for: others were read as evidence. */
export function withLabels(report: Report, keys: readonly string[]): Report {
  const asked = new Set(keys);
  // Many objects bear the same labels.
  const askedOf = remembered(
    (labels: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
      new Map([...labels].filter(([key]) => asked.has(key))),
  );
  const withAsked = (resource: ListedResource): ListedResource =>
    isLabelled(resource) ? Object.assign({}, resource, { labels: askedOf(resource.labels ?? NO_LABELS) }) : resource;
  // A finding and its application share one list.
  const trimmed = remembered((resources: readonly ListedResource[]) => resources.map(withAsked));
  const trim = <Holder extends { readonly resources: readonly ListedResource[] }>(holder: Holder): Holder =>
    holder.resources.some(isLabelled) ? Object.assign({}, holder, { resources: trimmed(holder.resources) }) : holder;
  return { ...report, findings: report.findings.map(trim), applications: report.applications.map(trim) };
}

function isLabelled({ labels = NO_LABELS }: ListedResource): boolean {
  return labels.size > 0;
}

const NO_LABELS: ReadonlyMap<string, string> = new Map();
