import type { DefinitionGap, DefinitionProblem, DefinitionSource, PackDefinition } from '../model/definition.ts';
import { UserError } from '../model/errors.ts';
import type { MacroFacts } from '../model/pack-resource.ts';
import { buildPack } from './build-pack.ts';
import type { DefinitionDocument, TextDocument } from './document.ts';
import { isPackJson, isSnapshot, isValuesText, packsIn } from './forms.ts';
import { packOfDirectory } from './pack-directory.ts';
import { type Fault, type ParsedDocument, parseDocuments } from './parse.ts';
import { type RawPack, emptyPack } from './raw-pack.ts';
import { recoverPackBlock } from './recover.ts';
import { type Source, fileSource, isGiven } from './tree.ts';

/** `packName` names the pack of bare values files; `variables` are `--var`; `macroFacts` come from the cluster. */
export interface ReadOptions {
  readonly packName: string | undefined;
  readonly variables: ReadonlyMap<string, string>;
  readonly macroFacts: MacroFacts;
}

/**
 * Reads the packs of every document. Faults inside a pack become gaps and problems of that pack; throws UserError when
 * a document is not YAML or JSON at all, or when a given path holds no pack.
 */
export function readDefinitions(
  documents: readonly DefinitionDocument[],
  options: ReadOptions,
): readonly PackDefinition[] {
  const byPath = new Map<string, RawPack[]>();
  const remedies = new Map<string, string>();
  for (const document of documents) {
    const packs = byPath.get(document.given) ?? [];
    byPath.set(document.given, packs);
    if (document.kind === 'pack-directory') packs.push(packOfDirectory(document));
    else packs.push(...textPacks(document, options, remedies));
  }
  for (const [given, packs] of byPath) {
    if (packs.length === 0)
      throw new UserError(`${given}: there is no pack in it.`, remedies.get(given) ?? NO_PACK_REMEDY);
  }
  return [...byPath.values()].flat().map((raw) => buildPack(raw, options));
}

/** Files of given directories that define no pack: whoever meant one of them to must hear of it. */
export function passedOver(
  documents: readonly DefinitionDocument[],
  definitions: readonly PackDefinition[],
): readonly string[] {
  const defining = new Set(definitions.map(({ source }) => (source.kind === 'file' ? source.path : '')));
  return documents
    .filter(({ kind, path, given }) => kind === 'text' && path !== given && !defining.has(path))
    .map(({ path }) => path);
}

const NO_PACK_REMEDY =
  'Give a profile export, a saved API answer, a pack directory, a values file with a "pack:" block, or the output of "terraform show -json".';
const SNAPSHOT_REMEDY = 'It is a snapshot: give it with --snapshot.';
const PACK_JSON_REMEDY = 'Give the directory that holds the pack.json, not the file alone.';

function textPacks(document: TextDocument, options: ReadOptions, remedies: Map<string, string>): readonly RawPack[] {
  const text = fileSource(document.path, document.text);
  const source: DefinitionSource = { kind: 'file', path: document.path };
  const parsed = parseDocuments(text);
  const fault = parsed.flatMap(({ tree, faults }) => (tree === undefined ? faults : []))[0];
  if (fault !== undefined) return [damagedValues(text, fault, { document, options })];
  const packs = parsed.flatMap((part) => packsOfDocument(part, source));
  if (packs.length > 0) return packs;
  const trees = parsed.flatMap(({ tree }) => (tree !== undefined && isGiven(tree) ? [tree] : []));
  if (trees.some(isPackJson)) remedies.set(document.given, PACK_JSON_REMEDY);
  if (trees.some(isSnapshot)) remedies.set(document.given, SNAPSHOT_REMEDY);
  return trees.some(isValuesText) ? [valuesPack(text, { document, options })] : [];
}

function packsOfDocument({ tree, faults }: ParsedDocument, source: DefinitionSource): readonly RawPack[] {
  const packs = tree === undefined ? [] : packsIn(tree, source);
  return withDuplicates(packs, faults);
}

/** A key that stands twice in the file itself is reported at the pack around it, or at the first one. */
function withDuplicates(packs: readonly RawPack[], faults: readonly Fault[]): readonly RawPack[] {
  if (faults.length === 0) return packs;
  const problems = packs.map((): DefinitionProblem[] => []);
  const gaps = packs.map((): DefinitionGap[] => []);
  for (const { detail, place, path } of faults) {
    const around = Math.max(
      packs.findLastIndex((pack) => isBefore(pack, place)),
      0,
    );
    problems[around]?.push({ code: 'definition-unreadable', subject: 'file', detail, place });
    const key = path.at(-1) ?? '';
    if (MEANT_ONCE.has(key)) gaps[around]?.push({ reason: 'values-unreadable', subject: key, place });
  }
  return packs.map((pack, index) => ({
    ...pack,
    gaps: [...pack.gaps, ...(gaps[index] ?? [])],
    problems: [...pack.problems, ...(problems[index] ?? [])],
  }));
}

/** Keys of the forms below which packs, their values or manifests stand: a second one hides what it says. */
const MEANT_ONCE: ReadonlySet<string> = new Set([
  'content',
  'defaultValue',
  'draft',
  'items',
  'manifests',
  'name',
  'packRef',
  'packs',
  'profiles',
  'published',
  'resources',
  'root_module',
  'spec',
  'template',
  'values',
  'variables',
]);

function isBefore({ place }: RawPack, other: Fault['place']): boolean {
  return place.line < other.line || (place.line === other.line && place.column <= other.column);
}

interface Context {
  readonly document: TextDocument;
  readonly options: ReadOptions;
}

/** A file that is not YAML is still a pack's values when its one `pack:` block can be read alone. */
function damagedValues(text: Source, fault: Fault, context: Context): RawPack {
  const isSyntax = fault.kind === 'syntax';
  if (isSyntax && recoverPackBlock(text) !== undefined) return valuesPack(text, context);
  const { path, line, column } = fault.place;
  throw new UserError(
    `${path}:${String(line)}:${String(column)}: ${fault.detail}.`,
    isSyntax
      ? 'Correct the file at this place and try again.'
      : 'Give the profile or the values alone, without such nesting or aliases.',
  );
}

function valuesPack(text: Source, { document, options }: Context): RawPack {
  const name = options.packName ?? nameFromPath(document.path);
  if (name === undefined) {
    throw new UserError(
      `${document.path}: it is a values text, which does not name its pack.`,
      'Name the pack with --pack-name NAME.',
    );
  }
  return { ...emptyPack(name, text.locate(1, 1), { kind: 'file', path: document.path }), values: text };
}

function nameFromPath(path: string): string | undefined {
  if (path === '-') return undefined;
  const base = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const name = base.replace(/\.(ya?ml|json)$/i, '');
  return name === '' ? undefined : name;
}
