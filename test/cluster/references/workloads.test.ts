import { describeDecoders } from './taken.ts';

const DRIVERS = new Set(['driver.longhorn.io', 'rook-ceph.rbd.csi.ceph.com']);
const SERVICES = new Set(['redis.cache', 'web.shop', 'db.data']);

function container(more: Readonly<Record<string, unknown>>) {
  return { name: 'c', image: 'redis.cache/CANARY', ...more };
}

function template(spec: Readonly<Record<string, unknown>>) {
  return { spec: { template: { spec } } };
}

const CONTEXT = { services: SERVICES, drivers: DRIVERS };

function env(...values: readonly string[]) {
  return template({ containers: [container({ env: values.map((value) => ({ name: 'X', value })) })] });
}

describeDecoders('references of workloads', [
  {
    says: 'a workload names the claims it mounts and the classes it runs in',
    type: 'deployments.apps',
    object: template({
      priorityClassName: 'high',
      runtimeClassName: 'gvisor',
      volumes: [
        { name: 'a', persistentVolumeClaim: { claimName: 'data' } },
        { name: 'b', persistentVolumeClaim: { claimName: 'data', readOnly: true } },
        { name: 'c', secret: { secretName: 'CANARY' } },
      ],
    }),
    found: [
      'mount /PersistentVolumeClaim shop/data',
      'class node.k8s.io/RuntimeClass /gvisor',
      'class scheduling.k8s.io/PriorityClass /high',
    ],
  },
  {
    says: 'a Service of another namespace is found wherever it stands, once',
    type: 'statefulsets.apps',
    context: CONTEXT,
    object: template({
      initContainers: [container({ args: ['--wait=redis.cache:6379'] })],
      containers: [
        container({
          env: [{ name: 'A', value: 'redis://user:CANARY@REDIS.cache.svc.cluster.local:6379/0' }],
          command: ['sh', '-c', 'ping db-0.db.data.svc'],
        }),
      ],
    }),
    found: ['mention /Service cache/redis in=arguments, environment', 'mention /Service data/db in=command'],
  },
  { says: 'its own namespace is none', type: 'deployments.apps', context: CONTEXT, object: env('web.shop'), found: [] },
  {
    says: 'a Service that is not there is none',
    type: 'deployments.apps',
    context: CONTEXT,
    object: env('redis.other', 'redis.cache.example.com', 'xredis.cache', 'redis', 'redis.cachet'),
    found: [],
  },
  {
    says: 'a name at the end of a sentence is one',
    type: 'deployments.apps',
    context: CONTEXT,
    object: env('Ask redis.cache.'),
    found: ['mention /Service cache/redis in=environment'],
  },
  {
    says: 'a driver is found in arguments, environment and host paths, as a whole word',
    type: 'daemonsets.apps',
    context: CONTEXT,
    object: template({
      containers: [container({ args: ['--driver=driver.longhorn.io', '--other=mydriver.longhorn.io'] })],
      volumes: [{ hostPath: { path: '/var/lib/kubelet/plugins/rook-ceph.rbd.csi.ceph.com/csi.sock' } }],
    }),
    found: [
      'driver-mention storage.k8s.io/CSIDriver /driver.longhorn.io',
      'driver-mention storage.k8s.io/CSIDriver /rook-ceph.rbd.csi.ceph.com',
    ],
  },
  {
    says: 'a longer name is not the driver',
    type: 'daemonsets.apps',
    context: CONTEXT,
    object: env('mydriver.longhorn.io', 'driver.longhorn.io.example'),
    found: [],
  },
  {
    says: 'a CronJob is read in the template of its Jobs',
    type: 'cronjobs.batch',
    object: { spec: { jobTemplate: template({ priorityClassName: 'low' }) } },
    found: ['class scheduling.k8s.io/PriorityClass /low'],
  },
  {
    says: 'a Pod is read in itself',
    type: 'pods',
    object: { spec: { priorityClassName: 'low' } },
    found: ['class scheduling.k8s.io/PriorityClass /low'],
  },
]);
