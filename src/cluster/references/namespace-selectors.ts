import { entriesAt, isRecord, listAt, textAt, textsAt } from '../json.ts';

/** All labels of all namespaces, by the namespaces' names. */
export type NamespaceLabels = ReadonlyMap<string, ReadonlyMap<string, string>>;

type Labels = ReadonlyMap<string, string>;
type Requirement = (labels: Labels) => boolean;

/** What only shuts out names no namespace that somebody would miss. */
const POSITIVE: ReadonlySet<string> = new Set(['In', 'Exists']);

type Test = (value: string | undefined, values: ReadonlySet<string>) => boolean;

const TESTS: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['In', (value, values) => value !== undefined && values.has(value)],
  ['NotIn', (value, values) => value === undefined || !values.has(value)],
  ['Exists', (value) => value !== undefined],
  ['DoesNotExist', (value) => value === undefined],
]);

function requirementOf(expression: unknown): Requirement | undefined {
  const key = textAt(expression, 'key') ?? '';
  const values = new Set(textsAt(expression, 'values'));
  const test = TESTS.get(operatorOf(expression));
  return test === undefined ? undefined : (labels) => test(labels.get(key), values);
}

function operatorOf(expression: unknown): string {
  return textAt(expression, 'operator') ?? '';
}

/**
 * The namespaces that a label selector names. None for one that takes all there are, only shuts some out, or has an
 * operator that Kubernetes does not have. Source: LabelSelector of Kubernetes' API.
 */
export function namespacesNamedBy(selector: unknown, labels: NamespaceLabels): readonly string[] {
  if (!isRecord(selector)) return [];
  const expressions = listAt(selector, 'matchExpressions');
  const pairs = entriesAt(selector, 'matchLabels');
  const isNaming = pairs.length > 0 || expressions.some((expression) => POSITIVE.has(operatorOf(expression)));
  const requirements = expressions.map(requirementOf);
  if (!isNaming || requirements.includes(undefined)) return [];
  const found = [...labels]
    .filter(([, own]) => pairs.every(([key, value]) => own.get(key) === value))
    .filter(([, own]) => requirements.every((holds) => holds?.(own) === true))
    .map(([name]) => name);
  return found.length === labels.size ? [] : found;
}
