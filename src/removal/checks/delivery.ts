import { severed } from '../aftermath.ts';
import { referencesOf, type Check } from '../check.ts';

/** What delivers into the namespaces that go, watches them, or fetches from them. */
export const DELIVERY_CHECKS: readonly Check[] = [
  {
    id: 'monitor',
    severity: 'warning',
    source: 'Prometheus operator, API reference, NamespaceSelector',
    needs: referencesOf('servicemonitors.monitoring.coreos.com', 'podmonitors.monitoring.coreos.com'),
    find: (after) => severed(after, 'monitor'),
  },
  {
    id: 'destination',
    severity: 'warning',
    source: 'Argo CD docs, Application specification: with automated sync and self-heal what was deleted is made again',
    needs: referencesOf('applications.argoproj.io'),
    find: (after) => severed(after, 'destination'),
  },
  {
    id: 'flux-source',
    severity: 'warning',
    source:
      'Flux docs, Kustomization and HelmRelease: without its source an object is not ready and applies nothing new',
    needs: referencesOf('kustomizations.kustomize.toolkit.fluxcd.io', 'helmreleases.helm.toolkit.fluxcd.io'),
    find: (after) => severed(after, 'flux-source'),
  },
  {
    id: 'operator-target',
    severity: 'warning',
    source: 'Operator Lifecycle Manager docs, OperatorGroups: the group tells its operators which namespaces to watch',
    needs: referencesOf('operatorgroups.operators.coreos.com'),
    find: (after) => severed(after, 'operator-target'),
  },
];
