import type { ControlPlane } from '../support/control-plane.ts';
import type { Chart } from './chart.ts';
import { SHARED } from './example.ts';
import type { Ledger } from './ledger.ts';
import * as make from './objects.ts';
import { applyAs, must } from './palette.ts';

/** The component of the pack that makes things at run time, and its field manager. */
const OPERATOR = 'session-store-operator';

/** A pack with volumes by template, a hook, and two custom types: one in `crds/`, one in the release itself. */
export const SESSION_STORE: Chart = {
  name: 'session-store',
  version: '0.4.2',
  crds: [make.customType('example.com', 'Store', 'stores')],
  objects: [
    make.customType('example.com', 'Backup', 'backups'),
    make.object('example.com/v1', 'Store', 'main'),
    make.statefulSet('session-store', { replicas: 2 }),
    make.service('session-store'),
    make.deployment(OPERATOR),
    make.placed(make.job('session-store-prepare'), { annotations: { 'helm.sh/hook': 'post-install' } }),
    make.placed(make.configMap('session-store-test'), { annotations: { 'helm.sh/hook': 'test' } }),
  ],
};

/** What the pack's own operator makes: a child of its resource, a resource of its type, its lease, and a loose end. */
export async function storeAtRunTime(plane: ControlPlane, ledger: Ledger): Promise<void> {
  const store = make.placed(make.object('example.com/v1', 'Store', 'main'), { namespace: SHARED });
  const backup = make.object('example.com/v1', 'Backup', 'nightly', { spec: { of: 'main' } });
  const state = make.configMap('session-store-state');
  const rollout = ['rollout', 'status', `deployment/${OPERATOR}`, `--namespace=${SHARED}`, '--timeout=60s'];
  await must(plane.kubectl, ...rollout);
  const pods = ['get', 'pods', `--namespace=${SHARED}`, `--selector=app=${OPERATOR}`];
  const pod = await must(plane.kubectl, ...pods, '--output=jsonpath={.items[0].metadata.name}');
  const lease = make.object('coordination.k8s.io/v1', 'Lease', OPERATOR, {
    spec: { holderIdentity: `${pod}_57ef378c-7aab-4a01-8d35-a323ecdc19fa` },
  });
  const child = await make.ownedBy(plane, store, make.configMap('main-settings'));
  const loose = [backup, state, lease].map((one) => make.placed(one, { namespace: SHARED }));
  await applyAs(plane, OPERATOR, [child, ...loose]);
  const claims = [0, 1].map((ordinal) => make.volumeClaim(`data-session-store-${String(ordinal)}`, '1Gi'));
  ledger.note('pack session-store', SHARED, [backup, lease, ...claims]);
  ledger.note('unexplained', SHARED, [state]);
}
