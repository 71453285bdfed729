import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { member, readPackageJson, textOf } from './package-json.ts';
import { NODE_BUILDS, type NodePackage, type Target } from './targets.ts';

/** One licence by its SPDX identifier, or several by an expression. */
type Licence = { readonly license: { readonly id: string } } | { readonly expression: string };

interface Component {
  readonly type: 'library' | 'platform';
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly 'bom-ref': string;
  readonly description?: string;
  readonly licenses?: readonly Licence[];
  readonly hashes: readonly { readonly alg: 'SHA-512'; readonly content: string }[];
}

/**
 * What is inside the archives, as CycloneDX 1.5 in JSON: the packages whose code the bundle contains, and the builds of
 * Node. It bears neither a time nor a serial number, so that the same sources make the same bytes.
 *
 * @param root the repository, with the bundle built.
 */
export function billOfMaterials(root: string, targets: readonly Target[]): string {
  const { name, version, description, license } = readPackageJson(root);
  const purl = purlOf(name, version);
  const bundled = bundledComponents(root);
  const nodes = targets.map(nodeComponent);
  const components = [...bundled, ...nodes];
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': purl,
        name,
        version,
        description,
        purl,
        licenses: [licenceOf(license)],
      },
    },
    components,
    dependencies: [{ ref: purl, dependsOn: components.map((component) => component['bom-ref']) }],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function bundledComponents(root: string): readonly Component[] {
  const listed: unknown = JSON.parse(readFileSync(join(root, 'build/bundled-packages.json'), 'utf8'));
  const sums = lockedSums(root);
  const components = (Array.isArray(listed) ? listed : []).map((one: unknown) => {
    const [name = '', version = '', license = ''] = ['name', 'version', 'license'].map((key) => textOf(one, key));
    const purl = purlOf(name, version);
    const content = sums.get(`${name}@${version}`);
    if (content === undefined) throw new Error(`package-lock.json has no sum of ${name} ${version}: run npm ci`);
    return {
      type: 'library' as const,
      'bom-ref': purl,
      name,
      version,
      purl,
      licenses: [licenceOf(license)],
      hashes: [{ alg: 'SHA-512' as const, content }],
    };
  });
  return [...new Map(components.map((component) => [component.purl, component])).values()];
}

function licenceOf(license: string): Licence {
  return license.includes(' ') ? { expression: license } : { license: { id: license } };
}

/** Sums in hexadecimal, by `name@version`. */
function lockedSums(root: string): ReadonlyMap<string, string> {
  const lock: unknown = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const packages = Object.entries(Object(member(lock, 'packages') ?? {}));
  return new Map(
    packages.flatMap(([path, one]): (readonly [string, string])[] => {
      const integrity = /^sha512-(\S+)$/.exec(textOf(one, 'integrity'))?.[1];
      const name = textOf(one, 'name') || path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      if (integrity === undefined) return [];
      return [[`${name}@${textOf(one, 'version')}`, Buffer.from(integrity, 'base64').toString('hex')]];
    }),
  );
}

function nodeComponent(target: Target): Component {
  const node: NodePackage | undefined = NODE_BUILDS.get(target)?.node;
  if (node === undefined) throw new Error(`no build of Node is pinned for ${target}`);
  const purl = purlOf(node.name, node.version);
  return {
    type: 'platform',
    'bom-ref': purl,
    name: node.name,
    version: node.version,
    description: `Node.js ${node.version} in the archive for ${target}`,
    purl,
    hashes: [{ alg: 'SHA-512', content: node.sha512 }],
  };
}

/** Source: the purl specification, type npm: the @ of a scope is written as %40. */
function purlOf(name: string, version: string): string {
  return `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;
}
