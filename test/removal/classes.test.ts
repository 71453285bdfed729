import assert from 'node:assert/strict';
import { breakagesBy } from '../support/check-cases.ts';
import { reference } from '../support/removed-world.ts';
import { object } from '../support/world.ts';

/** Workloads in a namespace that goes, and whether each is taken for the controller that a class names. */
const workloads: readonly (readonly [controller: string, workload: string, same: boolean])[] = [
  ['k8s.io/ingress-nginx', 'ingress-nginx', true],
  ['k8s.io/ingress-nginx', 'ingress-nginx-controller', true],
  ['k8s.io/ingress-nginx', 'gone-ingress-nginx', true],
  ['k8s.io/ingress-nginx', 'k8s', false],
  ['k8s.io/ingress-nginx', 'nginx', false],
  ['traefik.io/ingress-controller', 'traefik', true],
  ['traefik.io/ingress-controller', 'gone-traefik', true],
  ['traefik.io/ingress-controller', 'io', false],
  ['traefik.io/ingress-controller', 't', false],
  ['haproxy.org/path/edge', 'edge', true],
  ['haproxy.org/path/edge', 'haproxy', true],
  ['haproxy.org/path/edge', 'path', false],
  ['haproxy.org/path/edge', 'e', false],
  ['plain', 'plain', true],
  ['example.com/controller', 'controller', false],
  ['example.com/ingress-controller', 'ingress-controller', false],
  ['example.com/gateway-controller', 'gateway-controller', false],
  ['example.com/gatewayclass-controller', 'gatewayclass-controller', false],
  ['ingress.example/x', 'ingress', false],
  ['gateway.example/x', 'gateway', false],
  ['networking.example/x', 'networking', false],
  ['', 'ingress-nginx', false],
];

const CLASS = '/IngressClass/edge';

function serving(controller: string) {
  return reference('class-controller', [CLASS, CLASS], controller === '' ? {} : { controller });
}

const USER = reference('class', ['team/Ingress/web', CLASS]);

describe('classes whose controller goes', () => {
  for (const [controller, workload, same] of workloads) {
    it(`workload ${workload} is ${same ? '' : 'not '}taken for ${controller || 'nobody'}`, () => {
      const found = breakagesBy('class-controller', {
        objects: [object(CLASS), object(`gone/Deployment/${workload}`)],
        references: [serving(controller), USER],
      });
      assert.deepEqual(
        found.map(({ facts }) => facts.get('workload')),
        same ? [workload] : [],
      );
    });
  }

  it('a workload is known by its label', () => {
    const labels = { 'app.kubernetes.io/name': 'ingress-nginx' };
    const found = breakagesBy('class-controller', {
      objects: [object('gone/Deployment/web', { labels }), object('gone/Deployment/plain')],
      references: [serving('k8s.io/ingress-nginx'), USER],
    });
    assert.equal(found.length, 1);
  });

  it('a class that several wrote is served by any of them', () => {
    const found = breakagesBy('class-controller', {
      objects: [object(CLASS, { managers: ['kubectl-create', 'proxy'] }), object('gone/Deployment/proxy')],
      references: [serving('example.com/x'), USER],
    });
    assert.equal(found.length, 1);
  });

  it('those who use another class, or go themselves, lose nothing', () => {
    const found = breakagesBy('class-controller', {
      objects: [object(CLASS), object('gone/Deployment/ingress-nginx')],
      references: [
        serving('k8s.io/ingress-nginx'),
        USER,
        reference('class', ['team/Ingress/api', CLASS]),
        reference('class', ['gone/Ingress/inside', CLASS]),
        reference('class', ['team/Ingress/other', '/IngressClass/other']),
      ],
    });
    assert.deepEqual(
      found.map(({ from, to, facts }) => [from.name, to.name, facts.get('users')]),
      [['api', 'edge', '2 Ingress']],
    );
  });
});
