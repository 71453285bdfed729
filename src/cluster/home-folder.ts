import type { ClusterPorts } from './options.ts';

/** The person's home folder, in which kubectl's `.kube` lies; '' where the environment names none. */
export function homeFolder(env: ClusterPorts['env']): string {
  return env['HOME'] ?? env['USERPROFILE'] ?? '';
}
