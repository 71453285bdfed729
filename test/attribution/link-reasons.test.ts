import assert from 'node:assert/strict';
import { linkReleases } from '../../src/attribution/link-releases.ts';
import type { GapReason } from '../../src/model/definition.ts';
import type { Release } from '../../src/model/inventory.ts';
import type { Pack } from '../../src/model/pack.ts';
import { definition, packOf, PLACE, release } from '../support/world.ts';

const BY_NAME = 'named as pack and chart';
const BY_OVERRIDE = 'named by releaseNameOverride';
const BY_SPELLING = 'named by a cut or other spelling of pack and chart';
const ELSEWHERE = ', in a namespace the pack does not declare';

const gap = (reason: GapReason) => ({ reason, subject: 'x', place: PLACE });
const chart = (name: string) => ({ name, version: '1' });
const web = (given: Parameters<typeof definition>[1] = {}) => definition('web', { namespace: 'shop', ...given });
const named = (name: string, given: Parameters<typeof definition>[1] = {}): Pack =>
  packOf(definition(name, { namespace: 'shop', ...given }));
const of = (path: string, name: string, given: Partial<Release> = {}): Release =>
  release(path, { chart: name, ...given });

interface Case {
  readonly says: string;
  readonly packs: readonly Pack[];
  readonly releases: readonly Release[];
  /** `release: pack strength, reason`, in order. */
  readonly links: readonly string[];
}

const ONE_CHART = { chartKeys: ['image', 'slack'], mayHoldOneChart: true } as const;
const NGINX = of('shop/web-nginx', 'nginx');
const REDIS = of('shop/web-redis', 'redis');
const TWENTY_ONE = 'abcdefghijklmnopqrstu';
const LONG = `${TWENTY_ONE}vw`;
const DASHED = 'abcdefghijklmnopqrs--tuvwxyz';

const NAMES: readonly Case[] = [
  {
    says: 'pack and chart make a release’s name',
    packs: [packOf(web({ chartKeys: ['nginx'] }))],
    releases: [NGINX],
    links: [`shop/web-nginx: web verified, ${BY_NAME}`],
  },
  {
    says: 'in another namespace they infer it',
    packs: [packOf(web({ chartKeys: ['nginx'] }))],
    releases: [of('far/web-nginx', 'nginx')],
    links: [`far/web-nginx: web inferred, ${BY_NAME}${ELSEWHERE}`],
  },
  {
    says: 'nothing is declared where the name of the namespace is not resolved',
    packs: [packOf(web({ namespace: '{{ .spectro.var.ns }}', chartKeys: ['nginx'] }))],
    releases: [of('{{ .spectro.var.ns }}/web-nginx', 'nginx')],
    links: [`{{ .spectro.var.ns }}/web-nginx: web inferred, ${BY_NAME}${ELSEWHERE}`],
  },
  {
    says: 'an override by one of two definitions names it',
    packs: [packOf(web(), web({ releaseNameOverrides: new Map([['nginx', 'front']]) }))],
    releases: [of('shop/front', 'nginx')],
    links: [`shop/front: web verified, ${BY_OVERRIDE}`],
  },
  {
    says: 'beside an override by one of two definitions the plain name is an earlier one',
    packs: [packOf(web(), web({ releaseNameOverrides: new Map([['nginx', 'front']]) }))],
    releases: [NGINX],
    links: [`shop/web-nginx: web inferred, ${BY_NAME}`],
  },
  {
    says: 'an override for this chart that names another release is none for it',
    packs: [
      packOf(
        web({
          releaseNameOverrides: new Map([
            ['nginx', 'front'],
            ['redis', 'cache'],
          ]),
        }),
      ),
    ],
    releases: [of('shop/cache', 'nginx')],
    links: [],
  },
  {
    says: 'a record that could not be decoded is inferred by the name that a key makes',
    packs: [packOf(web({ chartKeys: ['nginx'] }))],
    releases: [of('shop/web-nginx', '', { decoded: false })],
    links: [`shop/web-nginx: web inferred, ${BY_NAME}`],
  },
  {
    says: 'and by an override, also where the pack does not declare to be',
    packs: [packOf(web({ releaseNameOverrides: new Map([['nginx', 'front']]) }))],
    releases: [of('far/front', '', { decoded: false })],
    links: [`far/front: web inferred, ${BY_OVERRIDE}${ELSEWHERE}`],
  },
  {
    says: 'a record that could not be decoded and merely begins with the pack’s name is nobody’s',
    packs: [packOf(web({ displayName: 'w' }))],
    releases: ['shop/web', 'shop/web-', 'shop/web-nginx', 'shop/w-'].map((path) => of(path, '', { decoded: false })),
    links: [],
  },
  {
    says: 'a display name of one of two definitions is a spelling',
    packs: [packOf(web(), web({ displayName: 'Front' }))],
    releases: [of('shop/Front-nginx', 'nginx'), of('shop/undefined-nginx', 'nginx')],
    links: [`shop/Front-nginx: web inferred, ${BY_SPELLING}`],
  },
  {
    says: 'a long pack’s name is cut',
    packs: [named(LONG)],
    releases: [of(`shop/${TWENTY_ONE}-0123456789`, '0123456789')],
    links: [`shop/${TWENTY_ONE}-0123456789: ${LONG} inferred, ${BY_SPELLING}`],
  },
  {
    says: 'but not where both together are as short as names that were seen whole',
    packs: [named(LONG)],
    releases: [of(`shop/${TWENTY_ONE}-012345678`, '012345678')],
    links: [],
  },
  {
    says: 'a long chart’s name is cut',
    packs: [named('0123456789')],
    releases: [of(`shop/0123456789-${TWENTY_ONE}`, LONG)],
    links: [`shop/0123456789-${TWENTY_ONE}: 0123456789 inferred, ${BY_SPELLING}`],
  },
  {
    says: 'a cut name does not end in dashes',
    packs: [named(DASHED)],
    releases: [of('shop/abcdefghijklmnopqrs-0123456789', '0123456789')],
    links: [`shop/abcdefghijklmnopqrs-0123456789: ${DASHED} inferred, ${BY_SPELLING}`],
  },
  {
    says: 'the whole is cut where Helm takes no longer name',
    packs: [named('p'.repeat(40))],
    releases: [of(`shop/${'p'.repeat(40)}-${'c'.repeat(12)}`, 'c'.repeat(13))],
    links: [`shop/${'p'.repeat(40)}-${'c'.repeat(12)}: ${'p'.repeat(40)} inferred, ${BY_SPELLING}`],
  },
];

const RIVALS: readonly Case[] = [
  {
    says: 'of two packs the one whose definition names the release has it, whatever their order',
    packs: [named('a', { displayName: 'web' }), packOf(web())],
    releases: [NGINX],
    links: [`shop/web-nginx: web verified, ${BY_NAME}`],
  },
  {
    says: 'of two packs of one name for it the one that declares the namespace has it',
    packs: [named('a', { releaseNameOverrides: new Map([['nginx', 'web-nginx']]), namespace: 'far' }), packOf(web())],
    releases: [NGINX],
    links: [`shop/web-nginx: web verified, ${BY_NAME}`],
  },
  {
    says: 'a name by the definition elsewhere goes before a spelling here',
    packs: [named('a', { displayName: 'web' }), packOf(web({ namespace: 'far' }))],
    releases: [NGINX],
    links: [`shop/web-nginx: web inferred, ${BY_NAME}${ELSEWHERE}`],
  },
  {
    says: 'also of a record that could not be decoded the pack that declares the namespace has it',
    packs: [
      named('a', { releaseNameOverrides: new Map([['x', 'web-nginx']]), namespace: 'far' }),
      packOf(web({ chartKeys: ['nginx'] })),
    ],
    releases: [of('shop/web-nginx', '', { decoded: false })],
    links: [`shop/web-nginx: web inferred, ${BY_NAME}`],
  },
  {
    says: 'of two packs with the same spelling neither has it',
    packs: [named('a', { displayName: 'web' }), named('b', { displayName: 'web' })],
    releases: [NGINX],
    links: [],
  },
  {
    says: 'links come in the order of the releases’ names',
    packs: [packOf(web({ chartKeys: ['nginx', 'redis', 'api'] }))],
    releases: [REDIS, NGINX, of('shop/web-api', 'api')],
    links: ['api', 'nginx', 'redis'].map((name) => `shop/web-${name}: web verified, ${BY_NAME}`),
  },
];

const STORED_TWICE: readonly Case[] = [
  {
    says: 'of two records of one name, one a Secret and one a ConfigMap, neither is sure to be the pack’s',
    packs: [packOf(web({ chartKeys: ['nginx', 'redis'] }))],
    releases: [NGINX, { ...NGINX, storageKind: 'ConfigMap' }, REDIS],
    links: [
      `shop/web-nginx: web inferred, ${BY_NAME}, as another release is`,
      `shop/web-redis: web verified, ${BY_NAME}`,
    ],
  },
];

const CHARTS: readonly Case[] = [
  {
    says: 'a release of a chart that no key names is not believed beside one that a key names',
    packs: [packOf(web({ chartKeys: ['nginx'] }))],
    releases: [NGINX, REDIS],
    links: [`shop/web-nginx: web verified, ${BY_NAME}`],
  },
  {
    says: 'and only inferred without such a one',
    packs: [packOf(web({ chartKeys: ['nginx'] }))],
    releases: [REDIS],
    links: [`shop/web-redis: web inferred, ${BY_NAME}`],
  },
  {
    says: 'and beside one that is itself only inferred',
    packs: [packOf(web({ chartKeys: ['nginx'] }))],
    releases: [of('far/web-nginx', 'nginx'), REDIS],
    links: [`far/web-nginx: web inferred, ${BY_NAME}${ELSEWHERE}`, `shop/web-redis: web inferred, ${BY_NAME}`],
  },
  {
    says: 'a former release of a chart that no key names is not believed either',
    packs: [packOf(web({ chartKeys: ['nginx'] }))],
    releases: [NGINX, of('far/web-redis', 'redis')],
    links: [`shop/web-nginx: web verified, ${BY_NAME}`],
  },
  {
    says: 'a release by an override is believed whatever its chart is called',
    packs: [packOf(web({ chartKeys: ['nginx'], releaseNameOverrides: new Map([['cache', 'redis']]) }))],
    releases: [NGINX, of('shop/redis', 'redis')],
    links: [`shop/redis: web verified, ${BY_OVERRIDE}`, `shop/web-nginx: web verified, ${BY_NAME}`],
  },
  {
    says: 'charts of a pack’s directory are named as keys are',
    packs: [packOf(web({ charts: [chart('nginx')] }), web({ chartKeys: ['api'] }))],
    releases: [NGINX, REDIS],
    links: [`shop/web-nginx: web verified, ${BY_NAME}`],
  },
  {
    says: 'while a chart of the pack could not be read any release of its name is believed',
    packs: [packOf(web({ chartKeys: ['nginx'] }), web({ gaps: [gap('chart-unreadable')] }))],
    releases: [NGINX, REDIS],
    links: [`shop/web-nginx: web verified, ${BY_NAME}`, `shop/web-redis: web verified, ${BY_NAME}`],
  },
  {
    says: 'what else could not be read does not matter',
    packs: [packOf(web({ chartKeys: ['nginx'], gaps: [gap('manifest-unreadable')] }))],
    releases: [NGINX, REDIS],
    links: [`shop/web-nginx: web verified, ${BY_NAME}`],
  },
  {
    says: 'where nothing names a chart the pack’s own name does',
    packs: [packOf(web())],
    releases: [of('shop/web-web', 'web'), REDIS],
    links: [`shop/web-redis: web inferred, ${BY_NAME}`, `shop/web-web: web verified, ${BY_NAME}`],
  },
  {
    says: 'or the only release',
    packs: [packOf(web())],
    releases: [REDIS],
    links: [`shop/web-redis: web verified, ${BY_NAME}`],
  },
  {
    says: 'or the only release where values of one chart stand directly below charts',
    packs: [packOf(web(ONE_CHART))],
    releases: [REDIS],
    links: [`shop/web-redis: web verified, ${BY_NAME}`],
  },
  {
    says: 'but keys are believed there as well where a release has such a chart',
    packs: [packOf(web(ONE_CHART))],
    releases: [of('shop/web-image', 'image'), REDIS],
    links: [`shop/web-image: web verified, ${BY_NAME}`],
  },
  {
    says: 'but not for a pack that has manifests, for then it may have no chart',
    packs: [packOf(web(), web({ manifests: ['m'] }))],
    releases: [REDIS],
    links: [`shop/web-redis: web inferred, ${BY_NAME}`],
  },
  {
    says: 'nor for a manifest layer, which has none, whatever the chart is called',
    packs: [packOf(web({ type: 'manifest' }))],
    releases: [of('shop/web-web', 'web')],
    links: [`shop/web-web: web inferred, ${BY_NAME}`],
  },
  {
    says: 'nor for one that has objects',
    packs: [packOf(web({ objects: ['/ConfigMap/c'] }))],
    releases: [REDIS],
    links: [`shop/web-redis: web inferred, ${BY_NAME}`],
  },
  {
    says: 'the charts of a pack’s directory are all there are',
    packs: [packOf(web({ charts: [chart('nginx'), chart('api')] }))],
    releases: [NGINX, REDIS, of('shop/web-api', 'api')],
    links: ['api', 'nginx'].map((name) => `shop/web-${name}: web verified, ${BY_NAME}`),
  },
  {
    says: 'also where something else of it could not be read',
    packs: [packOf(web({ charts: [chart('nginx')], gaps: [gap('manifest-unreadable')] }))],
    releases: [REDIS],
    links: [],
  },
  {
    says: 'unless another definition knows no chart',
    packs: [packOf(web({ charts: [chart('nginx')] }), web())],
    releases: [REDIS],
    links: [`shop/web-redis: web inferred, ${BY_NAME}`],
  },
  {
    says: 'or the release’s chart is not known',
    packs: [packOf(web({ charts: [chart('nginx')] }))],
    releases: [of('shop/web-nginx', '', { decoded: false })],
    links: [`shop/web-nginx: web inferred, ${BY_NAME}`],
  },
];

describe('the links of releases, with their reasons', () => {
  for (const { says, packs, releases, links } of [...NAMES, ...RIVALS, ...STORED_TWICE, ...CHARTS]) {
    it(says, () => {
      const found = linkReleases(packs, releases);
      assert.deepEqual(
        found.map(({ release: key, pack, strength, reason }) => `${key}: ${pack} ${strength}, ${reason}`),
        links,
      );
    });
  }
});
