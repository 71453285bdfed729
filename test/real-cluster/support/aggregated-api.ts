import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { ControlPlane } from './control-plane.ts';
import { portOf } from './free-ports.ts';

/** An API of one group and version, served by the test process. */
export interface AggregatedApi {
  /** The APIService's name. */
  readonly name: string;
  /** Where the API server serves its discovery. */
  readonly path: string;
  /** Stops serving. The APIService stays, as it does when a backend dies. */
  readonly stop: () => Promise<void>;
}

const GROUP = 'aggregated.example.com';
const NAME = `v1.${GROUP}`;
const PATH = `/apis/${GROUP}/v1`;

/**
 * Serves discovery on loopback, registers it (the aggregator follows an ExternalName Service to `localhost`), and comes
 * back when the API server passes requests on, which is a moment after it calls the API available.
 */
export async function startAggregatedApi(plane: ControlPlane, namespace: string): Promise<AggregatedApi> {
  // Whatever the host's name, the aggregator wants the Service's in the certificate.
  const { certificate: cert, key, authority } = await plane.servingFor(`aggregated.${namespace}.svc`);
  const server = serveDiscovery(cert, key);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await once(server.close(), 'close');
  };
  try {
    await plane.apply(...registration(namespace, portOf(server), authority));
    await plane.waitFor('the aggregated API answers', async () => {
      const { code } = await plane.kubectl('get', '--raw', PATH);
      return code === 0;
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { name: NAME, path: PATH, stop };
}

function serveDiscovery(cert: string, key: string): Server {
  const discovery = { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: `${GROUP}/v1`, resources: [] };
  return createServer({ cert, key }, (request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.statusCode = request.url === PATH ? 200 : 404;
    response.end(JSON.stringify(discovery));
  });
}

function registration(namespace: string, port: number, authority: string): readonly object[] {
  const metadata = { name: 'aggregated', namespace };
  const service = { type: 'ExternalName', externalName: 'localhost' };
  const api = {
    group: GROUP,
    version: 'v1',
    groupPriorityMinimum: 1000,
    versionPriority: 10,
    service: { ...metadata, port },
    caBundle: Buffer.from(authority).toString('base64'),
  };
  return [
    { apiVersion: 'v1', kind: 'Service', metadata, spec: service },
    { apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', metadata: { name: NAME }, spec: api },
  ];
}
