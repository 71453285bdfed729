import { refOf, type ClusterObject } from '../../model/inventory.ts';
import type { AddressLost } from '../../model/removal.ts';
import { refKey, typeName } from '../../model/resource.ts';
import type { Aftermath } from '../aftermath.ts';
import { membersOf } from '../destruction.ts';

/** What of the destroyed the world outside calls, with the names and addresses by which it does. */
export function addressesLost({ world, set }: Aftermath): readonly AddressLost[] {
  const known = new Map(world.references('address').map(({ from, facts }) => [refKey(from), facts]));
  const isReached = (object: ClusterObject): boolean => known.has(refKey(refOf(object))) || isEntrance(object);
  return membersOf(set, isReached).map(({ object }) => {
    const facts = known.get(refKey(refOf(object)));
    return {
      type: typeName(object.type),
      namespace: object.namespace,
      name: object.name,
      hosts: listOf(facts?.get('hosts')),
      addresses: listOf(facts?.get('addresses')),
    };
  });
}

/** Objects that are made to be reached from outside, also where nobody told by what. */
function isEntrance({ type, facts }: ClusterObject): boolean {
  const name = typeName(type);
  return (
    name === 'ingresses.networking.k8s.io' ||
    name === 'gateways.gateway.networking.k8s.io' ||
    (name === 'services' && facts.type === 'LoadBalancer')
  );
}

function listOf(text = ''): readonly string[] {
  return text.split(', ').filter((part) => part !== '');
}
