import { chmod, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { rolldown, type Plugin } from 'rolldown';
import { commitOf } from './commit.ts';
import { bundledPackages, thirdPartyLicenses } from './third-party-licenses.ts';

/** Top of the repository, seen from `build/scripts/`. */
const root = fileURLToPath(new URL('../../', import.meta.url));

/** What measures texts for yargs, in every language, takes 8 ms to set up; cli-table3 keeps its own. */
const plainWidths: Plugin = {
  name: 'plain-widths',
  resolveId: (source, importer = '') =>
    source === 'string-width' && /node_modules\/(?:yargs|cliui|wrap-ansi)\//.test(importer)
      ? `${root}scripts/stubs/string-width.mjs`
      : undefined,
};

/** Of client-node only kubeconfigs are read; what else it loads for logins and connections takes each start its time. */
const UNUSED: ReadonlySet<string> = new Set([
  'hpagent',
  'jsonpath-plus',
  'openid-client',
  'socks',
  'socks-proxy-agent',
  'undici',
]);

const withoutUnused: Plugin = {
  name: 'without-unused',
  resolveId: (source, importer = '') =>
    UNUSED.has(source) && importer.includes('/node_modules/@kubernetes/client-node/')
      ? `${root}scripts/stubs/unused.cjs`
      : undefined,
};

/**
 * Makes the bundle, without a runtime dependency: `dist/start.cjs` answers what needs no more, and loads `dist/ask.cjs`
 * for the rest, for to read 1 MB takes longer than Node's own start. client-node's generated models are marked free of
 * side effects, else 16 MB of them would stay.
 */
const bundle = await rolldown({
  input: `${root}src/main.ts`,
  platform: 'node',
  // yargs resolves configuration files that extend others, which are not used; a CommonJS file could not.
  transform: { define: { 'import.meta.resolve': 'undefined', PALETTE_AUDIT_COMMIT: JSON.stringify(commitOf(root)) } },
  plugins: [plainWidths, withoutUnused],
  treeshake: { moduleSideEffects: (id: string) => !/client-node\/dist\/(?!polyfill)/.test(id) },
});
const { output } = await bundle.write({
  dir: `${root}dist`,
  format: 'cjs',
  minify: true,
  entryFileNames: 'start.cjs',
  chunkFileNames: '[name].cjs',
});
await bundle.close();
const moduleIds = output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
const packages = bundledPackages(moduleIds);
await writeFile(`${root}dist/THIRD_PARTY_LICENSES`, thirdPartyLicenses(packages));
// For the bill of materials of a release.
const named = packages.map(({ name, version, license }) => ({ name, version, license }));
await writeFile(`${root}build/bundled-packages.json`, JSON.stringify(named));
await chmod(`${root}bin/kubectl-palette_audit`, 0o755);
