import type { NamespaceEntry, NamespaceSetting, NameText } from '../model/definition.ts';
import { resolveMacros, restsOnDefault } from './macros.ts';
import { type Reading, readNamespace } from './names.ts';
import { type Tree, type TreeEntry, type TreeText, at, isGiven, textAt } from './tree.ts';

type Field = 'namespaceLabels' | 'namespaceAnnotations';

/** Kubernetes' syntax of label keys (also of annotation keys) and of label values. */
const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const PREFIX_LENGTH = 253;

/** A comma inside a macro does not separate. */
const PARTS = /(?:\{\{[^{}]*\}\}|[^,])+/g;

/**
 * Reads `namespaceLabels` or `namespaceAnnotations`: a map from namespace to `k=v,k=v`. A map instead of that text is
 * read too; a bare text without a namespace is for the pack's own (both shapes appear in Palette's documentation's
 * wording only). Malformed parts become `invalid-label-text`, unresolved macros `label-not-checked`.
 */
export function readSettings(block: Tree, field: Field, reading: Reading): readonly NamespaceSetting[] {
  const node = at(block, field);
  if (node === undefined || !isGiven(node)) return [];
  if (node.kind === 'map') return [...node.entries].map(([key, entry]) => readEntry(key, entry, { field, reading }));
  const own = textAt(block, 'namespace');
  const { text, resolved } = resolveMacros(own?.text.trim() ?? 'default', reading.macros);
  const assumed = own !== undefined && restsOnDefault(own.text, reading.macros) ? ({ assumed: true } as const) : {};
  return [readSetting({ text, resolved, ...assumed, place: node.place }, node, { field, reading })];
}

interface Context {
  readonly field: Field;
  readonly reading: Reading;
}

function readEntry(key: string, entry: TreeEntry, context: Context): NamespaceSetting {
  const node: TreeText = { kind: 'text', text: key, plain: false, literal: false, place: entry.at };
  return readSetting(readNamespace(node, context.field, context.reading), entry.value, context);
}

interface Pair {
  readonly key: string;
  readonly value: string;
  readonly assumed?: true;
}

function readSetting(namespace: NameText, node: Tree, { field, reading }: Context): NamespaceSetting {
  const entries: NamespaceEntry[] = [];
  const malformed: string[] = [];
  for (const [index, part] of partsOf(node, reading).entries()) {
    const reason = part === undefined ? 'it is not key=value' : invalidity(part, field);
    if (part !== undefined && reason === undefined) {
      entries.push({ ...part, resolved: !holdsBraces(part.key + part.value) });
      continue;
    }
    malformed.push(`part ${String(index + 1)}`);
    const detail = `part ${String(index + 1)} of the text is unusable: ${reason ?? 'it is not key=value'}`;
    reading.problems.push({ code: 'invalid-label-text', subject: field, detail, place: node.place });
  }
  const unchecked = entries.filter(({ resolved }) => !resolved).map(({ key }) => key);
  if (unchecked.length > 0) {
    const detail = `a macro in the value is not resolved: ${unchecked.join(', ')}`;
    reading.problems.push({ code: 'label-not-checked', subject: field, detail, place: node.place });
  }
  return { namespace, entries, malformed };
}

function partsOf(node: Tree, reading: Reading): readonly (Pair | undefined)[] {
  if (node.kind === 'map') {
    return [...node.entries].map(([key, { value }]) =>
      value.kind === 'text'
        ? Object.assign({ key, value: resolveMacros(value.text, reading.macros).text }, assumedIn(value, reading))
        : undefined,
    );
  }
  if (node.kind === 'list')
    return node.items.flatMap((item) => (item.kind === 'text' ? partsOf(item, reading) : [undefined]));
  if (!isGiven(node)) return [];
  const { text } = resolveMacros(node.text, reading.macros);
  const assumed = assumedIn(node, reading);
  const parts = (text.match(PARTS) ?? []).filter((part) => part.trim() !== '').map(splitPart);
  return parts.map((pair) => (pair === undefined ? undefined : Object.assign(pair, assumed)));
}

function assumedIn({ text }: TreeText, { macros }: Reading): Pick<Pair, 'assumed'> {
  return restsOnDefault(text, macros) ? { assumed: true } : {};
}

function splitPart(part: string): Pair | undefined {
  const equals = part.indexOf('=');
  if (equals < 0) return undefined;
  return { key: part.slice(0, equals).trim(), value: part.slice(equals + 1).trim() };
}

function invalidity({ key, value }: Pair, field: Field): string | undefined {
  if (!holdsBraces(key) && !isKey(key)) return 'its key is not a label key';
  if (field === 'namespaceLabels' && !holdsBraces(value) && value !== '' && !NAME.test(value)) {
    return 'its value is not a label value';
  }
  return undefined;
}

function isKey(key: string): boolean {
  const slash = key.indexOf('/');
  const prefix = key.slice(0, Math.max(slash, 0));
  if (slash >= 0 && (prefix.length > PREFIX_LENGTH || !PREFIX.test(prefix))) return false;
  return NAME.test(key.slice(slash + 1));
}

function holdsBraces(text: string): boolean {
  return text.includes('{{') || text.includes('${');
}
