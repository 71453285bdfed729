import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority } from '../real-cluster/support/certificates.ts';
import type { Identity } from '../real-cluster/support/certificates.ts';

/** A server's certificate for loopback, and the file of the authority that signed it. */
export interface LoopbackIdentity extends Identity {
  readonly authorityFile: string;
}

async function create(): Promise<LoopbackIdentity> {
  const folder = mkdtempSync(join(tmpdir(), 'palette-audit-tls-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const authority = await createAuthority();
  const authorityFile = join(folder, 'ca.crt');
  writeFileSync(authorityFile, authority.certificate);
  return { ...(await authority.server(['localhost'], ['127.0.0.1'])), authorityFile };
}

let made: Promise<LoopbackIdentity> | undefined;

/** The same for the whole process: making keys takes longer than most tests. */
export function loopbackIdentity(): Promise<LoopbackIdentity> {
  made ??= create();
  return made;
}
