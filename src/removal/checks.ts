import { CHECK_IDS } from '../model/check.ts';
import type { Breakage, CheckRun, HangRisk } from '../model/removal.ts';
import { compareRefs, compareText } from '../model/resource.ts';
import type { Aftermath } from './aftermath.ts';
import { missingFor } from './check-coverage.ts';
import type { Check } from './check.ts';
import { CLASS_CHECKS } from './checks/classes.ts';
import { CUSTOM_RESOURCE_CHECKS } from './checks/custom-resources.ts';
import { DELIVERY_CHECKS } from './checks/delivery.ts';
import { PERMISSION_CHECKS } from './checks/permissions.ts';
import { SERVED_API_CHECKS } from './checks/served-apis.ts';
import { STORAGE_CHECKS } from './checks/storage.ts';
import { TRAFFIC_CHECKS } from './checks/traffic.ts';
import { DELETION_CHECKS, hitsOfDeletion } from './deletion-checks.ts';

/** Every rule about what breaks outside, and about whether the deletion ends; in report order. */
export const CHECKS: readonly Check[] = [
  ...SERVED_API_CHECKS,
  ...CUSTOM_RESOURCE_CHECKS,
  ...STORAGE_CHECKS,
  ...CLASS_CHECKS,
  ...TRAFFIC_CHECKS,
  ...DELIVERY_CHECKS,
  ...PERMISSION_CHECKS,
  ...DELETION_CHECKS,
].toSorted((a, b) => CHECK_IDS.indexOf(a.id) - CHECK_IDS.indexOf(b.id));

/** What stops working outside, and which checks could look. */
export interface Breakages {
  readonly breakages: readonly Breakage[];
  readonly checks: readonly CheckRun[];
}

/**
 * Runs every check. One that could not look everywhere still tells what it saw, and that it did not run in full. Sorted
 * by severity, then check in report order, then by the names of both ends. `risks` are those of the deletion itself.
 */
export function breakagesOf(after: Aftermath, risks: readonly HangRisk[]): Breakages {
  const results = CHECKS.map((check) => ({ check, breakages: hitsOf(check, after) }));
  return {
    breakages: results.flatMap(({ breakages }) => breakages).toSorted(inOrder),
    checks: results.map(({ check, breakages }): CheckRun => {
      const needs = missingFor(check.needs(after), after.world.subject.inventory);
      const hits = hitsOfDeletion(check.id, risks) ?? breakages.length;
      return { check: check.id, critical: check.severity === 'critical', ran: needs === '', needs, hits };
    }),
  };
}

/**
 * The hits of a check, each pair of ends and facts once. None is worse than the check: the verdict waits only for those
 * that may be critical.
 */
export function hitsOf({ id, severity, find }: Check, after: Aftermath): readonly Breakage[] {
  const found = find(after).map((hit): Breakage => ({
    check: id,
    severity: severity === 'warning' ? severity : (hit.severity ?? severity),
    from: hit.from,
    to: hit.to,
    facts: hit.facts,
  }));
  return [...new Map(found.map((breakage) => [identityOf(breakage), breakage])).values()];
}

function identityOf({ from, to, facts }: Breakage): string {
  return JSON.stringify([from, to, ...facts]);
}

function inOrder(a: Breakage, b: Breakage): number {
  return (
    Number(a.severity === 'warning') - Number(b.severity === 'warning') ||
    CHECK_IDS.indexOf(a.check) - CHECK_IDS.indexOf(b.check) ||
    compareRefs(a.from, b.from) ||
    compareRefs(a.to, b.to) ||
    compareText(identityOf(a), identityOf(b))
  );
}
