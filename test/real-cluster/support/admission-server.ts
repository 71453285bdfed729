import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { json } from 'node:stream/consumers';
import { textAt } from '../../../src/cluster/json.ts';
import type { ControlPlane } from './control-plane.ts';
import { portOf } from './free-ports.ts';

/** A webhook's backend on loopback that allows everything. */
export interface AdmissionServer {
  readonly port: number;
  /** What a webhook configuration has to trust: base64 of PEM. */
  readonly caBundle: string;
  /** How many reviews it has answered. */
  readonly asked: () => number;
  readonly stop: () => Promise<void>;
}

/** Answers reviews in the name of `service`, `<service>.<namespace>`, which has to be of type ExternalName to `localhost`. */
export async function startAdmissionServer(plane: ControlPlane, service: string): Promise<AdmissionServer> {
  const { certificate: cert, key, authority } = await plane.servingFor(`${service}.svc`);
  const reviews: unknown[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const review = await json(request);
    reviews.push(review);
    const allowed = { uid: textAt(review, 'request', 'uid'), allowed: true };
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response: allowed }));
  };
  const server = createServer({ cert, key }, (request, response) => void answer(request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: portOf(server),
    caBundle: Buffer.from(authority).toString('base64'),
    asked: () => reviews.length,
    stop: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}
