import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A package whose code is in the bundle. */
export interface BundledPackage {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly license: string;
}

/** The packages that a bundle contains, by its modules' paths, in the order of their names. */
export function bundledPackages(moduleIds: readonly string[]): readonly BundledPackage[] {
  const folders = new Set(moduleIds.flatMap((id) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []));
  return [...folders].map(bundledPackage).toSorted((one, other) => (titleOf(one) < titleOf(other) ? -1 : 1));
}

/**
 * Gathers the licences of the packages that a bundle contains.
 *
 * @throws {Error} for a package without a licence: shipping it would be wrong.
 */
export function thirdPartyLicenses(packages: readonly BundledPackage[]): string {
  const texts = packages.map((bundled) => {
    const title = titleOf(bundled);
    return `${title}\n${'-'.repeat(title.length)}\n\n${licenseText(bundled.folder, title)}`;
  });
  return `The bundle, the .cjs files, contains code of these packages.\n\n${[...new Set(texts)].join('\n\n')}\n`;
}

function bundledPackage(folder: string): BundledPackage {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const [name = '', version = '', license = ''] = ['name', 'version', 'license'].map((field) => text(manifest, field));
  return { folder, name, version, license };
}

function titleOf({ name, version, license }: BundledPackage): string {
  return [name, version, license].join(' ');
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
