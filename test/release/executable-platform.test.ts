import assert from 'node:assert/strict';
import { executablePlatform } from '../../scripts/release/executable-platform.ts';

function header(write: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.alloc(256);
  write(bytes);
  return bytes;
}

const elf = (machine: number): Buffer =>
  header((bytes) => {
    bytes.write('\x7fELF\x02\x01', 'latin1');
    bytes.writeUInt16LE(machine, 18);
  });
const machO = (type: number): Buffer =>
  header((bytes) => {
    bytes.writeUInt32LE(0xfeed_facf, 0);
    bytes.writeUInt32LE(type, 4);
  });
const pe = (machine: number, start = 128): Buffer =>
  header((bytes) => {
    bytes.write('MZ', 'latin1');
    bytes.writeUInt32LE(start, 0x3c);
    bytes.write('PE\0\0', 128, 'latin1');
    bytes.writeUInt16LE(machine, 132);
  });

describe('the platform of an executable', () => {
  const cases: readonly (readonly [says: string, content: Buffer, platform: string | undefined])[] = [
    ['ELF for x86-64', elf(62), 'linux-x64'],
    ['ELF for AArch64', elf(183), 'linux-arm64'],
    ['ELF for RISC-V', elf(243), undefined],
    ['Mach-O for x86-64', machO(0x0100_0007), 'darwin-x64'],
    ['Mach-O for ARM64', machO(0x0100_000c), 'darwin-arm64'],
    ['PE for x86-64', pe(0x8664), 'windows-x64'],
    ['PE for ARM64', pe(0xaa64), undefined],
    ['a DOS program whose header lies outside', pe(0x8664, 100_000), undefined],
    ['a script', Buffer.from('#!/bin/sh\n'.repeat(20)), undefined],
    ['nothing', Buffer.alloc(0), undefined],
  ];
  for (const [says, content, platform] of cases) {
    it(`${says}: ${platform ?? 'none of ours'}`, () => assert.equal(executablePlatform(content), platform));
  }
});
