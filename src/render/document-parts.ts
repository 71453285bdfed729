import type { Owner } from '../model/attribution.ts';
import type { DefinitionSource, Place } from '../model/definition.ts';
import type { Finding, ListedResource } from '../model/finding.ts';
import type { ClusterIdentity } from '../model/inventory.ts';
import type {
  ApplicationSummary,
  CoverageSummary,
  PackSummary,
  Separation,
  SeparationStep,
  StakeSummary,
} from '../model/report.ts';
import { rememberedOf } from '../model/remembered.ts';
import { sentence } from './words.ts';
import { coverageGapText, definitionGapText } from './words/gaps.ts';
import { cautionText, stepText } from './words/separation.ts';

/** Which cluster answered; null for what is not known. */
export function clusterDocument({ context, server, version, uid, paletteUid, paletteName }: ClusterIdentity) {
  return { context, server, version, uid, paletteUid: paletteUid ?? null, paletteName: paletteName ?? null };
}

/** What the answer rests on. */
export function coverageDocument(coverage: CoverageSummary) {
  const { complete, types, completeTypes, namespaces, resources, gaps, notes } = coverage;
  return {
    complete,
    types,
    completeTypes,
    namespaces,
    resources,
    gaps: gaps.map((gap) => ({
      state: gap.state,
      resources: gap.resources,
      scopes: gap.scopes,
      needs: gap.needs,
      reason: gap.reason,
      message: coverageGapText(gap),
    })),
    notes,
  };
}

function placeDocument({ path, line, column }: Place) {
  return { path, line, column };
}

function sourceDocument(source: DefinitionSource) {
  return source.kind === 'file'
    ? { kind: source.kind, path: source.path }
    : { kind: source.kind, namespace: source.namespace };
}

/** A pack, where it was read, its releases, and what of it could not be read. */
export function packDocument({ name, layer, version, state, profiles, sources, releases, gaps }: PackSummary) {
  return {
    name,
    layer,
    version,
    state,
    profiles,
    sources: sources.map(sourceDocument),
    releases: releases.map(({ release, namespace, strength }) => ({ release, namespace, strength })),
    gaps: gaps.map((gap) => ({
      reason: gap.reason,
      subject: gap.subject,
      place: placeDocument(gap.place),
      message: definitionGapText(name, gap),
    })),
  };
}

/** A stake with what its namespace holds. */
export function stakeDocument(stake: StakeSummary) {
  const { namespace, pack, state, sources, fate, basis, own, claimed = 0, otherPacks, unmanaged } = stake;
  return { namespace, pack, state, sources, fate, basis, own, claimed, otherPacks, unmanaged };
}

/** A resource as every list of them names it. */
export function resourceDocument(resource: ListedResource) {
  const { namespace, type, kind, name, uid, createdAt, lastWriter, data, finalizers, labels } = resource;
  return {
    namespace,
    type,
    kind,
    name,
    uid,
    createdAt,
    lastWriter,
    data,
    finalizers: finalizers ?? NONE,
    labels: labels === undefined || labels.size === 0 ? NONE : [...labels].map(([key, value]) => ({ key, value })),
  };
}

/** What most of many resources have of these lists. */
const NONE: readonly never[] = [];

/** A finding and its application share one list of resources, and so do their documents. */
const resourceDocuments = rememberedOf((resources: readonly ListedResource[]) => resources.map(resourceDocument));

/** A finding with its sentence; the facts' keys are sorted, whoever established them. */
export function findingDocument(finding: Finding) {
  const { id, rule, severity, namespace, pack, application, facts, resources } = finding;
  return {
    id,
    rule,
    severity,
    namespace,
    pack,
    application,
    message: sentence(finding),
    facts: Object.fromEntries(Object.entries(facts).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    resources: resourceDocuments(resources),
  };
}

/** An application with its resources; `listed` is false where only its count is part of the answer. */
export function applicationDocument(application: ApplicationSummary) {
  const { namespace, name, owner, strength, packs, listed, movable, createdAt, lastWriter, data } = application;
  const resources = resourceDocuments(application.resources);
  return { namespace, name, owner, strength, packs, listed, movable, createdAt, lastWriter, data, resources };
}

/** How to separate one namespace, each step with its sentence. */
export function separationDocument({ namespace, stays, why, steps }: Separation) {
  return { namespace, stays, why, steps: steps.map((step) => stepDocument(step, namespace)) };
}

function stepDocument(step: SeparationStep, namespace: string) {
  const cautions = step.cautions.map((caution) => ({
    code: caution.code,
    subjects: caution.subjects,
    message: cautionText(caution),
  }));
  const { to } = step;
  const message = stepText(step, namespace);
  if (step.kind === 'move-pack') {
    return { kind: step.kind, pack: step.pack, to, snippet: step.snippet, message, cautions };
  }
  const { kind, application, chart, chartVersion, release } = step;
  return { kind, application, to, chart, chartVersion, release, message, cautions };
}

/** Whose a resource is; texts are '' where the kind has none. */
export function ownerDocument(owner: Owner) {
  const blank = { kind: owner.kind, via: '', name: '', namespace: '' };
  switch (owner.kind) {
    case 'pack':
    case 'leftover':
      return { ...blank, name: owner.pack };
    case 'application':
      return { ...blank, via: owner.via, name: owner.name, namespace: owner.namespace };
    case 'person':
    case 'injected':
      return { ...blank, name: owner.manager };
    case 'palette':
      return { ...blank, name: owner.by };
    case 'kubernetes':
    case 'unexplained':
      return blank;
  }
}
