import type { DefinitionGap, DefinitionProblem, NameText, Place } from '../model/definition.ts';
import { defaultedIn, type Macros, resolveMacros } from './macros.ts';
import type { TreeText } from './tree.ts';

/** Collects what goes wrong while one pack is read, with what its macros resolve from. */
export interface Reading {
  readonly macros: Macros;
  readonly gaps: DefinitionGap[];
  /** Gaps that are some only where a cluster has the pack: it may have other values than a variable's default. */
  readonly assumptions: DefinitionGap[];
  readonly problems: DefinitionProblem[];
}

/** RFC 1123 label, the form of namespace names in Palette's documentation and in Kubernetes. */
const NAMESPACE_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const NAMESPACE_NAME_LENGTH = 63;

/** How gaps and problems name what stands in a manifest. */
export function manifestField(manifest: string): string {
  return `manifest ${manifest}`;
}

/** Longer ones are no names, and not worth the patterns' time. */
const LONGEST_SCALAR = 253;

/** Plain scalars that YAML 1.1 or 1.2 readers take for a number, a truth value or a date. */
const NOT_TEXT = [
  /^[-+]?(0x[0-9a-f_]+|0o?[0-7_]+|0b[01_]+|\d[\d_]*)$/i,
  /^[-+]?(\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(e[-+]?\d+)?$/i,
  /^[-+]?\.(inf|nan)$/i,
  /^(y|n|yes|no|on|off|true|false)$/i,
  /^\d+(:[0-5]?\d)+$/,
  /^\d{4}-\d\d?-\d\d?$/,
];

/**
 * Reads a name as text. A macro that cannot be resolved is a gap; a plain scalar that YAML readers take for something
 * else than text is a warning, since Palette may read another name. One that rests on a default is an assumption.
 */
export function readName(node: TreeText, field: string, reading: Reading): NameText {
  const { place } = node;
  const resolution = resolveMacros(node.text.trim(), reading.macros);
  if (!resolution.resolved) reading.gaps.push({ reason: 'macro-unresolved', subject: field, place });
  warnIfNotText(node, field, reading.problems);
  const variables = defaultedIn(node.text, reading.macros);
  if (!resolution.resolved || variables.length === 0) return { ...resolution, place };
  reading.assumptions.push({ reason: 'macro-unresolved', subject: field, place, variables });
  return { ...resolution, assumed: true, place };
}

/** Warns of a plain scalar that YAML readers take for something else than text. */
export function warnIfNotText({ plain, text, place }: TreeText, subject: string, problems: DefinitionProblem[]): void {
  if (!plain || text.length > LONGEST_SCALAR || !NOT_TEXT.some((form) => form.test(text))) return;
  const detail = 'the name is not quoted and YAML readers may take it for a number, a truth value or a date';
  problems.push({ code: 'name-not-text', subject, detail, place });
}

/** Reads the name of a namespace: `readName`, and a resolved name that Kubernetes refuses is a problem. It is kept. */
export function readNamespace(node: TreeText, field: string, reading: Reading): NameText {
  const name = readName(node, field, reading);
  checkNamespace(name, field, reading);
  return name;
}

/** Reports a resolved name that cannot be a namespace's. */
export function checkNamespace(name: NameText, field: string, reading: Reading): void {
  if (!name.resolved || isNamespaceName(name.text)) return;
  const detail = 'not a namespace name: lower-case letters, digits and dashes, at most 63 characters';
  reading.problems.push({ code: 'invalid-namespace-name', subject: field, detail, place: name.place });
}

/** Whether Kubernetes takes the text as a namespace's name. */
export function isNamespaceName(text: string): boolean {
  return text.length <= NAMESPACE_NAME_LENGTH && NAMESPACE_NAME.test(text);
}

/** Notes a part that cannot be read. `detail` quotes no value. */
export function unreadable(
  reading: Reading,
  subject: string,
  at: { readonly detail: string; readonly place: Place },
): void {
  reading.problems.push({ code: 'definition-unreadable', subject, detail: at.detail, place: at.place });
}
