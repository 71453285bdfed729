/** A TypeScript file below `src/`: path from there (`cli/run.ts`), and text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Folders that may be imported, by the folder that imports; its own always. What is not listed is forbidden. */
const DIRECTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['main', ['cli', 'cluster', 'profiles', 'attribution', 'audit', 'removal', 'separation', 'render', 'model']],
  ['cli', ['cluster', 'profiles', 'attribution', 'audit', 'removal', 'separation', 'render', 'model']],
  ['cluster', ['model']],
  ['profiles', ['model']],
  ['attribution', ['model']],
  ['audit', ['model']],
  ['removal', ['model']],
  ['separation', ['model']],
  ['render', ['model']],
  ['model', []],
]);

/** Who may import a package: exact files, or whole folders (ending in a slash). `most` bounds the importers. */
interface PackageRule {
  readonly from: readonly string[];
  readonly most: number;
}

const PACKAGES: ReadonlyMap<string, PackageRule> = new Map([
  ['@kubernetes/client-node', { from: ['cluster/'], most: 1 }],
  ['yargs', { from: ['cli/arguments.ts'], most: 1 }],
  ['cli-table3', { from: ['render/table.ts'], most: 1 }],
  ['socks', { from: ['cluster/'], most: 1 }],
  ['tar-stream', { from: ['profiles/'], most: 1 }],
  ['yaml', { from: ['profiles/', 'render/structured.ts', 'cluster/yaml-documents.ts'], most: Infinity }],
]);

/** Effects live at the two ends: only here may Node's modules be imported freely. */
const EFFECTS = ['main.ts', 'cluster/', 'profiles/'];

/** Values in, values out: these do nothing to the outside, so they may be imported elsewhere, by these. */
const PURE_BUILTINS: ReadonlyMap<string, readonly string[]> = new Map([
  ['node:crypto', ['audit/']],
  ['node:util', ['render/', 'cli/']],
]);

const MOST_CODE_LINES = 250;

/** @returns one sentence per broken rule; that nothing was read is one, too. */
export function brokenRules(files: readonly SourceFile[]): readonly string[] {
  if (files.length === 0) return ['no source file was read'];
  const imports = files.flatMap(importsOf);
  return [
    ...imports.flatMap(({ from, specifier }) => forbidden(from, specifier)),
    ...crowdedPackages(imports),
    ...files.filter(({ text }) => codeLines(text) > MOST_CODE_LINES).map(({ path }) => `${path} is too long`),
  ];
}

interface Import {
  readonly from: string;
  readonly specifier: string;
}

/** Every form that loads a module: static, re-export, for effects only, dynamic, require. */
const FORMS = [
  /^(?:import|export)\s[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
  /^import\s*['"]([^'"]+)['"]/gm,
  /\b(?:import|require)\s*\(\s*['"`]([^'"`]+)['"`]/g,
];

function importsOf({ path, text }: SourceFile): readonly Import[] {
  return FORMS.flatMap((form) => [...text.matchAll(form)].map((match) => ({ from: path, specifier: match[1] ?? '' })));
}

function forbidden(from: string, specifier: string): readonly string[] {
  const allowed = specifier.startsWith('.')
    ? mayImportFolder(folderOf(from), folderOf(resolved(from, specifier)))
    : mayImportModule(from, specifier);
  return allowed ? [] : [`${from} must not import ${specifier}`];
}

function mayImportFolder(from: string, to: string): boolean {
  return from === to || (DIRECTIONS.get(from)?.includes(to) ?? false);
}

function mayImportModule(from: string, specifier: string): boolean {
  if (specifier.startsWith('node:')) return within(from, EFFECTS) || within(from, PURE_BUILTINS.get(specifier) ?? []);
  return within(from, PACKAGES.get(packageOf(specifier))?.from ?? []);
}

function crowdedPackages(imports: readonly Import[]): readonly string[] {
  return [...PACKAGES].flatMap(([name, { most }]) => {
    const importers = new Set(imports.filter(({ specifier }) => packageOf(specifier) === name).map(({ from }) => from));
    return importers.size > most ? [`${name} has more than ${most} importer: ${[...importers].join(', ')}`] : [];
  });
}

function within(path: string, places: readonly string[]): boolean {
  return places.some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place));
}

/** `main.ts` stands alone at the top, and counts as a folder of that name. */
function folderOf(path: string): string {
  const slash = path.indexOf('/');
  return slash < 0 ? path.replace(/\.ts$/, '') : path.slice(0, slash);
}

function resolved(from: string, specifier: string): string {
  return new URL(specifier, `file:///src/${from}`).pathname.replace(/^\/src\//, '');
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

function codeLines(text: string): number {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '');
  return code.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length;
}
