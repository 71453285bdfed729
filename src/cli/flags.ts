import { UserError } from '../model/errors.ts';
import { all, isSet, last, lastOrDefault, refuseEmpty, refuseTogether, type Given } from './given.ts';
import type { ConnectionFlags, OutputFlags, SubjectFlags } from './invocation.ts';
import type { CommandName } from './commands.ts';
import {
  COLORS,
  FAIL_ON,
  FORMATS,
  LIVE_OPTIONS,
  REMOVAL_FAIL_ON,
  VERSION_FORMATS,
  type OptionName,
} from './options.ts';
import { choice, commaSeparated, count, durationMs, namespaceName, variables } from './values.ts';

/** Refuses what cannot be meant together, or would be without effect. */
export function refuseContradictions(given: Given): void {
  refuseEmpty(given, ['filename', 'pack-name', 'cluster-uid', 'snapshot', 'to']);
  refuseTogether(given, 'namespace', ['all-namespaces']);
  refuseTogether(given, 'snapshot', LIVE_OPTIONS);
  refuseSecretWildcard(given);
  refuseRemovalInNamespaces(given);
  if (isSet(given, 'insecure-skip-tls-verify'))
    refuseTogether(given, 'insecure-skip-tls-verify', ['certificate-authority']);
  refuseVariablesOfSnapshot(given);
  if (given.has('pack-name') && !given.has('filename'))
    throw new UserError('--pack-name names the pack of a values file, and no file is given', 'Give the file with -f.');
  if (all(given, 'filename').filter((path) => path === '-').length > 1)
    throw new UserError('standard input is given twice', 'Give "-f -" once.');
}

function refuseVariablesOfSnapshot(given: Given): void {
  if (!given.has('snapshot') || !given.has('var') || given.has('filename') || given.has('to')) return;
  throw new UserError(
    '--var cannot change a snapshot, whose variables were resolved when it was written',
    'Give --var to "kubectl palette-audit snapshot", or definitions with -f or --to.',
  );
}

function refuseSecretWildcard(given: Given): void {
  if (isSet(given, 'wildcard') && isSet(given, 'without-secrets'))
    throw new UserError(
      '--wildcard grants Secrets too, so it cannot go with --without-secrets',
      'Leave one of them out: RBAC can only add rights.',
    );
}

/** A removal takes along what no namespace holds, and breaks things in any of them. */
function refuseRemovalInNamespaces(given: Given): void {
  if (isSet(given, 'removal') && given.has('namespace'))
    throw new UserError(
      '--removal is about the whole cluster, so it cannot go with --namespace',
      'Leave one of them out.',
    );
}

/** @returns kubectl's connection flags; an empty text is not given, as in kubectl. */
export function connectionFlags(given: Given): ConnectionFlags {
  const text = (name: OptionName): string | undefined => last(given, name) || undefined;
  return {
    kubeconfig: text('kubeconfig'),
    context: text('context'),
    cluster: text('cluster'),
    user: text('user'),
    as: text('as'),
    asGroup: all(given, 'as-group'),
    asUid: text('as-uid'),
    server: text('server'),
    token: text('token'),
    tlsServerName: text('tls-server-name'),
    certificateAuthority: text('certificate-authority'),
    clientCertificate: text('client-certificate'),
    clientKey: text('client-key'),
    insecureSkipTlsVerify: isSet(given, 'insecure-skip-tls-verify'),
    requestTimeoutMs: durationMs('request-timeout', lastOrDefault(given, 'request-timeout')),
  };
}

/** @returns what to audit, and from which definitions. */
export function subjectFlags(given: Given): SubjectFlags {
  return {
    filenames: all(given, 'filename'),
    packName: last(given, 'pack-name'),
    variables: variables(all(given, 'var')),
    clusterUid: last(given, 'cluster-uid'),
    snapshot: last(given, 'snapshot'),
    namespaces: commaSeparated('namespace', all(given, 'namespace')).map(namespaceName),
    allNamespaces: isSet(given, 'all-namespaces'),
    selector: last(given, 'selector') || undefined,
    chunkSize: count('chunk-size', lastOrDefault(given, 'chunk-size')),
    withoutReleases: isSet(given, 'without-releases'),
  };
}

/** @returns how to say it. */
export function outputFlags(given: Given, command: CommandName): OutputFlags {
  const failOn = command === 'removal' ? REMOVAL_FAIL_ON : FAIL_ON;
  return {
    output: choice('output', command === 'version' ? VERSION_FORMATS : FORMATS, lastOrDefault(given, 'output')),
    noHeaders: isSet(given, 'no-headers'),
    labelColumns: commaSeparated('label-columns', all(given, 'label-columns')),
    failOn: choice('fail-on', failOn, lastOrDefault(given, 'fail-on')),
    failOnGiven: given.has('fail-on'),
    color: choice('color', COLORS, lastOrDefault(given, 'color')),
    verbosity: count('v', lastOrDefault(given, 'v')),
  };
}
