import { join } from 'node:path';
import type { Assets } from '../../../scripts/assets/ensure-assets.ts';
import { createRunner, type Runner } from './runner.ts';

/** The clients of one control plane, as its admin. `--kubeconfig` makes them another user. */
export interface Tools {
  readonly kubectl: Runner;
  readonly helm3: Runner;
  readonly helm4: Runner;
  /** Creates or changes these objects with kubectl; what it refuses is an error. */
  readonly apply: (...objects: readonly object[]) => Promise<void>;
}

/** Each Helm has a home of its own: what one writes about repositories or plugins, the other may not read. */
export function createTools(assets: Assets, folder: string, kubeconfig: string): Tools {
  const home = (name: string): string => join(folder, `${name}-home`);
  const kubectl = { path: assets.tool('kubectl').path, home: home('kubectl'), kubeconfig };
  return {
    kubectl: createRunner(kubectl),
    helm3: createRunner({ path: assets.tool('helm3').path, home: home('helm3'), kubeconfig }),
    helm4: createRunner({ path: assets.tool('helm4').path, home: home('helm4'), kubeconfig }),
    apply: async (...objects) => {
      const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
      const { code, stderr } = await createRunner({ ...kubectl, input })('apply', '--filename=-');
      if (code !== 0) throw new Error(`kubectl apply: ${stderr}`);
    },
  };
}
