import assert from 'node:assert/strict';
import type { PackDefinition } from '../../src/model/definition.ts';
import { exportOf, onlyOne, readText } from './sample.ts';

/** Expressions over a variable of the profile that has no default; `known` where its value is enough to tell. */
const EXPRESSIONS: readonly { readonly text: string; readonly known: boolean }[] = [
  { text: '{{ .spectro.var.ns | default "x" }}', known: true },
  { text: '{{ default "x" .spectro.var.ns }}', known: true },
  { text: '{{- .spectro.var.ns|default "x" -}}', known: true },
  { text: '{{ .spectro.var.ns | lower }}', known: false },
  { text: '{{ printf "%s-x" .spectro.var.ns }}', known: false },
  { text: '{{ (default "x" .spectro.var.ns) }}', known: false },
  { text: '{{ if .spectro.var.ns }}a{{ else }}b{{ end }}', known: false },
];

const OBJECT = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: n\n';

interface Place {
  readonly says: string;
  readonly values: (name: string) => string;
  readonly manifest?: (name: string) => string;
  /** The names there; empty where the whole of it is left out. */
  readonly names: (pack: PackDefinition) => readonly string[];
}

const OWN = 'pack:\n  namespace: a\n';
const PLACES: readonly Place[] = [
  {
    says: 'pack.namespace',
    values: (name) => `pack:\n  namespace: ${name}\n`,
    names: ({ namespace }) => (namespace?.resolved === true ? [namespace.text] : []),
  },
  {
    says: 'additionalNamespaces',
    values: (name) => `${OWN}  additionalNamespaces: ${name}\n`,
    names: ({ additionalNamespaces }) => additionalNamespaces.flatMap((one) => (one.resolved ? [one.text] : [])),
  },
  {
    says: 'a manifest’s namespace',
    values: (name) => `${OWN}manifests:\n  byo-manifest:\n    namespace: ${name}\n`,
    names: ({ manifestNamespaces }) =>
      manifestNamespaces.flatMap(({ namespace }) => (namespace.resolved ? [namespace.text] : [])),
  },
  {
    says: 'the name of an object',
    values: () => OWN,
    manifest: (name) => OBJECT.replace('name: n', `name: ${name}`),
    names: ({ objects }) => objects.map(({ ref }) => ref.name),
  },
  {
    says: 'the namespace of an object',
    values: () => OWN,
    manifest: (name) => `${OBJECT}  namespace: ${name}\n`,
    names: ({ objects }) => objects.map(({ ref }) => ref.namespace),
  },
  {
    says: 'a Namespace object',
    values: () => OWN,
    manifest: (name) => OBJECT.replace('name: n', `name: ${name}`).replace('ConfigMap', 'Namespace'),
    names: ({ createdNamespaces }) =>
      createdNamespaces.flatMap(({ namespace }) => (namespace.resolved ? [namespace.text] : [])),
  },
];

function packWith(values: string, content: string | undefined, given: Readonly<Record<string, string>>) {
  const manifests = content === undefined ? [] : [{ name: 'm', content }];
  const pack = { name: 'app', type: 'manifest', layer: 'addon', version: '1.0.0', values, manifests };
  return onlyOne(readText(exportOf([pack], [{ name: 'ns' }]), given));
}

describe('an expression that Palette evaluates', () => {
  for (const { says, values, manifest, names } of PLACES) {
    for (const { text, known } of EXPRESSIONS) {
      for (const quoted of [text, `'${text}'`, `"${text}"`]) {
        it(`in ${says} is a gap, not a name: ${quoted}`, () => {
          const pack = packWith(values(quoted), manifest?.(quoted), {});
          assert.deepEqual(names(pack), []);
          assert.notDeepEqual(pack.gaps, []);
        });
      }

      it(`in ${says}, once the value is given: ${text}`, () => {
        const pack = packWith(values(`'${text}'`), manifest?.(`'${text}'`), { ns: 'given' });
        assert.deepEqual(names(pack), known ? ['given'] : []);
        assert.equal(pack.gaps.length === 0, known);
      });
    }
  }

  it('in the kind of an object is a gap: it may be a Namespace', () => {
    for (const field of ['kind: ConfigMap', 'apiVersion: v1']) {
      const [key = ''] = field.split(':');
      const pack = packWith(OWN, OBJECT.replace(field, `${key}: '{{ .spectro.var.ns }}'`), { ns: 'given' });
      assert.deepEqual([pack.objects, pack.gaps.map(({ subject }) => subject)], [[], ['m']]);
    }
  });

  it('of anybody’s is a gap where it stands without quotes', () => {
    for (const text of ['{{ team }}', '{{ default "x" .Values.team }}']) {
      const added = packWith(`${OWN}  additionalNamespaces: ${text}\n`, undefined, {});
      assert.notDeepEqual(added.gaps, [], text);
      const placed = packWith(OWN, `${OBJECT}  namespace: ${text}\n`, {});
      assert.deepEqual([placed.objects, placed.gaps.map(({ subject }) => subject)], [[], ['m']], text);
    }
  });
});
