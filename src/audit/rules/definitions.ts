import type { DefinitionProblem, PackDefinition, Place, ProblemCode } from '../../model/definition.ts';
import type { FindingOf } from '../../model/finding.ts';
import { grouped } from '../../model/grouped.ts';
import type { Pack } from '../../model/pack.ts';
import { compareText } from '../../model/resource.ts';
import { finding, type Audited } from '../rule.ts';

/** A problem of one definition of one pack. */
interface Located {
  readonly pack: string;
  readonly problem: DefinitionProblem;
}

/** Problems of one code, each (pack, subject) once: file and cluster often hold the same fault. */
function problems({ subject }: Audited, code: ProblemCode): readonly Located[] {
  const found = new Map<string, Located>();
  for (const pack of subject.packs) {
    for (const problem of pack.definitions.flatMap((definition) => definition.problems)) {
      const key = JSON.stringify([pack.name, problem.subject]);
      if (problem.code === code && !found.has(key)) found.set(key, { pack: pack.name, problem });
    }
  }
  return [...found.values()];
}

/** Finds packs whose definition holds a fault: it costs that pack only, and is said with its place. */
export function unreadableDefinitions(audited: Audited): FindingOf<'definition-unreadable'>[] {
  return problems(audited, 'definition-unreadable').map(({ pack, problem }) =>
    finding('definition-unreadable', { pack, key: problem.subject }, facts(problem)),
  );
}

/** Finds unquoted names that YAML reads as a number or truth value, so that Palette may see another name. */
export function namesNotText(audited: Audited): FindingOf<'name-not-text'>[] {
  return problems(audited, 'name-not-text').map(({ pack, problem }) =>
    finding('name-not-text', { pack, key: problem.subject }, facts(problem)),
  );
}

/** Finds namespace names that Kubernetes does not accept. */
export function invalidNamespaceNames(audited: Audited): FindingOf<'invalid-namespace-name'>[] {
  return problems(audited, 'invalid-namespace-name').map(({ pack, problem }) =>
    finding('invalid-namespace-name', { pack, key: problem.subject }, { field: problem.subject, place: problem.place }),
  );
}

/** Finds label and annotation texts that are not `key=value` lists of valid keys and values. */
export function invalidLabelTexts(audited: Audited): FindingOf<'invalid-label-text'>[] {
  return problems(audited, 'invalid-label-text').map(({ pack, problem }) =>
    finding('invalid-label-text', { pack, key: problem.subject }, facts(problem)),
  );
}

/** Says which declared labels could not be compared because their value holds an unresolved macro. */
export function labelsNotChecked({ subject }: Audited): FindingOf<'label-not-checked'>[] {
  return subject.packs.flatMap((pack) => {
    const open = pack.definitions.flatMap((definition) =>
      [...definition.namespaceLabels, ...definition.namespaceAnnotations].flatMap(({ namespace, entries }) =>
        entries.filter(({ resolved }) => !resolved).map(({ key }) => ({ key, place: namespace.place })),
      ),
    );
    const [first] = open;
    if (first === undefined) return [];
    const keys = [...new Set(open.map(({ key }) => key))].toSorted(compareText);
    return [finding('label-not-checked', { pack: pack.name }, { keys, place: first.place })];
  });
}

/** Says that a profile exists only as a draft. */
export function draftProfiles(audited: Audited): FindingOf<'draft-only'>[] {
  const drafts = new Map(problems(audited, 'draft-only').map(({ problem }) => [problem.subject, problem.place]));
  return [...drafts].map(([profile, place]) => finding('draft-only', { key: profile }, { profile, place }));
}

function facts({ subject, detail, place }: DefinitionProblem): { field: string; detail: string; place: Place } {
  return { field: subject, detail, place };
}

/**
 * Finds label keys that name a namespace the pack has no other claim on. A label key is neither ownership nor
 * creation; the documentation's own example has such keys. Source: Palette docs, Profile Customization.
 */
export function strayLabelKeys({ subject, claims }: Audited): FindingOf<'stray-label-key'>[] {
  return claims
    .filter(({ fate }) => fate === 'labelled-only')
    .flatMap(({ namespace, pack, via }) => {
      const place = labelPlace(
        subject.packs.find(({ name }) => name === pack),
        namespace,
      );
      return place === undefined
        ? []
        : [finding('stray-label-key', { namespace, pack }, { field: via.join(', '), place })];
    });
}

function labelPlace(pack: Pack | undefined, namespace: string): Place | undefined {
  const definitions = pack?.definitions ?? [];
  const labels = definitions.flatMap(({ namespaceLabels }) => namespaceLabels);
  const annotations = definitions.flatMap(({ namespaceAnnotations }) => namespaceAnnotations);
  return [...labels, ...annotations].find((setting) => setting.namespace.text === namespace)?.namespace.place;
}

/**
 * Finds pack names that one source defines twice, or two profiles of the same kind of source: Palette refuses such a
 * cluster (`DuplicateClusterPacksForbidden`), and of a file it is not clear which one counts.
 */
export function duplicatePacks({ subject }: Audited): FindingOf<'duplicate-pack'>[] {
  return subject.packs.flatMap(({ name, definitions }) => {
    const deployed = definitions.filter(({ isPackDirectory }) => !isPackDirectory);
    const perKind = grouped(deployed, ({ source }) => source.kind);
    const twice = [...perKind.values()].flatMap((same) => (sameDefinition(same) ? [] : same));
    return twice.length === 0
      ? []
      : [finding('duplicate-pack', { pack: name }, { places: twice.map(({ place }) => place) })];
  });
}

/** One profile saved twice, say as JSON and as YAML, is not a duplicate pack. */
function sameDefinition(definitions: readonly PackDefinition[]): boolean {
  const keys = definitions.map(({ profile, version, tag, source }) => ({
    id: JSON.stringify([profile?.name, profile?.version, version, tag]),
    at: JSON.stringify(source),
  }));
  const ids = new Set(keys.map(({ id }) => id));
  const paths = new Set(keys.map(({ at }) => at));
  return ids.size === 1 && paths.size === keys.length;
}

/** Finds what file and cluster tell differently of one pack. */
export function differingDefinitions({ subject }: Audited): FindingOf<'definitions-differ'>[] {
  return subject.packs.flatMap(({ name, differences }) =>
    differences.map(({ field, file, cluster }) =>
      finding('definitions-differ', { pack: name, key: field }, { field, file, cluster }),
    ),
  );
}

/** Names the agent namespaces of other clusters whose Pack resources were seen and not used. */
export function otherClusters({ subject }: Audited): FindingOf<'other-cluster'>[] {
  return subject.inventory.otherAgentNamespaces.map((namespace) =>
    finding('other-cluster', { namespace }, { packs: 0 }),
  );
}
