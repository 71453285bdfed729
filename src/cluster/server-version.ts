import { connect } from './connect.ts';
import { tellConnection } from './tell-connection.ts';
import { textAt } from './json.ts';
import { JSON_TYPE } from './media-types.ts';
import type { ClusterOptions, ClusterPorts } from './options.ts';

/** What a server says of itself; '' for what it does not say. */
export interface ServerVersion {
  /** As in `v1.34.1`. */
  readonly gitVersion: string;
  readonly gitCommit: string;
  /** As in `linux/amd64`. */
  readonly platform: string;
}

/** One quick question: whoever asks for a version does not want to wait for a server that is gone. */
const QUICK = { connectMs: 5_000, headersMs: 5_000, requestMs: 5_000, maxAttempts: 1 };

/**
 * Asks the server that flags and kubeconfig name for its version, once, for at most 5 s or the request timeout. Throws
 * UserError: exit code 2 when kubeconfig or context are wrong, 4 when the server does not answer.
 */
export async function readServerVersion(options: ClusterOptions, ports: ClusterPorts): Promise<ServerVersion> {
  const bounds = options.requestTimeoutMs > 0 ? { maxAttempts: 1 } : QUICK;
  const limits = { ...bounds, ...ports.limits };
  const { transport, server } = await connect(options, { ...ports, limits });
  const reply = await transport.get({
    path: '/version',
    accept: JSON_TYPE,
    parse: (body) => {
      const gitVersion = textAt(body, 'gitVersion');
      if (gitVersion === undefined) return { ok: false, reason: 'the answer has no version' };
      const [gitCommit = '', platform = ''] = ['gitCommit', 'platform'].map((field) => textAt(body, field));
      return { ok: true, value: { gitVersion, gitCommit, platform } };
    },
  });
  if (reply.ok) return reply.value;
  throw tellConnection(reply.failure, '/version', server);
}
