import assert from 'node:assert/strict';
import { linkReleases } from '../../src/attribution/link-releases.ts';
import { definition, nameText, packOf, release } from '../support/world.ts';

const LONG = 'virtual-machine-orchestrator';

const BY_DEFAULT = { ...nameText('shop'), assumed: true } as const;

const CASES = [
  {
    says: 'in a namespace that rests on the default of a variable it is only inferred',
    packs: [packOf({ ...definition('web'), namespace: BY_DEFAULT })],
    release: release('shop/web-web', { chart: 'web' }),
    expect: ['web', 'inferred'],
  },
  {
    says: 'it is verified where another source says the namespace for certain',
    packs: [packOf({ ...definition('web'), namespace: BY_DEFAULT }, definition('web', { namespace: 'shop' }))],
    release: release('shop/web-web', { chart: 'web' }),
    expect: ['web', 'verified'],
  },
  {
    says: 'it is verified in `default`, where another source names no namespace',
    packs: [packOf({ ...definition('web'), namespace: BY_DEFAULT }, definition('web'))],
    release: release('default/web-web', { chart: 'web' }),
    expect: ['web', 'verified'],
  },
  {
    says: '<pack>-<chart> in the declared namespace is verified',
    packs: [packOf(definition('kubewatch', { namespace: 'monitoring' }))],
    release: release('monitoring/kubewatch-kubewatch', { chart: 'kubewatch' }),
    expect: ['kubewatch', 'verified'],
  },
  {
    says: 'a release named alike, of a chart that the pack’s directory does not have, is somebody else’s',
    packs: [
      packOf(definition('kubewatch', { namespace: 'monitoring', charts: [{ name: 'kubewatch', version: '1.0.7' }] })),
    ],
    release: release('monitoring/kubewatch-redis', { chart: 'redis' }),
    expect: undefined,
  },
  {
    says: 'a chart that could not be read may be the release’s',
    packs: [
      packOf(
        definition('kubewatch', {
          namespace: 'monitoring',
          charts: [{ name: 'kubewatch', version: '1.0.7' }],
          gaps: [{ reason: 'chart-unreadable', subject: 'x.tgz', place: { path: 'x', line: 0, column: 0 } }],
        }),
      ),
    ],
    release: release('monitoring/kubewatch-redis', { chart: 'redis' }),
    expect: ['kubewatch', 'verified'],
  },
  {
    says: 'a pack and a chart of different names make one release name',
    packs: [packOf(definition('wordpress-chart', { namespace: 'wordpress' }))],
    release: release('wordpress/wordpress-chart-wordpress', { chart: 'wordpress' }),
    expect: ['wordpress-chart', 'verified'],
  },
  {
    says: 'releaseNameOverride names the release',
    packs: [
      packOf(definition('haproxy', { namespace: 'ha', releaseNameOverrides: new Map([['kubernetes-ingress', 'ki']]) })),
    ],
    release: release('ha/ki', { chart: 'kubernetes-ingress' }),
    expect: ['haproxy', 'verified'],
  },
  {
    says: 'an override under a key that is not the chart’s name counts where the pack declares to be',
    packs: [
      packOf(definition('haproxy', { namespace: 'ha', releaseNameOverrides: new Map([['haproxy', 'ingress']]) })),
    ],
    release: release('ha/ingress', { chart: 'kubernetes-ingress' }),
    expect: ['haproxy', 'verified'],
  },
  {
    says: 'the same short name elsewhere is as likely somebody else’s',
    packs: [
      packOf(definition('haproxy', { namespace: 'ha', releaseNameOverrides: new Map([['haproxy', 'ingress']]) })),
    ],
    release: release('team/ingress', { chart: 'ingress-nginx' }),
    expect: undefined,
  },
  {
    says: 'the declared chart’s override elsewhere is the pack’s former release',
    packs: [
      packOf(definition('haproxy', { namespace: 'ha', releaseNameOverrides: new Map([['haproxy', 'ingress']]) })),
    ],
    release: release('old/ingress', { chart: 'haproxy' }),
    expect: ['haproxy', 'inferred'],
  },
  {
    says: 'a release that two packs claim by the same override is neither’s',
    packs: ['a', 'b'].map((name) =>
      packOf(definition(name, { namespace: 'x', releaseNameOverrides: new Map([['c', 'shared']]) })),
    ),
    release: release('x/shared', { chart: 'c' }),
    expect: undefined,
  },
  {
    says: 'a display name is part of the release’s name, or was',
    packs: [packOf(definition('dns-1--external-dns', { namespace: 'dns', displayName: 'dns-1' }))],
    release: release('dns/dns-1-external-dns', { chart: 'external-dns' }),
    expect: ['dns-1--external-dns', 'inferred'],
  },
  {
    says: 'the plain name beside an override is an earlier spelling, inferred',
    packs: [
      packOf(definition('haproxy', { namespace: 'ha', releaseNameOverrides: new Map([['kubernetes-ingress', 'ki']]) })),
    ],
    release: release('ha/haproxy-kubernetes-ingress', { chart: 'kubernetes-ingress' }),
    expect: ['haproxy', 'inferred'],
  },
  {
    says: 'without pack.namespace the release is in default',
    packs: [packOf(definition('a', { chartKeys: ['c'] }))],
    release: release('default/a-c', { chart: 'c' }),
    expect: ['a', 'verified'],
  },
  {
    says: 'the right name in another namespace is inferred',
    packs: [packOf(definition('a', { namespace: 'new' }))],
    release: release('old/a-c', { chart: 'c' }),
    expect: ['a', 'inferred'],
  },
  {
    says: 'names cut to 21 characters each are inferred',
    packs: [packOf(definition(LONG, { namespace: 'vm-dashboard' }))],
    release: release('vm-dashboard/virtual-machine-orche-virtual-machine-orche', { chart: LONG }),
    expect: [LONG, 'inferred'],
  },
  {
    says: 'a release that merely begins with the pack’s name is not the pack’s',
    packs: [packOf(definition('nginx', { namespace: 'web' }))],
    release: release('web/nginx-mine', { chart: 'other' }),
    expect: undefined,
  },
  {
    says: 'a release that two packs fit equally well is neither’s',
    packs: [packOf(definition('a', { namespace: 'x' })), packOf(definition('a-b', { namespace: 'x' }))],
    release: release('x/a-b-c', { chart: 'b-c' }),
    expect: ['a', 'verified'],
  },
  {
    says: 'an undecoded release is at best inferred',
    packs: [packOf(definition('a', { namespace: 'x', chartKeys: ['c'] }))],
    release: release('x/a-c', { chart: '', decoded: false }),
    expect: ['a', 'inferred'],
  },
] as const;

describe('linkReleases', () => {
  for (const { says, packs, release: one, expect } of CASES) {
    it(says, () => {
      const [link] = linkReleases(packs, [one]);
      assert.deepEqual(link && [link.pack, link.strength], expect);
    });
  }

  it('infers at most where a Secret and a ConfigMap hold releases of one name, whatever their charts are', () => {
    const packs = [packOf(definition('web', { namespace: 'shop', chartKeys: ['web'] }))];
    const secret = release('shop/web-web', { chart: 'web' });
    const links = (other: string) =>
      linkReleases(packs, [secret, release('shop/web-web', { chart: other, storageKind: 'ConfigMap' })]);
    for (const other of ['web', 'database']) {
      assert.deepEqual(
        links(other).map(({ pack, strength }) => [pack, strength]),
        [['web', 'inferred']],
      );
    }
  });
});
