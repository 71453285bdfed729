import type { MacroFacts } from '../model/pack-resource.ts';

/**
 * What macros can be resolved from. `variables`: name to value, `--var` before the profile's defaults; a macro that is
 * no variable of a profile, such as one of the tenant, stands under its path, `spectro.macro.team`.
 */
export interface Macros {
  readonly variables: ReadonlyMap<string, string>;
  /** Names of the variables of which only the default is known. */
  readonly defaulted?: ReadonlySet<string>;
  readonly facts: MacroFacts;
}

const MACRO_PATH = '.spectro.';
const VARIABLE = '.spectro.var.';
/** Up to a trim mark that stands right behind it. */
const VARIABLE_NAME = /\.spectro\.var\.([^\s|()}]*[^\s|()}-])/g;
const MACRO = /\{\{([^{}]*)\}\}/g;
/** A pipe inside a text separates nothing. */
const PIPED = /(?:"[^"]*"|`[^`]*`|[^|"`])+/g;
const CALLED = /^(\S.*\S)\s+(\.spectro\.\S+)$/;
const SUBSTR = /^substr\s+(\d+)\s+(\d+)$/;
const DEFAULT = /^default\s+(?:"([^"\\]*)"|`([^`]*)`)$/;
/** Palette masks the defaults of sensitive variables with stars when it exports them. */
const MASKED_VALUE = /^\*+$/;
/** `${…}` is a placeholder of terraform's templatefile; `{{` what is left of a template. */
const UNRESOLVED = /\{\{|\}\}|\$\{/;

/**
 * Replaces the `{{ .spectro.… }}` macros that can be known: profile variables, cluster uid and name, the Kubernetes
 * version, and what was given by its path, each optionally cut by sprig's `substr start end`, or with its `default`. What
 * that is for a value nobody knows, the cluster decides, which may know one: it stays, as all others do, and makes
 * `resolved` false.
 */
export function resolveMacros(text: string, macros: Macros): { readonly text: string; readonly resolved: boolean } {
  const result = text.replace(
    MACRO,
    (whole: string, inside: string) => evaluate(expressionOf(inside), macros) ?? whole,
  );
  return { text: result, resolved: !UNRESOLVED.test(result) };
}

/** What an action says, without the blanks and trim marks around it. */
export function expressionOf(inside: string): string {
  const start = inside.startsWith('-') ? 1 : 0;
  return inside.slice(start, inside.endsWith('-') ? -1 : undefined).trim();
}

/** Whether the text still holds a macro of Palette's or a placeholder of terraform's. Other braces are plain text. */
export function holdsMacro(text: string): boolean {
  return /\{\{[^{}]*\.spectro\b|\$\{/.test(text);
}

/** Whether a variable of a profile stands in the text, in whatever expression. */
export function holdsVariable(text: string): boolean {
  return text.includes(VARIABLE);
}

/** Whether the text rests on the default of a variable, of which a cluster may have another value. */
export function restsOnDefault(text: string, macros: Macros): boolean {
  return defaultedIn(text, macros).length > 0;
}

/** Names of the variables in a text of which only the default is known, once each. */
export function defaultedIn(text: string, { defaulted = new Set() }: Macros): readonly string[] {
  const names = Array.from(text.matchAll(VARIABLE_NAME), ([, name = '']) => name);
  return [...new Set(names.filter((name) => defaulted.has(name)))];
}

function evaluate(expression: string, macros: Macros): string | undefined {
  const [head = '', ...filters] = Array.from(expression.match(PIPED) ?? [], (part) => part.trim());
  const [, call, path] = CALLED.exec(head) ?? [];
  const calls = call === undefined ? filters : [call, ...filters];
  return calls.reduce(filtered, lookUp(path ?? head, macros));
}

function filtered(text: string | undefined, call: string): string | undefined {
  if (text === undefined) return undefined;
  const cut = SUBSTR.exec(call);
  if (cut !== null) return text.slice(Number(cut[1]), Number(cut[2]));
  const fallback = DEFAULT.exec(call);
  if (fallback === null) return undefined;
  return text === '' ? (fallback[1] ?? fallback[2]) : text;
}

function lookUp(path: string, { variables, facts }: Macros): string | undefined {
  if (path.startsWith(VARIABLE)) return known(variables.get(path.slice(VARIABLE.length)));
  switch (path) {
    case '.spectro.system.cluster.uid':
      return facts.clusterUid;
    case '.spectro.system.cluster.name':
      return facts.clusterName;
    case '.spectro.system.kubernetes.version':
      return facts.kubernetesVersion;
    default:
      return path.startsWith(MACRO_PATH) ? known(variables.get(path.slice(1))) : undefined;
  }
}

function known(value: string | undefined): string | undefined {
  return value === undefined || value === '' || MASKED_VALUE.test(value) ? undefined : value;
}
