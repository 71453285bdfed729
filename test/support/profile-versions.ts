import { upgradeOf } from '../../src/cli/upgrade.ts';
import type { PackDefinition } from '../../src/model/definition.ts';
import type { Accepted, RemovalReport } from '../../src/model/removal.ts';
import type { Subject } from '../../src/model/subject.ts';
import { upgradeReport } from '../../src/removal/upgrade.ts';
import { groundsOf } from './judged.ts';
import { definition } from './world.ts';

type Given = Parameters<typeof definition>[1];

function profile(version: string): NonNullable<PackDefinition['profile']> {
  return { name: 'apps', version, type: undefined };
}

/** An installed pack of profile `apps`, in a namespace of its name. */
export function now(name: string, given: Given = {}): PackDefinition {
  return definition(name, { namespace: name, profile: profile('1.0.0'), reportedState: 'installed', ...given });
}

/** A pack of the profile's next version. */
export function next(name: string, given: Given = {}): PackDefinition {
  return definition(name, { namespace: name, profile: profile('2.0.0'), ...given });
}

/** The judgement of a next version that holds these packs. */
export function upgradedTo(
  subject: Subject,
  after: readonly PackDefinition[],
  accept: readonly Accepted[] = [],
): Omit<RemovalReport, 'separations'> {
  return upgradeReport(groundsOf(subject, accept), upgradeOf(subject, after, 'next.yaml'), []);
}
