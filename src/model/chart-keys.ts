import type { PackDefinition } from './definition.ts';

/**
 * Keys below `charts:` that name charts. Where something stands there that is no chart's values, all of it may be the
 * values of the pack's one chart: then the keys name charts only if one of them is known to, from the definition or
 * from `found`, the charts of the pack's releases.
 */
export function chartKeysOf(definition: PackDefinition, found: Iterable<string> = []): readonly string[] {
  const { baseName, chartKeys, charts, releaseNameOverrides } = definition;
  if (definition.mayHoldOneChart === undefined) return chartKeys;
  const known = new Set([baseName, ...charts.map(({ name }) => name), ...releaseNameOverrides.keys(), ...found]);
  return chartKeys.some((key) => known.has(key)) ? chartKeys : [];
}

/** The least number of charts that a definition tells of, beside the same. */
export function leastCharts(definition: PackDefinition, found: Iterable<string> = []): number {
  const { charts, type, mayHoldOneChart } = definition;
  const isChart = type === 'helm' || mayHoldOneChart === true;
  return Math.max(charts.length, chartKeysOf(definition, found).length, isChart ? 1 : 0);
}
