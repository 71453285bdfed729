/** Where a secret may stand. Each place has one word of its own, which must never come out. */
const PLACES = [
  // In answers of the server.
  'last-applied annotation of a Secret',
  'free annotation',
  'free label',
  'managed fields',
  'release values',
  'chart values',
  'release notes',
  'Secret in a release manifest',
  'hook of a release',
  'pack values of a Pack resource',
  'manifest values of a Pack resource',
  'spec of a whole object',
  'annotation of a whole object',
  // In objects whose payload is never asked for.
  'Secret data',
  'ConfigMap data',
  'env of a workload',
  // In files and on the command line.
  'values in a file',
  'variable default of a profile',
  'variable on the command line',
  'broken line of a YAML file',
  'manifest in a file',
  'broken line of a snapshot',
  // In credentials.
  'token',
  'token file',
  'basic password',
  'client key',
  'exec plugin token',
  'exec plugin environment',
  'exec plugin argument',
  'failing exec plugin output',
  'proxy password',
  'broken line of a kubeconfig',
] as const;

export type CanaryPlace = (typeof PLACES)[number];

/** The word at a place, which stands nowhere else. */
export function canary(place: CanaryPlace): string {
  return `canary-${PLACES.indexOf(place) + 100}-${Buffer.from(place).toString('hex').slice(-12)}`;
}

/** Every place with its word. */
export const CANARIES: readonly { readonly place: CanaryPlace; readonly word: string }[] = PLACES.map((place) => ({
  place,
  word: canary(place),
}));

/** Places whose words a text holds, also in base64 as credentials and Secrets are sent. */
export function placesIn(text: string): readonly CanaryPlace[] {
  return CANARIES.filter(({ word }) => text.includes(word) || text.includes(inner64(word))).map(({ place }) => place);
}

/** Base64 of a word wherever it begins: without the characters at its ends that depend on its neighbours. */
function inner64(word: string): string {
  return Buffer.from(word).toString('base64').slice(0, -4);
}
