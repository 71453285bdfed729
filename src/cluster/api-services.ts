import { listAt, textAt } from './json.ts';
import { JSON_TYPE } from './media-types.ts';
import { plainText } from './plain-text.ts';
import type { Transport } from './transport.ts';

/** The full name of the type. */
export const API_SERVICES = 'apiservices.apiregistration.k8s.io';

/** An API as the aggregator registers it. `service` is `namespace/name`, '' where the API server itself serves it. */
export interface ApiService {
  readonly name: string;
  readonly group: string;
  readonly version: string;
  readonly service: string;
  readonly available: boolean;
  readonly reason: string;
  readonly message: string;
}

/** The condition of this type of an object; its fields are '' where there is none. */
export function conditionOf(
  object: unknown,
  type: string,
): { readonly status: string; readonly reason: string; readonly message: string } {
  const condition = listAt(object, 'status', 'conditions').find((entry) => textAt(entry, 'type') === type);
  return {
    status: textAt(condition, 'status') ?? '',
    reason: plainText(textAt(condition, 'reason') ?? ''),
    message: plainText(textAt(condition, 'message') ?? ''),
  };
}

/** Takes an APIService from its object; nothing when it has no version. */
export function apiServiceOf(object: unknown): readonly ApiService[] {
  const version = textAt(object, 'spec', 'version');
  if (version === undefined) return [];
  const { status, reason, message } = conditionOf(object, 'Available');
  const backend = textAt(object, 'spec', 'service', 'name');
  const namespace = textAt(object, 'spec', 'service', 'namespace') ?? '';
  return [
    {
      name: plainText(textAt(object, 'metadata', 'name') ?? ''),
      group: textAt(object, 'spec', 'group') ?? '',
      version,
      service: backend === undefined ? '' : plainText(`${namespace}/${backend}`),
      available: status === 'True',
      reason,
      message,
    },
  ];
}

/**
 * Whether the APIService of a version says itself that it does not answer: then there is nothing to wait for. False when
 * it says otherwise, or may not be read.
 */
export async function isCalledUnavailable(
  transport: Transport,
  { group, version }: { readonly group: string; readonly version: string },
): Promise<boolean> {
  const name = `${version}.${group}`;
  const reply = await transport.get({
    path: `/apis/apiregistration.k8s.io/v1/apiservices?fieldSelector=${encodeURIComponent(`metadata.name=${name}`)}`,
    accept: JSON_TYPE,
    attempts: 1,
    parse: (body) => ({ ok: true, value: listAt(body, 'items').flatMap(apiServiceOf) }),
  });
  return reply.ok && reply.value.some((service) => service.name === name && !service.available);
}
