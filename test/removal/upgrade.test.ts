import assert from 'node:assert/strict';
import { UserError } from '../../src/model/errors.ts';
import type { PackDefinition } from '../../src/model/definition.ts';
import type { ClusterObject, Inventory } from '../../src/model/inventory.ts';
import type { Accepted, RemovalReport } from '../../src/model/removal.ts';
import { next, now, upgradedTo } from '../support/profile-versions.ts';
import { readInFull } from '../support/removed-world.ts';
import { subjectOf } from '../support/subject.ts';
import { definition, nameText, object, packOf, PLACE, release } from '../support/world.ts';

interface World {
  readonly packs: readonly PackDefinition[];
  readonly next: readonly PackDefinition[];
  readonly objects?: readonly ClusterObject[];
  readonly given?: Partial<Inventory>;
}

function subjectBefore({ packs, objects = [], given = {} }: World) {
  const names = new Set([
    ...packs.map(({ namespace }) => namespace?.text ?? ''),
    ...objects.map((one) => one.namespace),
  ]);
  const namespaces = [...names].filter((name) => name !== '').map((name) => object(`/Namespace/${name}`));
  return subjectOf({
    packs: packs.map((one) => packOf(one)),
    objects: [...namespaces, ...objects],
    given: { coverage: readInFull(), references: [], ...given },
  });
}

function upgraded(world: World, accept: readonly Accepted[] = []): Omit<RemovalReport, 'separations'> {
  const subject = subjectBefore(world);
  return upgradedTo(subject, world.next, accept);
}

/** Everything that goes, namespaces included; each as kind and name. */
function gone({ removals }: Pick<RemovalReport, 'removals'>): readonly string[] {
  const groups = removals.flatMap(({ namespaces, outside }) => [
    ...namespaces.flatMap((one) => one.groups),
    ...outside,
  ]);
  const destroyed = removals.flatMap(({ namespaces }) => namespaces.filter(({ fate }) => fate === 'destroyed'));
  return [
    ...destroyed.map(({ namespace }) => `namespace/${namespace}`),
    ...groups.flatMap(({ resources }) => resources.map(({ kind, namespace, name }) => `${namespace}/${kind}/${name}`)),
  ].toSorted();
}

interface Case {
  readonly says: string;
  readonly world: World;
  readonly gone: readonly string[];
  readonly verdict: string;
  readonly doubts?: readonly string[];
  /** `PACK NAMESPACE` of packs that come into namespaces of others. */
  readonly movesIn?: readonly string[];
  /** Packs of which something goes. */
  readonly packs?: readonly string[];
}

const SHOP = release('shop/shop-web', { chart: 'web', has: ['shop/ConfigMap/a'] });
const CHART = { chartKeys: ['web'], charts: [{ name: 'web', version: '1.0.0' }] };
const OWN = object('shop/ConfigMap/a');
const THEIRS = object('team/ConfigMap/theirs', { manager: 'kubectl-create' });

const CASES: readonly Case[] = [
  {
    says: 'the same again takes nothing',
    world: { packs: [now('shop', CHART)], next: [next('shop', CHART)], objects: [OWN], given: { releases: [SHOP] } },
    gone: [],
    verdict: 'clear',
  },
  {
    says: 'a pack that it drops is removed',
    world: {
      packs: [now('shop', CHART), now('blog')],
      next: [next('blog')],
      objects: [OWN, object('blog/ConfigMap/b')],
      given: { releases: [SHOP] },
    },
    gone: ['namespace/shop', 'shop/ConfigMap/a'],
    verdict: 'clear',
    packs: ['shop'],
  },
  {
    says: 'a core layer that it drops is not',
    world: { packs: [now('shop', { layer: 'cni' }), now('blog')], next: [next('blog')], objects: [OWN] },
    gone: [],
    verdict: 'clear',
  },
  {
    says: 'a pack of another profile is not',
    world: {
      packs: [now('shop'), now('blog', { profile: { name: 'more', version: undefined, type: undefined } })],
      next: [next('shop')],
      objects: [object('blog/ConfigMap/b')],
    },
    gone: [],
    verdict: 'clear',
  },
  {
    says: 'a namespace that it no longer names goes, and the release in it',
    world: {
      packs: [now('shop', CHART)],
      next: [next('shop', { ...CHART, namespace: 'market' })],
      objects: [OWN, object('shop/ConfigMap/b', { manager: 'kubectl-create' })],
      given: { releases: [SHOP] },
    },
    gone: ['namespace/shop', 'shop/ConfigMap/a', 'shop/ConfigMap/b'],
    verdict: 'conflict',
    packs: ['shop'],
  },
  {
    says: 'so does an additional one',
    world: {
      packs: [now('shop', { additionalNamespaces: [nameText('extra')] })],
      next: [next('shop')],
      objects: [object('/Namespace/extra'), object('extra/ConfigMap/b', { manager: 'kubectl-create' })],
    },
    gone: ['extra/ConfigMap/b', 'namespace/extra'],
    verdict: 'conflict',
    packs: ['shop'],
  },
  {
    says: 'so does that of a manifest, and one that a manifest made',
    world: {
      packs: [
        now('shop', {
          manifestNamespaces: [{ manifest: 'm', namespace: nameText('extra') }],
          createdNamespaces: [{ namespace: nameText('made'), manifest: 'm', keep: false, possible: false }],
        }),
      ],
      next: [next('shop')],
      objects: ['extra', 'made'].map((name) => object(`/Namespace/${name}`)),
    },
    gone: ['namespace/extra', 'namespace/made'],
    verdict: 'clear',
    packs: ['shop'],
  },
  {
    says: 'one that only a release has, which stays, does not',
    world: {
      packs: [now('shop', CHART)],
      next: [next('shop', CHART)],
      objects: [OWN, object('/Namespace/extra')],
      given: { releases: [release('shop/shop-web', { chart: 'web', has: ['shop/ConfigMap/a', '/Namespace/extra'] })] },
    },
    gone: [],
    verdict: 'clear',
  },
  {
    says: 'what each of several packs no longer contains goes, and what another one has of the name stays',
    world: {
      packs: [
        now('shop', { objects: ['shop/ConfigMap/a', 'shop/ConfigMap/b'], manifests: ['m'] }),
        now('blog', { objects: ['blog/ConfigMap/a', 'blog/ConfigMap/b'], manifests: ['m'] }),
      ],
      next: [
        next('blog', { objects: ['blog/ConfigMap/b'], manifests: ['m'] }),
        next('shop', { objects: ['shop/ConfigMap/a'], manifests: ['m'] }),
      ],
      objects: ['shop', 'blog'].flatMap((name) => ['a', 'b'].map((one) => object(`${name}/ConfigMap/${one}`))),
    },
    gone: ['blog/ConfigMap/a', 'shop/ConfigMap/b'],
    verdict: 'clear',
    packs: ['shop', 'blog'],
  },
  {
    says: 'what a manifest no longer contains, and nobody can delete, stays',
    world: {
      packs: [now('shop', { objects: ['/Namespace/kube-public', 'shop/ConfigMap/x'], manifests: ['m'] })],
      next: [next('shop', { manifests: ['m'] })],
      objects: [object('/Namespace/kube-public')],
    },
    gone: [],
    verdict: 'clear',
  },
  {
    says: 'what goes of a pack that stays, with a namespace that another one leaves, is not its own to lose',
    world: {
      packs: [
        now('shop', { objects: ['shop/ConfigMap/a', 'shop/ConfigMap/b'], manifests: ['m'] }),
        now('blog', { namespace: 'shop', objects: ['shop/ConfigMap/c'], manifests: ['m'] }),
      ],
      next: [next('shop', { objects: ['shop/ConfigMap/a'], manifests: ['m'] })],
      objects: ['a', 'b', 'c'].map((name) => object(`shop/ConfigMap/${name}`)),
    },
    gone: ['namespace/shop', 'shop/ConfigMap/a', 'shop/ConfigMap/b', 'shop/ConfigMap/c'],
    verdict: 'conflict',
    packs: ['shop', 'blog'],
  },
  {
    says: 'but is where it leaves the namespace, too',
    world: {
      packs: [
        now('shop', { objects: ['shop/ConfigMap/a', 'shop/ConfigMap/b'], manifests: ['m'] }),
        now('blog', { namespace: 'shop', objects: ['shop/ConfigMap/c'], manifests: ['m'] }),
      ],
      next: [next('shop', { namespace: 'other', manifests: ['m'] })],
      objects: ['a', 'b', 'c'].map((name) => object(`shop/ConfigMap/${name}`)),
    },
    gone: ['namespace/shop', 'shop/ConfigMap/a', 'shop/ConfigMap/b', 'shop/ConfigMap/c'],
    verdict: 'clear',
    packs: ['shop', 'blog'],
  },
  {
    says: 'a release under a name that it no longer gives is uninstalled',
    world: {
      packs: [now('shop', CHART)],
      next: [next('shop', { ...CHART, releaseNameOverrides: new Map([['web', 'renamed']]) })],
      objects: [OWN],
      given: { releases: [SHOP] },
    },
    gone: ['shop/ConfigMap/a'],
    verdict: 'clear',
    packs: ['shop'],
  },
  {
    says: 'what its manifests no longer contain goes',
    world: {
      packs: [now('shop', { objects: ['shop/ConfigMap/a', 'shop/ConfigMap/b'], manifests: ['m'] })],
      next: [next('shop', { objects: ['shop/ConfigMap/b'], manifests: ['m'] })],
      objects: [OWN, object('shop/ConfigMap/b')],
    },
    gone: ['shop/ConfigMap/a'],
    verdict: 'clear',
    packs: ['shop'],
  },
  {
    says: 'a chart of another version may lose what no file tells',
    world: {
      packs: [now('shop', CHART)],
      next: [next('shop', { ...CHART, version: '2.0.0', tag: '2.0.0' })],
      objects: [OWN],
      given: { releases: [SHOP] },
    },
    gone: [],
    verdict: 'unknown',
    doubts: ['chart-changes'],
  },
  {
    says: 'so may one of several of its releases that stays',
    world: {
      packs: [
        now('shop', {
          charts: [
            { name: 'web', version: '1' },
            { name: 'api', version: '1' },
          ],
          chartKeys: ['web', 'api'],
        }),
      ],
      next: [
        next('shop', {
          charts: [
            { name: 'web', version: '2' },
            { name: 'api', version: '2' },
          ],
          chartKeys: ['web', 'api'],
          releaseNameOverrides: new Map([['api', 'renamed']]),
          version: '2.0.0',
          tag: '2.0.0',
        }),
      ],
      objects: [OWN],
      given: { releases: [SHOP, release('shop/shop-api', { chart: 'api' })] },
    },
    gone: [],
    verdict: 'unknown',
    doubts: ['chart-changes'],
    packs: ['shop'],
  },
  {
    says: 'a pack whose chart nobody found is dropped without any doubt of its chart',
    world: { packs: [now('shop', CHART), now('blog')], next: [next('blog')], objects: [OWN] },
    gone: ['namespace/shop', 'shop/ConfigMap/a'],
    verdict: 'unknown',
    doubts: ['unexplained', 'undecoded-release', 'nothing-found'],
    packs: ['shop'],
  },
  {
    says: 'a manifest of either version that nobody can read may name what seems to be left',
    world: {
      packs: [now('shop')],
      next: [next('shop', { gaps: [{ reason: 'manifest-only-referenced', subject: 'm', place: PLACE }] })],
    },
    gone: [],
    verdict: 'unknown',
    doubts: ['definition-gap'],
  },
  {
    says: 'a name that holds a macro is not known to be the old one',
    world: { packs: [now('shop')], next: [next('shop', { namespace: '{{.spectro.var.team}}' })] },
    gone: ['namespace/shop'],
    verdict: 'unknown',
    doubts: ['namespace-unknown'],
    packs: ['shop'],
  },
  {
    says: 'packs of which only the cluster tells may belong to it',
    world: {
      packs: [
        now('shop', { source: { kind: 'cluster', namespace: 'cluster-1' } }),
        definition('stray', { namespace: 'stray', source: { kind: 'cluster', namespace: 'cluster-1' } }),
      ],
      next: [next('shop')],
    },
    gone: [],
    verdict: 'unknown',
    doubts: ['profile-membership'],
  },
  {
    says: 'a pack that comes into a namespace of others is told',
    world: { packs: [now('shop')], next: [next('shop'), next('blog', { namespace: 'team' })], objects: [THEIRS] },
    gone: [],
    verdict: 'clear',
    movesIn: ['blog team'],
  },
  {
    says: 'a pack that gets another namespace is told of, too',
    world: {
      packs: [now('shop')],
      next: [next('shop', { additionalNamespaces: [nameText('team')] })],
      objects: [THEIRS],
    },
    gone: [],
    verdict: 'clear',
    movesIn: ['shop team'],
  },
  {
    says: 'one that comes into an empty namespace is not',
    world: {
      packs: [now('shop')],
      next: [next('shop'), next('blog', { namespace: 'team' })],
      objects: [object('/Namespace/team')],
    },
    gone: [],
    verdict: 'clear',
  },
  {
    says: 'nor is one that was in the namespace before',
    world: {
      packs: [now('shop', { namespace: 'team' })],
      next: [next('shop', { namespace: 'team' })],
      objects: [THEIRS],
    },
    gone: [],
    verdict: 'clear',
  },
];

describe('a new version of a profile', () => {
  for (const { says, world, gone: expected, verdict, doubts = [], movesIn = [], packs = [] } of CASES) {
    it(says, () => {
      const report = upgraded(world);
      assert.deepEqual(gone(report), expected);
      assert.deepEqual(
        [report.verdict, report.removals.flatMap((one) => one.doubts.map(({ code }) => code))],
        [verdict, doubts],
      );
      assert.deepEqual(
        report.movesIn.map(({ pack, namespace }) => `${pack} ${namespace}`),
        movesIn,
      );
      assert.deepEqual(
        report.removals.flatMap((one) => one.packs.map(({ name }) => name)),
        packs,
      );
    });
  }

  it('a pack moves in with nobody that is its own, and only where its removal then takes all', () => {
    const labels = { namespaceLabels: [{ namespace: nameText('team'), entries: [], malformed: [] }] };
    const manifest = { objects: ['team/ConfigMap/own'], manifests: ['m'] };
    const hashed = {
      manager: 'palette-controller',
      annotations: { 'cluster.spectrocloud.com/last-applied-hash': 'x' },
    };
    const { movesIn } = upgraded({
      packs: [now('shop', manifest), now('blog'), now('lab', { objects: ['crew/ConfigMap/own'], manifests: ['m'] })],
      next: [
        next('shop', { ...manifest, additionalNamespaces: [nameText('team')] }),
        next('blog', { ...labels, additionalNamespaces: [nameText('kube-public')] }),
        next('lab', { objects: ['crew/ConfigMap/own'], manifests: ['m'], additionalNamespaces: [nameText('crew')] }),
      ],
      objects: [
        object('team/ConfigMap/own'),
        object('team/ConfigMap/kube-root-ca.crt', { manager: 'kube-controller-manager' }),
        object('team/RoleBinding/by-palette', { manager: 'palette-controller' }),
        object('team/ConfigMap/left', hashed),
        object('crew/ConfigMap/own'),
        object('crew/ConfigMap/theirs', { manager: 'kubectl-create' }),
        object('kube-public/ConfigMap/x', { manager: 'kubectl-create' }),
      ],
      given: { paletteManagers: ['palette-controller'] },
    });
    assert.deepEqual(
      movesIn.map(({ pack, namespace, groups }) => [pack, namespace, groups.map(({ ownerClass }) => ownerClass)]),
      [['lab', 'crew', ['person']]],
    );
  });

  it('tells only of the packs of the profile', () => {
    const others = definition('other', { namespace: 'other' });
    const { packs } = upgraded({ packs: [now('shop'), others], next: [next('shop')] });
    assert.deepEqual(
      packs.map(({ name }) => name),
      ['shop'],
    );
  });

  it('says whose things a pack moves in with', () => {
    const report = upgraded({
      packs: [now('shop')],
      next: [next('shop'), next('blog', { namespace: 'team' })],
      objects: [THEIRS, object('team/ConfigMap/kube-root-ca.crt', { manager: 'kube-controller-manager' })],
    });
    assert.deepEqual(
      report.movesIn.flatMap(({ groups }) => groups.map(({ ownerClass, owner }) => [ownerClass, owner])),
      [['person', 'kubectl-create']],
    );
  });

  it('is clear of chart changes only with --accept chart-changes, and says so', () => {
    const world = {
      packs: [now('shop', CHART)],
      next: [next('shop', { ...CHART, version: '2.0.0', tag: '2.0.0' })],
      objects: [OWN],
      given: { releases: [SHOP] },
    };
    const { verdict, removals } = upgraded(world, ['chart-changes']);
    assert.deepEqual([verdict, removals[0]?.accepted.map(({ code }) => code)], ['clear', ['chart-changes']]);
  });

  const unusable: readonly (readonly [says: string, next: readonly PackDefinition[], message: RegExp])[] = [
    ['no profile', [definition('shop')], /does not say which profile it is/],
    [
      'two profiles',
      [next('shop'), next('blog', { profile: { name: 'more', version: '1', type: undefined } })],
      /it holds 2 profiles/,
    ],
    [
      'a profile that nobody knows of',
      [next('shop', { profile: { name: 'unheard', version: '1', type: undefined } })],
      /no source tells which packs profile unheard has now/,
    ],
  ];
  for (const [says, given, message] of unusable) {
    it(`is refused with ${says}`, () => {
      assert.throws(
        () => upgraded({ packs: [now('shop')], next: given }),
        (error) => error instanceof UserError && message.test(error.message),
      );
    });
  }
});
