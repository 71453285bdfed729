import { once } from 'node:events';
import { Agent, request as requestPlainly } from 'node:http';
import { request } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { adminAgent } from './admin-agent.ts';

const unzip = promisify(gunzip);

/** The least that a list can be. */
export const METADATA_LIST = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/** A GET of JSON. Any answer but 200 is an Error. */
export type Get = (path: string, accept: string) => Promise<unknown>;

/** Node's own client with connections that stay open, and gzip: as little as a client can be. */
export function connectMetadata(kubeconfig: string): Get {
  const { server, agent } = adminAgent(kubeconfig);
  const plain = new Agent({ keepAlive: true });
  return async (path, accept) => {
    const [url, headers] = [new URL(path, server), { Accept: accept, 'Accept-Encoding': 'gzip' }];
    const isPlain = url.protocol === 'http:';
    const sent = isPlain ? requestPlainly(url, { agent: plain, headers }) : request(url, { agent, headers });
    sent.end();
    const [response] = await once(sent, 'response');
    const body = await buffer(response);
    if (response.statusCode !== 200) throw new Error(`${path}: ${String(response.statusCode)}`);
    return JSON.parse((response.headers['content-encoding'] === 'gzip' ? await unzip(body) : body).toString());
  };
}
