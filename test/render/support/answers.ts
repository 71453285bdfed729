import type { NamespaceExplanation, NamespacesReport } from '../../../src/model/report.ts';
import { explanation, namespaceRow, namespacesReport, stake } from '../../support/builders.ts';
import { AT_RISK, BLIND, BOTH, PACKS } from './scenes.ts';

export const NAMESPACES: NamespacesReport = namespacesReport({
  packs: PACKS,
  rows: [
    namespaceRow({
      namespace: 'hello-universe',
      claimedBy: BOTH,
      fate: 'destroyed',
      free: 'no',
      why: 'destroyed with everything in it when a claiming pack is removed',
    }),
    namespaceRow({ namespace: 'kube-system', claimedBy: ['csi-driver-nfs'], fate: 'protected', free: 'no' }),
    namespaceRow(),
    namespaceRow({
      namespace: 'tools',
      claimedBy: ['kubewatch'],
      fate: 'objects-only',
      free: 'unknown',
      why: 'not all namespaces are known of: vault',
    }),
    namespaceRow({ namespace: 'vault', claimedBy: ['vault'], fate: 'destroyed', free: 'no', exists: false }),
  ],
});

export const EXPLANATION: NamespaceExplanation = explanation({
  packs: PACKS,
  namespace: 'hello-universe',
  stakes: [
    { ...stake(), via: ['pack.namespace'] },
    {
      ...stake({ pack: 'hello-universe', basis: 'assumed', sources: ['Namespace object'] }),
      via: ['hello-universe.yaml'],
    },
  ],
  owners: [
    {
      owner: 'pack cost-analyzer',
      strength: 'verified',
      resources: 47,
      evidence: [
        { strength: 'verified', text: 'in the manifest of release cost-analyzer-cost-analyzer, revision 3' },
        { strength: 'claimed', text: 'annotations meta.helm.sh/release-name and release-namespace agree' },
      ],
    },
    {
      owner: 'helm',
      strength: 'verified',
      resources: 8,
      evidence: [
        {
          strength: 'verified',
          text: "in the manifest of release kubernetes-dashboard, revision 3, which is none of the packs' releases cost-analyzer-cost-analyzer and kubewatch-kubewatch",
        },
      ],
    },
    { owner: 'unexplained', strength: 'none', resources: 1, evidence: [] },
  ],
  findings: AT_RISK.findings.slice(0, 3),
});

export const UNTOUCHED: NamespaceExplanation = explanation({ packs: PACKS });
export const UNTOUCHED_UNSEEN: NamespaceExplanation = explanation({ packs: PACKS, coverage: BLIND, exists: false });
