import type { CheckId } from '../../model/check.ts';
import type { Breakage } from '../../model/removal.ts';
import type { ObjectRef } from '../../model/resource.ts';
import { count as counted, plural } from '../counts.ts';
import { refText } from './refs.ts';

/** What a check found, in one plain sentence. Names in it are not escaped yet. */
type Say = (breakage: Said) => string;

/** A breakage with its ends in words; `fact` is '' for what is not known. */
interface Said {
  readonly breakage: Breakage;
  readonly from: string;
  readonly to: string;
  readonly fact: (name: string) => string;
}

/** ` (x)`, or nothing of nothing. */
function inBrackets(text: string): string {
  return text === '' ? '' : ` (${text})`;
}

function placeOf({ kind, namespace, name }: ObjectRef): string {
  return kind === 'Namespace' ? name : namespace;
}

/** `deployment/a in x` or, of several, `3 Deployments, the first of them deployment/a in x`. */
function several({ breakage, from, fact }: Said): string {
  const count = Number(fact('count'));
  if (!(count > 1)) return from;
  return `${count} ${plural(fact('kind') || breakage.from.kind)}${inNamespaces(fact('namespaces'))}`;
}

function inNamespaces(namespaces: string): string {
  return namespaces === '' ? '' : ` in ${namespaces}`;
}

function verb({ fact }: Said, one: string, many: string): string {
  return Number(fact('count')) > 1 ? many : one;
}

function webhook({ breakage, from, fact }: Said): string {
  const name = fact('webhook');
  const policy = fact('failurePolicy') || 'Fail, the default';
  const what = fact('resources') || 'what it watches';
  const effect =
    breakage.severity === 'critical'
      ? `writes to ${what} fail ${fact('narrowed') === 'yes' ? 'wherever its selectors match' : 'cluster-wide'}`
      : `writes to ${what} are no longer looked at, and wait for it each time`;
  return `${from}${inBrackets(name === '' ? '' : `webhook ${name}`)}: served from ${placeOf(breakage.to)}, failurePolicy ${policy}: ${effect}.`;
}

function stranded(said: Said): string {
  const { breakage, from, fact } = said;
  const count = Number(fact('count')) || 1;
  if (fact('kind') === 'PersistentVolume') return retained(said, count);
  const claims = count === 1 ? from : `${count} claims${inNamespaces(fact('namespaces'))}`;
  const volumes = count === 1 ? `volume ${breakage.to.name}` : 'their volumes';
  const driver = fact('driver') === '' ? '' : ` of driver ${fact('driver')}`;
  return `${claims}: ${volumes}${driver} ${lossText(Number(fact('lost')), count)} (${fact('because')} goes).`;
}

function retained({ from, fact }: Said, count: number): string {
  const [kept, whose] =
    count === 1
      ? [`${from}, kept without a claim, is`, 'its']
      : [`${count} volumes, kept without claims, are`, 'their'];
  return `${kept} lost with the records of ${whose} storage engine, ${fact('driver')} (${fact('because')} goes).`;
}

function lossText(lost: number, count: number): string {
  if (lost === 0) return 'can no longer be mounted or unmounted';
  const all = count === 1 ? 'is lost' : 'are lost';
  return `${lost < count ? `can no longer be mounted, and ${lost} of them ${lost === 1 ? 'is' : 'are'} lost` : all}: the storage engine's records go, too`;
}

function volumeOfOthers({ breakage, from, fact }: Said): string {
  const volume = `${from}${inBrackets(fact('capacity'))} of ${fact('owner')} goes`;
  switch (fact('reclaimPolicy')) {
    case 'Retain':
      if (fact('lost') === 'yes')
        return `${volume}; reclaim policy Retain, but the storage engine's records go, too: the data is destroyed.`;
      return `${volume}; reclaim policy Retain: the data stays on volume ${breakage.to.name}, which nothing mounts.`;
    case '':
      return `${volume}; its reclaim policy is not known, so its data counts as destroyed.`;
    default:
      return `${volume}; reclaim policy ${fact('reclaimPolicy')}: the data is destroyed.`;
  }
}

function volumeElsewhere({ from, to, fact }: Said): string {
  if (fact('shared') === 'yes')
    return `${from}: ${to}, to which it is bound, has the same data as ${fact('because')}, which is deleted: the data is destroyed.`;
  const deleted = `${from}: ${to}, to which it is bound, is deleted (${fact('because')})`;
  return fact('lost') === 'yes'
    ? `${deleted}: the data goes with the claim at the latest.`
    : `${deleted}: the data stays where it is, but the claim loses it.`;
}

/** Checks that find breakages; those of the deletion itself find risks instead. */
type BreakingCheck = Exclude<CheckId, `deletion-${string}`>;

function isBreaking(check: CheckId): check is BreakingCheck {
  return !check.startsWith('deletion-');
}

/** One sentence for each check; a check without one does not compile. */
const SENTENCES: { readonly [Id in BreakingCheck]: Say } = {
  webhook: webhook,
  'api-service': ({ breakage, from }) =>
    `${from}: served from ${placeOf(breakage.to)}: its API is gone, and no namespace of the cluster can be deleted while it is registered.`,
  'conversion-webhook': ({ breakage, from, fact }) =>
    `${from}: its resources are converted by a service in ${placeOf(breakage.to)}: reading and writing ${fact('kind') || 'them'} fails.`,
  'custom-resources': (said) =>
    `${several(said)}: destroyed with ${said.to}, wherever they are (${said.fact('owners')}).`,
  'stranded-volumes': stranded,
  'volumes-of-others': volumeOfOthers,
  'volume-elsewhere': volumeElsewhere,
  'snapshot-content': ({ from, to }) => `${from}: stays without ${to}, and nobody names what it holds any more.`,
  'policy-parameter': ({ breakage, from, fact }) =>
    `${from}: its parameters ${breakage.to.name === '' ? '' : `(${breakage.to.name}) `}in ${breakage.to.namespace || 'the cluster'} go: policy ${fact('policy')} is not applied any more, or refuses everything.`,
  class: (said) => `${said.to}: used by ${usersOf(said)}: what is made or started anew with it is refused or waits.`,
  'class-controller': (said) =>
    `${said.to}: its controller ${said.fact('controller')} goes (${said.fact('workload')}): ${usersOf(said)} ${verb(said, 'is', 'are')} no longer served.`,
  provisioner: ({ from, to, fact }) =>
    `${from}: its driver ${to.replace(/^csidriver\//, '')} goes (${fact('because')}): new claims of this class wait for ever.`,
  'operator-resources': (said) =>
    `${several(said)}: nothing acts on ${verb(said, 'it', 'them')} without ${said.to} (${said.fact('owners')}).`,
  'finalizers-elsewhere': (said) =>
    `${several(said)}: ${verb(said, 'it', 'they')} cannot be deleted without ${said.to}, which takes off finalizer ${said.fact('finalizer')}.`,
  'issuer-secret': ({ from, to }) => `${from}: may need ${to}: it can no longer issue or renew certificates.`,
  'store-secret': ({ from, to }) =>
    `${from}: needs ${to}: secrets of all namespaces that use it are no longer fetched.`,
  'reference-grant': ({ breakage, to }) =>
    `namespace/${breakage.from.name}: ${to} lets it refer to ${breakage.to.namespace}: that is revoked.`,
  route: ({ from, to }) => `${from}: needs ${to}: its requests are no longer answered.`,
  'mesh-host': ({ from, to }) => `${from}: sends traffic to ${to}.`,
  'external-name': ({ from, to }) => `${from}: is an alias of ${to}.`,
  mention: ({ from, to, fact }) =>
    `${from}: names ${to} in its ${fact('in') || 'definition'} (a match of text, best effort).`,
  'network-peer': ({ breakage, from, fact }) =>
    `${from}: selects ${breakage.to.name} for ${fact('direction') || 'traffic'}; a namespace that takes its place and labels is let in, too.`,
  monitor: ({ breakage, from }) => `${from}: watches ${breakage.to.name}, which then has nothing to tell.`,
  destination: ({ breakage, from }) =>
    `${from}: deploys to ${breakage.to.name}: it is out of sync, and may make the namespace and its contents again.`,
  'flux-source': ({ from, to }) => `${from}: takes its contents from ${to}: it applies nothing new any more.`,
  'operator-target': ({ breakage, from }) => `${from}: its operators watch ${breakage.to.name}.`,
  'role-binding': ({ breakage, from, fact }) =>
    `${from}: grants ${fact('role') || 'a role'} to ${accountText(breakage.to)}; who makes it anew has the grant again.`,
  'pod-security': ({ breakage, from, fact }) =>
    `${from}: only pack ${breakage.to.name} declares its label ${fact('label')}${fact('value') === '' ? '' : `=${fact('value')}`}: without it pods may be refused, or let in.`,
};

/** Without a count of its own, a class has one user. */
function usersOf(said: Said): string {
  const count = Number(said.fact('count'));
  return count > 1 ? `${kindsText(said.fact('users'))}${inNamespaces(said.fact('namespaces'))}` : said.from;
}

/** `2 Pod, 1 Job` as `2 Pods, 1 Job`. */
function kindsText(counts: string): string {
  const parts = counts.split(', ').map((part) => part.split(' '));
  return parts.map(([number = '', kind = '']) => counted(Number(number), kind)).join(', ');
}

function accountText({ namespace, name }: ObjectRef): string {
  return name === '' ? `every ServiceAccount of ${namespace}` : `serviceaccount/${name} in ${namespace}`;
}

/** Says one breakage in one plain sentence; every format quotes this. Names in it are not escaped yet. */
export function breakageText(breakage: Breakage): string {
  const said = {
    breakage,
    from: refText(breakage.from),
    to: refText(breakage.to),
    fact: (name: string): string => breakage.facts.get(name) ?? '',
  };
  return isBreaking(breakage.check) ? SENTENCES[breakage.check](said) : `${said.from}: needs ${said.to}.`;
}
