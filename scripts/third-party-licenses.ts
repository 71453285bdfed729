import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A package whose code is in the bundle. */
interface BundledPackage {
  readonly folder: string;
  readonly title: string;
}

/**
 * Gathers the licences of the packages that a bundle contains, by its modules' paths.
 *
 * @throws {Error} for a package without a licence: shipping it would be wrong.
 */
export function thirdPartyLicenses(moduleIds: readonly string[]): string {
  const folders = new Set(moduleIds.flatMap((id) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []));
  const packages = [...folders].map(bundledPackage).toSorted((one, other) => (one.title < other.title ? -1 : 1));
  const texts = packages.map(
    ({ folder, title }) => `${title}\n${'-'.repeat(title.length)}\n\n${licenseText(folder, title)}`,
  );
  return `The file cli.cjs contains code of these packages.\n\n${[...new Set(texts)].join('\n\n')}\n`;
}

function bundledPackage(folder: string): BundledPackage {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const title = ['name', 'version', 'license'].map((field) => text(manifest, field)).join(' ');
  return { folder, title };
}

function text(manifest: unknown, field: string): string {
  const value = typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, field) : undefined;
  return typeof value === 'string' ? value : '';
}

function licenseText(folder: string, title: string): string {
  const file = readdirSync(folder).find((name) => /^(?:licen[cs]e|copying)/i.test(name));
  if (file !== undefined) return readFileSync(join(folder, file), 'utf8').trim();
  if (/ \S+$/.test(title)) return `Licence as named above; the package has no licence file.`;
  throw new Error(`${title} names no licence: leave it out of the bundle`);
}
