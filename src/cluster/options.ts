/** kubectl's connection flags as given, absent ones undefined, and how to list. */
export interface ClusterOptions {
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly cluster: string | undefined;
  readonly user: string | undefined;
  readonly as: string | undefined;
  readonly asGroup: readonly string[];
  readonly asUid: string | undefined;
  readonly server: string | undefined;
  readonly token: string | undefined;
  readonly tlsServerName: string | undefined;
  readonly certificateAuthority: string | undefined;
  readonly clientCertificate: string | undefined;
  readonly clientKey: string | undefined;
  readonly insecureSkipTlsVerify: boolean;
  /** Milliseconds for one request; 0 is no limit of its own. */
  readonly requestTimeoutMs: number;
  /** Objects per page; 0 asks for everything at once. */
  readonly chunkSize: number;
  readonly withoutReleases: boolean;
}

/** Bounds of the transport. Times are milliseconds. */
export interface TransportLimits {
  readonly connectMs: number;
  readonly headersMs: number;
  readonly idleMs: number;
  readonly requestMs: number;
  readonly listMs: number;
  readonly runMs: number;
  readonly backoffMs: number;
  readonly maxWaitMs: number;
  readonly maxBytes: number;
  readonly maxAttempts: number;
  /** How long a credential plugin may run. */
  readonly pluginMs: number;
  /** How long what a tokenFile held is taken for fresh. Source: client-go, transport/token_source.go. */
  readonly tokenFileMs: number;
}

/** What the reader needs of the world. `limits` replaces single bounds, e.g. to make a hang short. */
export interface ClusterPorts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly warn: (line: string) => void;
  readonly log: (level: number, line: string) => void;
  readonly now: () => number;
  readonly progress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
  /** Nobody is there to answer a credential plugin or to read what it says. */
  readonly unattended?: boolean;
  readonly limits?: Partial<TransportLimits> | undefined;
  /** The folder of a pod's service account, where it is not the usual one. */
  readonly serviceAccount?: string;
}

const MEBIBYTE = 1024 * 1024;

/** A header wait just above the API server's own 60 s, so that its 504 is seen rather than guessed. */
export const DEFAULT_LIMITS: TransportLimits = {
  connectMs: 10_000,
  headersMs: 65_000,
  idleMs: 30_000,
  requestMs: 120_000,
  listMs: 120_000,
  runMs: 600_000,
  backoffMs: 500,
  maxWaitMs: 60_000,
  maxBytes: 256 * MEBIBYTE,
  maxAttempts: 5,
  pluginMs: 60_000,
  tokenFileMs: 50_000,
};
