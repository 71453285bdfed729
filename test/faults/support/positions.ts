import { CHART } from './clear-world.ts';

/** Where in a run a fault strikes. */
export interface Position {
  readonly id: 'D' | 'P1' | 'Pn' | 'H';
  readonly what: string;
  readonly isMeant: (url: string) => boolean;
  readonly argv: readonly string[];
  /** What a permanent fault there leaves open; nothing of an audit is left without discovery. */
  readonly gaps: readonly string[];
}

const FIRST = `/api/v1/namespaces/${CHART}/configmaps?`;

export const POSITIONS: Readonly<Record<Position['id'], Position>> = {
  D: { id: 'D', what: 'discovery', isMeant: (url) => url === '/apis', argv: [], gaps: [] },
  P1: {
    id: 'P1',
    what: 'the first page',
    isMeant: (url) => url.startsWith(FIRST) && !url.includes('continue='),
    argv: [],
    gaps: [`configmaps in ${CHART}: failed`],
  },
  Pn: {
    id: 'Pn',
    what: 'a later page',
    isMeant: (url) => url.startsWith(`/api/v1/namespaces/${CHART}/serviceaccounts?`) && url.includes('continue='),
    argv: ['--chunk-size', '1'],
    gaps: [`serviceaccounts in ${CHART}: failed`],
  },
  H: {
    id: 'H',
    what: "a release's record",
    isMeant: (url) => url.includes('/secrets/sh.helm.release'),
    argv: [],
    gaps: [`release/cost-analyzer-cost-analyzer in ${CHART}: failed`],
  },
};
