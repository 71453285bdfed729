import { audit } from '../../src/audit/audit.ts';
import type { PackDefinition } from '../../src/model/definition.ts';
import { matchesGolden } from '../support/golden.ts';
import { subjectOf, type World } from '../support/subject.ts';
import { covered, definition, namespaceRecord, nameText, object, packOf, release } from '../support/world.ts';

const LONGEST = 'n'.repeat(63);
const AGENT = 'cluster-69af4d3e45baa7b0b501055a';
const TOO_LONG = 'n'.repeat(64);

function at(line: number): PackDefinition['place'] {
  return { path: 'profile.yaml', line, column: 1 };
}

const fault = (code: PackDefinition['problems'][number]['code'], subject: string, line: number) => ({
  code,
  subject,
  detail: `why of ${subject}`,
  place: at(line),
});

const setting = (namespace: string, line: number, keys: readonly string[] = []) => ({
  namespace: { ...nameText(namespace), place: at(line) },
  entries: keys.map((key) => ({ key, value: 'v', resolved: !key.startsWith('open') })),
  malformed: [],
});

const inCluster = (namespace: string) => ({ source: { kind: 'cluster', namespace } }) as const;
const inFile = (path: string) => ({ source: { kind: 'file', path } }) as const;

/** Names as they stand in definitions: out of order, twice, and on namespaces nobody else claims. */
const DEFINITIONS: World = {
  packs: [
    packOf(
      definition('zeta', {
        namespace: 'zeta',
        problems: [
          fault('definition-unreadable', 'values', 9),
          fault('definition-unreadable', 'manifests', 8),
          fault('draft-only', 'second profile', 7),
          fault('draft-only', 'first profile', 6),
        ],
        namespaceLabels: [setting('zeta', 5, ['open-b', 'open-a', 'set']), setting('stray', 4)],
        namespaceAnnotations: [setting('annotated', 3, ['open-a'])],
      }),
    ),
    packOf(
      definition('alpha', {
        namespace: 'alpha',
        ...inFile('a.yaml'),
        place: at(1),
        problems: [fault('name-not-text', 'n', 2)],
      }),
      definition('alpha', { namespace: 'alpha', ...inFile('b.yaml'), version: '2.0.0', place: at(2) }),
      definition('alpha', { namespace: 'alpha', ...inCluster('cluster-1'), place: at(3) }),
      definition('alpha', {
        ...inFile('directory'),
        isPackDirectory: true,
        place: at(4),
        namespaceLabels: [setting('stray', 11)],
      }),
    ),
    packOf(
      definition('twice-in-the-cluster', { namespace: 'twice', ...inCluster('cluster-1'), place: at(1) }),
      definition('twice-in-the-cluster', { namespace: 'twice', ...inCluster('cluster-1'), place: at(2) }),
    ),
    packOf(
      definition('once-each', { namespace: 'once', ...inCluster('cluster-1') }),
      definition('once-each', { namespace: 'once', ...inFile('a.yaml') }),
    ),
  ],
  given: { otherAgentNamespaces: ['cluster-2'] },
};

const CHART = { chart: 'web' };

/** Claims on namespaces that moved, are gone, cannot be or must not go. */
const NAMESPACES: World = {
  packs: [
    packOf(
      definition('web', { namespace: 'new', chartKeys: ['web'], charts: [{ name: 'web', version: '1' }] }),
      definition('web', { namespace: 'newer', chartKeys: ['web'] }),
    ),
    packOf(
      definition('api', {
        namespace: LONGEST,
        reportedState: 'installed',
        additionalNamespaces: [TOO_LONG, 'x', '-x', 'x-'].map(nameText),
      }),
    ),
    packOf(
      definition('agent', {
        namespace: AGENT,
        reportedState: 'installed',
        additionalNamespaces: [nameText('kube-system')],
      }),
    ),
    packOf(definition('removed', { namespace: 'gone', reportedState: 'being removed' })),
    packOf(definition('planned', { namespace: 'planned' })),
    packOf(
      definition('labelled', {
        namespace: 'old',
        reportedState: 'installed',
        namespaceLabels: [setting('old', 2, ['set', 'unset', 'open']), setting('old', 3, ['later'])],
        namespaceAnnotations: [setting('old', 4, ['unset']), setting('new', 5, ['set'])],
      }),
    ),
  ],
  objects: [
    object('old/Deployment/web', {
      annotations: { 'meta.helm.sh/release-name': 'web-web', 'meta.helm.sh/release-namespace': 'old' },
    }),
    object(`old/ConfigMap/mine`, { manager: 'kubectl-create' }),
    object('new/ConfigMap/mine', { manager: 'kubectl-create' }),
    object('kube-system/ConfigMap/mine', { manager: 'kubectl-create' }),
    object('kube-system/Secret/yours', { manager: 'kubectl-create' }),
  ],
  given: {
    releases: [
      release('old/web-web', { ...CHART, has: ['/Deployment/web'] }),
      release('older/web-web', { ...CHART, has: [] }),
    ],
    namespaces: [
      namespaceRecord('old', { labels: new Map([['set', 'v']]), deletingSince: '2026-01-01T00:00:00Z' }),
      namespaceRecord('new', { annotations: new Map([['set', 'v']]) }),
      namespaceRecord(AGENT),
      namespaceRecord('kube-system'),
      namespaceRecord('unclaimed', { deletingSince: '2026-01-01T00:00:00Z' }),
    ],
  },
};

const COVERED = NAMESPACES.given?.coverage ?? [];

const WORLDS: ReadonlyMap<string, World> = new Map([
  ['definitions', DEFINITIONS],
  ['namespaces', NAMESPACES],
  ['namespaces, narrowed to one', { ...NAMESPACES, narrowedTo: ['new'] }],
  ['namespaces, narrowed to one that is going', { ...NAMESPACES, narrowedTo: ['unclaimed'] }],
  [
    'namespaces, of which one could not be read',
    {
      ...NAMESPACES,
      given: {
        ...NAMESPACES.given,
        coverage: [...COVERED, covered('namespaces'), covered('namespaces', { scope: 'new', state: 'forbidden' })],
      },
    },
  ],
  [
    'namespaces, of which only one was read',
    { ...NAMESPACES, given: { ...NAMESPACES.given, coverage: [covered('namespaces', { scope: 'new' })] } },
  ],
]);

/** All that an audit says of a world, a line for each finding, as a golden holds it. */
function linesOf(world: World): readonly string[] {
  const { findings } = audit(subjectOf(world));
  return findings.map(({ rule, severity, namespace, pack, application, facts, resources }) => {
    const where = [namespace, pack, application].map((text) => text || '-').join(' ');
    return `${severity} ${rule} ${where} ${JSON.stringify(facts)} ${resources.map(({ name }) => name).join(' ')}`.trim();
  });
}

describe('the findings of a world', () => {
  it('are all that is expected, with their facts', () => {
    const lines = [...WORLDS].flatMap(([name, world]) => [`# ${name}`].concat(linesOf(world)));
    matchesGolden(`${lines.join('\n')}\n`, 'audit/findings.txt');
  });
});
