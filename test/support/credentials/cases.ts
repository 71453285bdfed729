import type { CredentialCase } from './case.ts';
import { FILE_CASES } from './file-cases.ts';
import { IDENTITY_CASES } from './identity-cases.ts';
import { PLUGIN_CASES } from './plugin-cases.ts';
import { REACH_CASES } from './reach-cases.ts';

/** Every way to reach a cluster, under the head that it belongs to. */
export const CREDENTIAL_CASES: ReadonlyMap<string, readonly CredentialCase[]> = new Map([
  ['kubeconfigs', FILE_CASES],
  ['identities', IDENTITY_CASES],
  ['ways there', REACH_CASES],
  ['credential plugins', PLUGIN_CASES],
]);
