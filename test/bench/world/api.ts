import { once } from 'node:events';
import { request } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { adminAgent } from '../measure/admin-agent.ts';

/** The API server as its administrator, over connections that stay open. */
export interface Api {
  /** Resolves with the JSON of a success; any other answer is an Error. A 409 of a POST is one, too. */
  readonly send: (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) => Promise<unknown>;
  readonly stop: () => void;
}

/** How many requests that change something are in flight: enough to keep two cores busy. */
export const AT_ONCE = 32;

/** Connects with the client certificate of a kubeconfig in JSON. */
export function connectApi(kubeconfig: string): Api {
  const { server, agent } = adminAgent(kubeconfig, AT_ONCE);
  return {
    send: async (method, path, body) => {
      const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
      const sent = request(new URL(path, server), { method, agent, headers });
      sent.end(body === undefined ? undefined : JSON.stringify(body));
      const [response] = await once(sent, 'response');
      const text = (await buffer(response)).toString();
      if (response.statusCode >= 300)
        throw new Error(`${method} ${path}: ${response.statusCode} ${text.slice(0, 400)}`);
      return JSON.parse(text);
    },
    stop: () => agent.destroy(),
  };
}
