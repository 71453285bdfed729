import { isAgentNamespace } from '../model/namespace.ts';

/** Longest name of a namespace: an RFC 1123 label. */
const LONGEST = 63;

/** What nearly all names are already. */
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** A text as a valid namespace name, or `app` when nothing of it is left. */
function asLabel(text: string): string {
  if (LABEL.test(text)) return text;
  const label = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, LONGEST)
    .replaceAll(/-+$/g, '');
  return label === '' ? 'app' : label;
}

/** Appends a suffix without growing past what a namespace may be called. */
function suffixed(label: string, suffix: string): string {
  return `${label.slice(0, LONGEST - suffix.length).replaceAll(/-+$/g, '')}${suffix}`;
}

/** Kubernetes keeps `kube-` for itself, and what Palette's agents live in is no place for others. */
function isReserved(name: string): boolean {
  return name.startsWith('kube-') || isAgentNamespace(name);
}

/**
 * Hands out namespace names that are valid, free and stable between runs: the wanted name itself, else with `-app`,
 * else numbered. `taken` are all names that exist, are claimed or were handed out.
 */
export function nameGiver(taken: Iterable<string>): (wanted: string) => string {
  const used = new Set(taken);
  // From which number on one may be free: hundreds of applications may want the same name.
  const from = new Map<string, number>();
  return (wanted) => {
    const wish = asLabel(wanted);
    const label = [wish, suffixed(wish, '-app')].some(isReserved) ? asLabel(`app-${wish}`) : wish;
    for (let number = from.get(label) ?? 0; ; number += 1) {
      const name = number === 0 ? label : suffixed(label, number === 1 ? '-app' : `-app-${number}`);
      if (!used.has(name)) {
        used.add(name);
        from.set(label, number + 1);
        return name;
      }
    }
  };
}
