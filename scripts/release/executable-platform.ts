import type { Target } from './targets.ts';

/** e_machine of ELF. Source: the ELF specification's registry of machines. */
const ELF: ReadonlyMap<number, Target> = new Map([
  [0x3e, 'linux-x64'],
  [0xb7, 'linux-arm64'],
]);
/** cputype of 64-bit Mach-O. Source: Apple's mach/machine.h. */
const MACH_O: ReadonlyMap<number, Target> = new Map([
  [0x0100_0007, 'darwin-x64'],
  [0x0100_000c, 'darwin-arm64'],
]);
/** Machine of PE. Source: Microsoft's PE format. */
const PE: ReadonlyMap<number, Target> = new Map([[0x8664, 'windows-x64']]);

/** The platform whose executable this is, told by its header; undefined for any other content. */
export function executablePlatform(content: Buffer): Target | undefined {
  if (content.length < 64) return undefined;
  if (content.toString('latin1', 0, 6) === '\x7fELF\x02\x01') return ELF.get(content.readUInt16LE(18));
  if (content.readUInt32LE(0) === 0xfeed_facf) return MACH_O.get(content.readUInt32LE(4));
  if (content.toString('latin1', 0, 2) === 'MZ') return portableExecutable(content, content.readUInt32LE(0x3c));
  return undefined;
}

function portableExecutable(content: Buffer, header: number): Target | undefined {
  if (header + 6 > content.length || content.toString('latin1', header, header + 4) !== 'PE\0\0') return undefined;
  return PE.get(content.readUInt16LE(header + 4));
}
