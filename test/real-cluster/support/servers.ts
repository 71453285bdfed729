import { setTimeout as sleep } from 'node:timers/promises';
import { startServer, type ServerCommand, type ServerProcess } from './server-process.ts';

/** The servers of one control plane, in the order in which they were started. */
export interface Servers {
  readonly start: (command: ServerCommand) => void;
  /** Asks until the answer is yes. A server that ended meanwhile, or three minutes gone by, is an error with its log. */
  readonly waitFor: (what: string, check: () => Promise<boolean>) => Promise<void>;
  /** Stops the last started first, and comes back when all are gone. */
  readonly stop: () => Promise<void>;
}

/** The namespace controller looks again at what held it up only after up to a minute. */
const PATIENCE = 180_000;
const INTERVAL = 100;

/** No servers yet; their logs go to `folder`. */
export function createServers(folder: string): Servers {
  const started: ServerProcess[] = [];
  return {
    start: (command) => void started.push(startServer(command, folder)),
    waitFor: async (what, check) => {
      const deadline = Date.now() + PATIENCE;
      while (!(await check())) {
        for (const server of started) failIfEnded(server);
        if (Date.now() > deadline)
          throw new Error(`${what}: not within three minutes\n${started.map(logOf).join('\n')}`);
        await sleep(INTERVAL);
      }
    },
    stop: async () => {
      for (const server of started.toReversed()) await server.stop();
    },
  };
}

function failIfEnded(server: ServerProcess): void {
  const end = server.ended();
  if (end !== undefined) throw new Error(`${server.name} ended (${end})\n${logOf(server)}`);
}

function logOf(server: ServerProcess): string {
  return `--- the end of ${server.name}'s log\n${server.lastLines()}`;
}
