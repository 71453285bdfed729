import assert from 'node:assert/strict';
import { contextOf, type Context } from '../../src/attribution/context.ts';
import { hashCandidate, keptLeftover, paletteCandidate } from '../../src/attribution/palette-marks.ts';
import type { Candidate } from '../../src/attribution/candidates.ts';
import type { GapReason } from '../../src/model/definition.ts';
import type { ClusterObject, Inventory } from '../../src/model/inventory.ts';
import type { Pack } from '../../src/model/pack.ts';
import {
  attributionInput,
  definition,
  helmMarks,
  inventory,
  nameText,
  object,
  packOf,
  PLACE,
  release,
} from '../support/world.ts';

const HASH = { 'cluster.spectrocloud.com/last-applied-hash': 'x' };
const KNOWN: Partial<Inventory> = { paletteManagers: ['palette', 'agent'] };

interface Case {
  readonly says: string;
  readonly about: ClusterObject;
  readonly packs?: readonly Pack[];
  readonly given?: Partial<Inventory>;
  /** Owner, strength and evidence; undefined for no candidate. */
  readonly found: readonly [owner: string, strength: string, text: string] | undefined;
}

const hashed = (given: Parameters<typeof object>[1] = {}): ClusterObject =>
  object('shop/ConfigMap/c', { annotations: HASH, ...given });
const pack = (name: string, given: Parameters<typeof definition>[1] = {}): Pack =>
  packOf(definition(name, { namespace: 'shop', ...given }));
const unread = (name: string, reason: GapReason = 'manifest-only-referenced', namespace = 'shop'): Pack =>
  pack(name, { namespace, gaps: [{ reason, subject: 'm', place: PLACE }] });

const ANNOTATION = "Palette's annotation cluster.spectrocloud.com/last-applied-hash";
const LEFT = `${ANNOTATION}, but no current definition contains it`;
const MAY_CONTAIN = `${ANNOTATION}, and a manifest template of pack web may contain it`;
const IN_UNREAD = `${ANNOTATION}, and pack web has a manifest that could not be read`;
const POSSIBLE = { possible: ['/ConfigMap/c'] };

const HASHED: readonly Case[] = [
  {
    says: 'tells nothing where it is not',
    about: object('shop/ConfigMap/c'),
    packs: [unread('web')],
    found: undefined,
  },
  {
    says: 'claims what a template of one pack may contain',
    about: hashed(),
    packs: [pack('web', POSSIBLE)],
    found: ['pack web', 'claimed', MAY_CONTAIN],
  },
  {
    says: 'claims that also for a pack with two such templates, and beside another pack’s unread manifest',
    about: hashed(),
    packs: [
      packOf(
        definition('web', { namespace: 'shop', ...POSSIBLE }),
        definition('web', { namespace: 'shop', ...POSSIBLE }),
      ),
      unread('api'),
    ],
    found: ['pack web', 'claimed', MAY_CONTAIN],
  },
  {
    says: 'names nobody where templates of two packs may contain it',
    about: hashed(),
    packs: [pack('web', POSSIBLE), pack('api', POSSIBLE)],
    found: ['palette a manifest', 'claimed', `${ANNOTATION}; unread manifests of packs web, api may contain it`],
  },
  ...(['manifest-only-referenced', 'manifest-unreadable', 'template-not-evaluated', 'values-unreadable'] as const).map(
    (reason): Case => ({
      says: `claims it for the one pack of the namespace with a gap of reason ${reason}`,
      about: hashed(),
      packs: [unread('web', reason), pack('api')],
      found: ['pack web', 'claimed', IN_UNREAD],
    }),
  ),
  {
    says: 'claims nothing by a manifest that contains it for sure, whose word is its own',
    about: hashed(),
    packs: [pack('web', { objects: ['/ConfigMap/c'] })],
    found: undefined,
  },
  {
    says: 'claims nothing by a chart that could not be read',
    about: hashed(),
    packs: [unread('web', 'chart-unreadable')],
    found: undefined,
  },
  {
    says: 'claims it for a pack of which one of two definitions has an unread manifest',
    about: hashed(),
    packs: [packOf(...unread('web').definitions, definition('web', { namespace: 'shop' }))],
    found: ['pack web', 'claimed', IN_UNREAD],
  },
  {
    says: 'claims it for the pack of this namespace, whatever another one’s pack has',
    about: hashed(),
    packs: [unread('web'), unread('api', 'manifest-only-referenced', 'far')],
    found: ['pack web', 'claimed', IN_UNREAD],
  },
  {
    says: 'claims nothing for a pack of another namespace',
    about: hashed(),
    packs: [unread('api', 'manifest-only-referenced', 'far')],
    found: undefined,
  },
  {
    says: 'names nobody where two packs have unread manifests',
    about: hashed(),
    packs: [unread('web'), unread('api')],
    found: ['palette a manifest', 'claimed', `${ANNOTATION}; unread manifests of packs web, api may contain it`],
  },
  {
    says: 'is not believed where a person wrote the object',
    about: hashed({ managers: ['palette', 'kubectl-edit'] }),
    packs: [unread('web')],
    given: KNOWN,
    found: undefined,
  },
  {
    says: 'is not believed where none of Palette’s managers wrote the object',
    about: hashed({ manager: 'operator' }),
    packs: [unread('web')],
    given: KNOWN,
    found: undefined,
  },
  {
    says: 'is believed where one of Palette’s managers wrote the object beside another machine',
    about: hashed({ managers: ['agent', 'operator'] }),
    packs: [unread('web')],
    given: KNOWN,
    found: ['pack web', 'claimed', IN_UNREAD],
  },
  {
    says: 'marks what no definition contains as left over from the one pack with a claim',
    about: hashed({ manager: 'agent' }),
    packs: [pack('web'), pack('api', { namespace: 'far' })],
    given: KNOWN,
    found: ['leftover web', 'inferred', LEFT],
  },
  {
    says: 'and not from a pack that only labels the namespace',
    about: hashed({ manager: 'agent' }),
    packs: [
      pack('web'),
      pack('api', {
        namespace: 'far',
        namespaceLabels: [{ namespace: nameText('shop'), entries: [], malformed: [] }],
      }),
    ],
    given: KNOWN,
    found: ['leftover web', 'inferred', LEFT],
  },
  {
    says: 'and from nobody knows which of two packs',
    about: hashed({ manager: 'agent' }),
    packs: [pack('web'), pack('api')],
    given: KNOWN,
    found: ['leftover ', 'inferred', LEFT],
  },
  {
    says: 'and from nobody knows which pack where none has a claim',
    about: hashed({ manager: 'agent' }),
    packs: [pack('web', { namespace: 'far' })],
    given: KNOWN,
    found: ['leftover ', 'inferred', LEFT],
  },
  {
    says: 'marks nothing as left over while nobody knows Palette’s managers',
    about: hashed({ manager: 'agent' }),
    packs: [pack('web')],
    found: undefined,
  },
];

const KEEP = 'helm.sh/resource-policy';
const kept = (annotations: Readonly<Record<string, string>>, given: Parameters<typeof object>[1] = {}) =>
  object('shop/ConfigMap/c', { annotations: { ...helmMarks('web-web', 'shop'), ...annotations }, ...given });
const OF_WEB: Partial<Inventory> = { releases: [release('shop/web-web', { chart: 'web' })] };
const KEPT = [
  'leftover web',
  'inferred',
  'kept by helm.sh/resource-policy when a later revision of shop/web-web dropped it',
] as const;

const LEFTOVERS: readonly Case[] = [
  { says: 'what the pack’s release was to keep', about: kept({ [KEEP]: 'keep' }), given: OF_WEB, found: KEPT },
  { says: 'in any spelling that Helm takes', about: kept({ [KEEP]: ' Keep ' }), given: OF_WEB, found: KEPT },
  { says: 'as Helm wrote it', about: kept({ [KEEP]: 'keep' }, { manager: 'helm' }), given: OF_WEB, found: KEPT },
  { says: 'in any case', about: kept({ [KEEP]: 'keep' }, { manager: 'Helm' }), given: OF_WEB, found: KEPT },
  {
    says: 'not what a person made with another tool, whatever its name ends in',
    about: kept({ [KEEP]: 'keep' }, { manager: 'kubectl-helm' }),
    given: OF_WEB,
    found: undefined,
  },
  { says: 'not what was not to be kept', about: kept({}), given: OF_WEB, found: undefined },
  { says: 'not by another policy', about: kept({ [KEEP]: 'delete' }), given: OF_WEB, found: undefined },
  { says: 'not of a release of nobody’s pack', about: kept({ [KEEP]: 'keep' }), found: undefined },
  {
    says: 'not without the name of a release',
    about: object('shop/ConfigMap/c', { annotations: { [KEEP]: 'keep' } }),
    given: OF_WEB,
    found: undefined,
  },
];

const AGENT_NAMESPACE = 'cluster-69af4d3e45baa7b0b501055a';
const BY_AGENT = "written by agent, which also writes Palette's Pack status";

const OWN: readonly Case[] = [
  {
    says: 'what lies in its agents’ namespace',
    about: object(`${AGENT_NAMESPACE}/ConfigMap/c`),
    found: [
      `palette in Palette's namespace ${AGENT_NAMESPACE}`,
      'inferred',
      `in Palette's namespace ${AGENT_NAMESPACE}`,
    ],
  },
  {
    says: 'not what a person wrote there',
    about: object(`${AGENT_NAMESPACE}/ConfigMap/c`, { manager: 'kubectl-create' }),
    found: undefined,
  },
  ...['RoleBinding', 'ResourceQuota', 'LimitRange'].map((kind): Case => ({
    says: `a ${kind} that one of its managers wrote`,
    about: ofKind(kind, { managers: ['operator', 'agent'] }),
    given: KNOWN,
    found: [`palette ${BY_AGENT}`, 'inferred', BY_AGENT],
  })),
  {
    says: 'not one of another manager',
    about: ofKind('ResourceQuota', { manager: 'operator' }),
    given: KNOWN,
    found: undefined,
  },
  {
    says: 'not one that a person changed',
    about: ofKind('ResourceQuota', { managers: ['agent', 'kubectl-edit'] }),
    given: KNOWN,
    found: undefined,
  },
  { says: 'no other kind', about: object('shop/ConfigMap/c', { manager: 'agent' }), given: KNOWN, found: undefined },
];

function ofKind(kind: string, given: Parameters<typeof object>[1]): ClusterObject {
  const made = object('shop/ResourceQuota/q', given);
  const group = kind === 'RoleBinding' ? 'rbac.authorization.k8s.io' : '';
  return { ...made, type: { ...made.type, group, kind } };
}

type Find = (object: ClusterObject, context: Context) => Candidate | undefined;

function describeCases(title: string, cases: readonly Case[], find: Find): void {
  describe(title, () => {
    for (const { says, about, packs = [pack('web', { chartKeys: ['web'] })], given = {}, found } of cases) {
      it(says, () => {
        const candidate = find(about, contextOf(attributionInput(packs, inventory([about], given))));
        assert.equal(candidate?.evidence.strength, candidate?.strength);
        const owner = Object.values(candidate?.owner ?? {}).join(' ');
        assert.deepEqual(candidate && [owner, candidate.strength, candidate.evidence.text], found);
      });
    }
  });
}

describeCases('Palette’s hash', HASHED, hashCandidate);
describeCases('left over is', LEFTOVERS, keptLeftover);
describeCases('Palette’s own is', OWN, paletteCandidate);
