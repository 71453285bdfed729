import { AGENT, GOING } from './rights-world.ts';

/** Where nothing is at stake. */
export const ELSEWHERE = `aside ${AGENT} default kube-node-lease kube-public kube-system`;

const WITNESSES = ['customresourcedefinitions.apiextensions.k8s.io', 'apiservices.apiregistration.k8s.io'];

/** Of what has no namespace. */
function shownOnce(right: string, gap: string): readonly [string, readonly string[]] {
  return [right, ['exit 3', `${gap} in : ${right}`]];
}

/** What the loss of one right shows, where it is not simply a gap of this type in the namespaces at stake. */
const SHOWN: ReadonlyMap<string, readonly string[]> = new Map([
  ['get paths', ['exit 4']],
  [
    'get namespaces',
    [
      'exit 0',
      `(how far the deletion of ${GOING} is was not read)`,
      '(the uid of the cluster was taken from the list of namespaces)',
    ],
  ],
  ...WITNESSES.map((type) => shownOnce(`list ${type}`, `witness/${type}`)),
  ...['namespaces', 'persistentvolumes', 'nodes', 'fleets.example.com'].map((type) => shownOnce(`list ${type}`, type)),
  [
    'list packs.cluster.spectrocloud.com',
    [
      'exit 3',
      `definitions/packs.cluster.spectrocloud.com in ${AGENT}: list packs.cluster.spectrocloud.com in namespace ${AGENT}`,
    ],
  ],
  ...['clusterprofiles', 'spectroclusters'].map((name): [string, readonly string[]] => {
    const right = `list ${name}.cluster.spectrocloud.com`;
    return [
      right,
      ['exit 3', `${name}.cluster.spectrocloud.com in data going web: ${right} there`, `(${name} were not read)`],
    ];
  }),
  [
    'get secrets',
    [
      'exit 3',
      'release/data-data in data: get secrets in namespace data',
      'release/web-web in web: get secrets in namespace web',
    ],
  ],
  [
    'list secrets',
    [
      'exit 3',
      'release/* secrets in data going web: list secrets there',
      `release/* in ${ELSEWHERE}: list secrets there`,
    ],
  ],
  [
    'get configmaps',
    [
      'exit 3',
      'release/tool in aside: get configmaps in namespace aside',
      '(configmap namespace-labeler-labels was not read)',
    ],
  ],
  [
    'list configmaps',
    [
      'exit 3',
      'configmaps release/* in data going web: list configmaps there',
      `release/* in ${ELSEWHERE}: list configmaps there`,
    ],
  ],
  [
    'list kustomizations.kustomize.toolkit.fluxcd.io',
    [
      'exit 3',
      'kustomizations.kustomize.toolkit.fluxcd.io in data going web: list kustomizations.kustomize.toolkit.fluxcd.io there',
      '(inventories of Flux were not read)',
    ],
  ],
]);

/** What an audit by somebody without this right says: its code, what is not seen, and which right that needs. */
export function expected(right: string): readonly string[] {
  return SHOWN.get(right) ?? ['exit 3', `${right.replace('list ', '')} in data going web: ${right} there`];
}
