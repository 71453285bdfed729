import assert from 'node:assert/strict';
import {
  helmCandidates,
  manifestCandidates,
  outsideCandidates,
  type Candidate,
} from '../../src/attribution/candidates.ts';
import { contextOf, type Context } from '../../src/attribution/context.ts';
import type { ClusterObject, Inventory, Release } from '../../src/model/inventory.ts';
import type { Pack } from '../../src/model/pack.ts';
import {
  attributionInput,
  covered,
  definition,
  helmMarks,
  inventory,
  object,
  packOf,
  release,
} from '../support/world.ts';

const HASH = { 'cluster.spectrocloud.com/last-applied-hash': 'x' };
const UNREAD: Partial<Inventory> = { coverage: [covered('secrets', { state: 'forbidden' })] };
const WEB = packOf(definition('web', { namespace: 'shop', chartKeys: ['web'], objects: ['/ConfigMap/settings'] }));
const API = packOf(definition('api', { namespace: 'shop', chartKeys: ['api'] }));
const RECORD = { labels: { owner: 'helm' } };

interface Case {
  readonly says: string;
  readonly about: ClusterObject;
  readonly packs?: readonly Pack[];
  readonly given?: Partial<Inventory>;
  /** Strength, evidence and its source. */
  readonly found: readonly (readonly [strength: string, text: string, source?: string])[];
}

function webRelease(given: Partial<Release> & { readonly has?: readonly string[] } = {}): Partial<Inventory> {
  return { releases: [release('shop/web-web', { chart: 'web', has: ['/ConfigMap/settings'], ...given })] };
}

const settings = (given: Parameters<typeof object>[1] = {}): ClusterObject => object('shop/ConfigMap/settings', given);
const secret = (name: string, given: Parameters<typeof object>[1] = {}): ClusterObject =>
  object(`shop/Secret/${name}`, given);
const PROVED = 'in the manifest of release web-web in shop, revision 1';
const OF_RECORD = 'the record of release web-web in shop';

const HELM: readonly Case[] = [
  { says: 'nothing without a mark or a record', about: settings(), found: [] },
  ...Object.entries(helmMarks('web-web', 'shop')).map(([key, value]): Case => ({
    says: `nothing by one mark alone, ${key}`,
    about: settings({ annotations: { [key]: value } }),
    found: [],
  })),
  {
    says: 'the release that contains the object, with its record',
    about: settings(),
    given: webRelease(),
    found: [['verified', PROVED, 'secret sh.helm.release.v1.web-web.v1']],
  },
  {
    says: 'the release with its record in another namespace',
    about: settings(),
    given: webRelease({ storageNamespace: 'flux', storageKind: 'ConfigMap' }),
    found: [['verified', PROVED, 'configmap sh.helm.release.v1.web-web.v1 in flux']],
  },
  {
    says: 'no mark beside a proof that it agrees with',
    about: settings({ annotations: helmMarks('web-web', 'shop') }),
    given: webRelease(),
    found: [['verified', PROVED, 'secret sh.helm.release.v1.web-web.v1']],
  },
  {
    says: 'a proof of what bears no mark, as hooks do not',
    about: settings({ managers: ['helm', 'kubectl-edit'] }),
    given: webRelease(),
    found: [['verified', PROVED, 'secret sh.helm.release.v1.web-web.v1']],
  },
  {
    says: 'a proof of what people changed since, by its marks',
    about: settings({ annotations: helmMarks('web-web', 'shop'), manager: 'kubectl-replace' }),
    given: webRelease(),
    found: [['verified', PROVED, 'secret sh.helm.release.v1.web-web.v1']],
  },
  {
    says: 'only a claim where it bears no mark and nobody but people wrote it: it was made anew by hand',
    about: settings({ managers: ['kubectl-create', 'kubectl-edit'] }),
    given: webRelease(),
    found: [['claimed', `${PROVED}, but only kubectl-edit wrote it`, 'secret sh.helm.release.v1.web-web.v1']],
  },
  ...['kube-controller-manager', 'aws-cloud-controller-manager', 'csi-provisioner'].map((controller): Case => ({
    says: `also where ${controller} wrote into it, as it does into everybody’s`,
    about: settings({ managers: ['kubectl-create', controller] }),
    given: webRelease(),
    found: [['claimed', `${PROVED}, but only kubectl-create wrote it`, 'secret sh.helm.release.v1.web-web.v1']],
  })),
  {
    says: 'only a claim where another tool of people’s wrote it anew',
    about: settings({ managers: ['terraform-provider-kubernetes', 'k9s'] }),
    given: webRelease(),
    found: [['claimed', `${PROVED}, but only k9s wrote it`, 'secret sh.helm.release.v1.web-web.v1']],
  },
  ...['helm', 'helm-controller', 'terraform-provider-helm_v2.9.0_x5', 'before-first-apply'].map((manager): Case => {
    const about = settings({ manager });
    const found: Case['found'] = [['verified', PROVED, 'secret sh.helm.release.v1.web-web.v1']];
    return { says: `a proof of a hook, which ${manager} wrote without a mark`, about, given: webRelease(), found };
  }),
  {
    says: 'of two releases that contain the object the one that its marks name',
    about: settings({ annotations: helmMarks('other', 'shop') }),
    given: {
      releases: [
        release('shop/web-web', { chart: 'web', has: ['/ConfigMap/settings'] }),
        release('shop/other', { has: ['/ConfigMap/settings'] }),
      ],
    },
    found: [['verified', 'in the manifest of release other in shop, revision 1', 'secret sh.helm.release.v1.other.v1']],
  },
  {
    says: 'a record of each revision',
    about: secret('sh.helm.release.v1.web-web.v12'),
    given: webRelease({ has: [] }),
    found: [['verified', OF_RECORD]],
  },
  {
    says: 'a record of Helm’s type',
    about: secret('sh.helm.release.v1.web-web.v1', { facts: { type: 'helm.sh/release.v1' } }),
    given: webRelease({ has: [] }),
    found: [['verified', OF_RECORD]],
  },
  {
    says: 'no record of another type',
    about: secret('sh.helm.release.v1.web-web.v1', { facts: { type: 'Opaque' } }),
    given: webRelease({ has: [] }),
    found: [],
  },
  {
    says: 'no record by another name',
    about: secret('undefined', RECORD),
    given: { releases: [release('shop/undefined')], ...UNREAD },
    found: [],
  },
  {
    says: 'no record by a name that ends in a record’s',
    about: secret('sh.helm.sh.helm.release.v1.web-web.v1', RECORD),
    given: webRelease({ has: [] }),
    found: [],
  },
  {
    says: 'no record of another kind',
    about: object('shop/Service/sh.helm.release.v1.web-web.v1', RECORD),
    given: { ...webRelease({ has: [] }), ...UNREAD },
    found: [],
  },
  {
    says: 'what is named and labelled as a record where those were not read',
    about: secret('sh.helm.release.v1.nginx.v1', RECORD),
    given: UNREAD,
    found: [['claimed', 'named as a record of release nginx, which was not read']],
  },
  {
    says: 'nothing by the name alone, where records were not read',
    about: secret('sh.helm.release.v1.nginx.v1'),
    given: UNREAD,
    found: [],
  },
  {
    says: 'nothing by name and label where all records were read',
    about: secret('sh.helm.release.v1.nginx.v1', RECORD),
    found: [],
  },
];

const IN_MANIFEST = 'in manifest web of pack web';

const MANIFESTS: readonly Case[] = [
  { says: 'nothing without a manifest', about: object('shop/ConfigMap/other'), found: [] },
  { says: 'the pack', about: settings(), found: [['verified', IN_MANIFEST, 'profile.yaml']] },
  {
    says: 'the pack, though people changed what it made',
    about: settings({ managers: ['palette', 'kubectl-edit'] }),
    found: [['verified', IN_MANIFEST, 'profile.yaml']],
  },
  {
    says: 'only a claim where nobody but people wrote it',
    about: settings({ managers: ['kubectl-create', 'kubectl-edit'] }),
    found: [['claimed', `${IN_MANIFEST}, but only kubectl-edit wrote it`, 'profile.yaml']],
  },
  {
    says: 'the pack, though only people are known to have written, where it bears Palette’s hash',
    about: settings({ managers: ['kubectl-edit'], annotations: HASH }),
    found: [['verified', IN_MANIFEST, 'profile.yaml']],
  },
  {
    says: 'no more than the release that the marks name proves',
    about: settings({ annotations: helmMarks('web-web', 'shop') }),
    given: webRelease(),
    found: [['verified', IN_MANIFEST, 'profile.yaml']],
  },
  {
    says: 'that without a doubt for who wrote it',
    about: settings({ annotations: helmMarks('web-web', 'shop'), manager: 'kubectl-edit' }),
    given: webRelease(),
    found: [['verified', IN_MANIFEST, 'profile.yaml']],
  },
  {
    says: 'only a claim where the release that the marks name could not be read',
    about: settings({ annotations: helmMarks('web-web', 'shop') }),
    given: UNREAD,
    found: [['claimed', IN_MANIFEST, 'profile.yaml']],
  },
  {
    says: 'a refusal where the marks name a release of another pack',
    about: settings({ annotations: helmMarks('api-api', 'shop') }),
    given: { releases: [release('shop/api-api', { chart: 'api' })] },
    found: [['refuted', `${IN_MANIFEST}, but its annotations name release shop/api-api`, 'profile.yaml']],
  },
  {
    says: 'a refusal where the marks name a release that another pack spells out',
    about: settings({ annotations: helmMarks('api-api', 'shop') }),
    given: UNREAD,
    found: [['refuted', `${IN_MANIFEST}, but its annotations name release shop/api-api`, 'profile.yaml']],
  },
  {
    says: 'a refusal where the marks name a release of nobody’s pack',
    about: settings({ annotations: helmMarks('taken', 'shop') }),
    found: [['refuted', `${IN_MANIFEST}, but its annotations name release shop/taken`, 'profile.yaml']],
  },
];

const ARGO = (id: string): ClusterObject => settings({ annotations: { 'argocd.argoproj.io/tracking-id': id } });
const VERY = 'names this very object';

const OUTSIDE: readonly Case[] = [
  { says: 'nothing without a mark', about: settings(), found: [] },
  {
    says: 'the application whose tracking id names the object',
    about: ARGO('a:/ConfigMap:shop/settings'),
    found: [['claimed', `Argo CD tracking-id of application a ${VERY}`]],
  },
  {
    says: 'an application without a name all the same',
    about: ARGO(':/ConfigMap:shop/settings'),
    found: [['claimed', `Argo CD tracking-id of application  ${VERY}`]],
  },
  ...['apps/ConfigMap:shop/settings', '/Secret:shop/settings', '/ConfigMap:far/settings', '/ConfigMap:shop/copy'].map(
    (named): Case => ({
      says: `no application whose tracking id names ${named}`,
      about: ARGO(`a:${named}`),
      found: [['refuted', 'Argo CD tracking-id of application a names another object']],
    }),
  ),
  { says: 'nothing by an empty tracking id', about: ARGO(''), found: [] },
  {
    says: 'the application that its label names',
    about: settings({ labels: { 'argocd.argoproj.io/instance': 'a' } }),
    found: [['claimed', 'label of Argo CD application a']],
  },
  {
    says: 'no application by a label without a name',
    about: settings({ labels: { 'argocd.argoproj.io/instance': '' } }),
    found: [],
  },
  {
    says: 'a tracking id before the label',
    about: settings({
      labels: { 'argocd.argoproj.io/instance': 'b' },
      annotations: { 'argocd.argoproj.io/tracking-id': 'a:/ConfigMap:shop/settings' },
    }),
    found: [['claimed', `Argo CD tracking-id of application a ${VERY}`]],
  },
];

type Find = (object: ClusterObject, context: Context) => readonly Candidate[];

function describeCases(title: string, cases: readonly Case[], find: Find): void {
  describe(title, () => {
    for (const { says, about, packs = [WEB, API], given = {}, found } of cases) {
      it(says, () => {
        const context = contextOf(attributionInput(packs, inventory([about], given)));
        const actual = find(about, context).map(({ strength, evidence }) => {
          assert.equal(evidence.strength, strength);
          const { text, source } = evidence;
          return source === undefined ? [strength, text] : [strength, text, source];
        });
        assert.deepEqual(actual, found);
      });
    }
  });
}

describeCases('Helm tells', HELM, helmCandidates);
describeCases('manifests tell', MANIFESTS, manifestCandidates);
describeCases('marks of others tell', OUTSIDE, outsideCandidates);
