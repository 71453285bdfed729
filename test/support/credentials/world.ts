import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createAuthority } from '../../real-cluster/support/certificates.ts';
import type { Identity } from '../../real-cluster/support/certificates.ts';
import { startHttpProxy, startSocksProxy } from './recording-proxy.ts';
import type { RecordingProxy } from './recording-proxy.ts';
import { startRecordingServer } from './recording-server.ts';
import type { Answer, Caller, RecordingServer } from './recording-server.ts';

/** A name that the server's certificate has and that no resolver knows. */
export const HIDDEN_NAME = 'cluster.invalid';

/** Servers and proxies that remember who came, and files to come with. All PEM texts. */
export interface CredentialWorld {
  readonly folder: string;
  readonly authority: string;
  /** An authority that signed nothing here. */
  readonly stranger: string;
  readonly jane: Identity;
  readonly joe: Identity;
  readonly https: RecordingServer;
  readonly http: RecordingServer;
  readonly ipv6: RecordingServer;
  readonly httpProxy: RecordingProxy;
  readonly httpsProxy: RecordingProxy;
  readonly socksProxy: RecordingProxy;
  /** Brings to the http server. */
  readonly plainProxy: RecordingProxy;
  readonly plainSocks: RecordingProxy;
  /** Writes a file below the folder and returns its path; `mode` 0o755 makes it a program. */
  readonly write: (name: string, text: string, mode?: number) => string;
  readonly stop: () => Promise<void>;
}

/** Makes the world; nothing of it is left after `stop`. */
export async function startCredentialWorld(): Promise<CredentialWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'credentials-'));
  const [authority, stranger] = await Promise.all([createAuthority(), createAuthority()]);
  const [serving, jane, joe] = await Promise.all([
    authority.server(['localhost', HIDDEN_NAME], ['127.0.0.1', '::1']),
    authority.client('jane', ['dev', 'ops']),
    authority.client('joe'),
  ]);
  const https = await startRecordingServer({ tls: serving });
  const http = await startRecordingServer({});
  const ipv6 = await startRecordingServer({ host: '::1', tls: serving });
  const servers = { https, http, ipv6 };
  const proxies = {
    httpProxy: await startHttpProxy({ to: https.port }),
    httpsProxy: await startHttpProxy({ to: https.port, tls: serving }),
    socksProxy: await startSocksProxy({ to: https.port }),
    plainProxy: await startHttpProxy({ to: http.port }),
    plainSocks: await startSocksProxy({ to: http.port }),
  };
  return {
    folder,
    authority: authority.certificate,
    stranger: stranger.certificate,
    jane,
    joe,
    ...servers,
    ...proxies,
    write: (name, text, mode = 0o600) => {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      chmodSync(path, mode);
      return path;
    },
    stop: async () => {
      for (const proxy of Object.values(proxies)) await proxy.stop();
      for (const server of Object.values(servers)) await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** How a program is called: flags, and the environment beside PATH and HOME. */
export interface Setting {
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What the https server answers; else all goes well. */
  readonly answer?: () => Answer;
}

/** What the servers and proxies saw of one run. */
export interface Sight {
  /** Which server was asked for `/api` first, and by whom; undefined when none was reached. */
  readonly server: 'https' | 'http' | 'ipv6' | undefined;
  readonly caller: Caller | undefined;
  /** What proxies were asked, without the ports of this run; of forwarded requests only that for `/api`. */
  readonly asked: readonly string[];
  /** What an exec plugin left in the file `info.json`, and how often it ran. */
  readonly pluginInfo: unknown;
  readonly pluginRuns: number;
}

function read(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** Makes all forget what was seen. */
export function forget(world: CredentialWorld, setting: Setting): void {
  for (const server of [world.http, world.ipv6]) server.reset();
  world.https.reset(setting.answer?.());
  for (const proxy of proxiesOf(world)) proxy.forget();
  for (const name of ['info.json', 'runs']) rmSync(join(world.folder, name), { force: true });
}

function proxiesOf(world: CredentialWorld): readonly RecordingProxy[] {
  return [world.httpProxy, world.httpsProxy, world.socksProxy, world.plainProxy, world.plainSocks];
}

function withoutPorts(world: CredentialWorld, asked: string): string {
  return asked
    .replaceAll(String(world.https.port), 'PORT')
    .replaceAll(String(world.http.port), 'PORT')
    .replace(/^GET (.*?)\?\S*/, 'GET $1');
}

/** What was seen since `forget`. */
export function sightOf(world: CredentialWorld): Sight {
  const server = (['https', 'http', 'ipv6'] as const).find((name) => world[name].calls.length > 0);
  const calls = server === undefined ? [] : world[server].calls;
  const info = read(join(world.folder, 'info.json'));
  return {
    server,
    caller: calls.find(({ path }) => path === '/api')?.caller,
    asked: [...new Set(proxiesOf(world).flatMap(({ asked }) => asked))]
      .map((text) => withoutPorts(world, text))
      .filter((text) => !/\/(apis|version)/.test(text)),
    pluginInfo: info === '' ? undefined : JSON.parse(info),
    pluginRuns: read(join(world.folder, 'runs')).length,
  };
}
