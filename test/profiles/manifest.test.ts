import assert from 'node:assert/strict';

import type { PackDefinition } from '../../src/model/definition.ts';
import { faultsOf, readDirectory, readManifests, readText, onlyOne, exportOf } from './sample.ts';

function identities({ objects }: PackDefinition): readonly string[] {
  return objects.map(({ ref, possible, keep }) => {
    const marks = `${possible ? '?' : ''}${keep ? '!' : ''}`;
    return `${ref.group}/${ref.kind}/${ref.namespace}/${ref.name}${marks}`;
  });
}

function created({ createdNamespaces }: PackDefinition): readonly string[] {
  return createdNamespaces.map(
    ({ namespace, keep, possible }) =>
      `${namespace.text}${namespace.resolved ? '' : ' unresolved'}${keep ? '!' : ''}${possible ? '?' : ''}`,
  );
}

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';

describe('an inline manifest', () => {
  it('gives every object of every document, lists taken apart', () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n- ${CONFIG_MAP.trimEnd().replaceAll('\n', '\n  ')}\n`;
    const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: b\n  namespace: core\n';
    const definition = readManifests({ m: `---\n# first\n---\n${list}---\n${deployment}` });
    assert.deepEqual(identities(definition), ['/ConfigMap//a', 'apps/Deployment/core/b']);
    assert.deepEqual(faultsOf(definition).gaps, []);
    assert.deepEqual(definition.manifests, ['m']);
  });

  it('gives its namespaces and what is to be kept', () => {
    const keep = '  annotations:\n    helm.sh/resource-policy: keep\n';
    const definition = readManifests({
      m: `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: vms\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: data\n${keep}`,
    });
    assert.deepEqual(created(definition), ['vms', 'data!']);
    assert.deepEqual(identities(definition), ['/Namespace//vms', '/Namespace//data!']);
  });

  it('keeps braces that are no macros of Palette as they stand', () => {
    const policy =
      'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata:\n  name: p\nspec:\n  to: "{{request.object.metadata.name}}"\n';
    const definition = readManifests({ m: policy });
    assert.deepEqual(identities(definition), ['kyverno.io/ClusterPolicy//p']);
    assert.deepEqual(faultsOf(definition).gaps, []);
  });

  it('resolves macros in names, and makes an unknown one a gap', () => {
    const content = `${CONFIG_MAP}  namespace: {{ .spectro.var.ns }}\n---\n${CONFIG_MAP}  namespace: {{ .spectro.macro.x }}\n`;
    const text = exportOf(
      [{ name: 'app', type: 'manifest', manifests: [{ name: 'm', content }] }],
      [{ name: 'ns', defaultValue: 'core' }],
    );
    const definition = onlyOne(readText(text));
    assert.deepEqual(identities(definition), ['/ConfigMap/core/a']);
    assert.deepEqual(faultsOf(definition).gaps, ['macro-unresolved manifest m']);
  });

  it('makes a Namespace with an unknown name a stake without a name', () => {
    const definition = readManifests({
      m: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: {{ .spectro.macro.x }}\n',
    });
    assert.deepEqual(created(definition), ['{{ .spectro.macro.x }} unresolved']);
    assert.deepEqual(identities(definition), []);
  });

  for (const [says, content, gap] of [
    ['that is not YAML', 'a: b: c\n', 'manifest-unreadable m'],
    ['whose document is no object', 'a: b\n', 'manifest-unreadable m'],
    ['whose object stands twice in one document', `${CONFIG_MAP}${CONFIG_MAP}`, 'manifest-unreadable m'],
    [
      'whose object has only a generated name',
      'apiVersion: v1\nkind: Pod\nmetadata:\n  generateName: a\n',
      'template-not-evaluated m',
    ],
    [
      'with a placeholder as name',
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: "%NAME%"\n',
      'template-not-evaluated m',
    ],
  ] as const) {
    it(`${says} is a gap`, () => assert.deepEqual(faultsOf(readManifests({ m: content })).gaps, [gap]));
  }

  it('loses only the document that is not YAML', () => {
    const definition = readManifests({ m: `${CONFIG_MAP}---\na: b: c\n` });
    assert.deepEqual(identities(definition), ['/ConfigMap//a']);
    assert.deepEqual(faultsOf(definition).gaps, ['manifest-unreadable m']);
  });

  it('that is only a reference is a gap', () => {
    const text = exportOf([{ name: 'app', type: 'manifest', manifests: [{ kind: 'manifest', name: 'm', uid: 'x' }] }]);
    assert.deepEqual(faultsOf(onlyOne(readText(text))).gaps, ['manifest-only-referenced m']);
  });

  it('in the values is certain for a bring-your-own manifest only', () => {
    assert.deepEqual(identities(readManifests({}, contentsOf('byo-manifest'))), ['/ConfigMap//a']);
    assert.deepEqual(identities(readManifests({}, contentsOf('other'))), ['/ConfigMap//a?']);
  });
});

function contentsOf(name: string): string {
  return `manifests:\n  ${name}:\n    contents: |\n      ${CONFIG_MAP.trimEnd().replaceAll('\n', '\n      ')}\n`;
}

function object(name: string, namespace = '{{ .Values.namespace }}'): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n`;
}

const VALUES = 'manifests:\n  m:\n    namespace: core\n    on: true\n    none: ""\n    deep:\n      name: x\n';

describe('a template of a pack directory', () => {
  for (const [says, template, expected, gaps] of [
    ['plain values', object('a'), ['/ConfigMap/core/a'], []],
    [
      'trim marks and quotes',
      object('a', '{{- .Values.namespace | quote -}}').replace(': {{-', ': {{'),
      ['/ConfigMap/core/a'],
      [],
    ],
    ['nested values', object('{{ .Values.deep.name }}'), ['/ConfigMap/core/x'], []],
    ['a default', object('{{ .Values.none | default "d" | quote }}'), ['/ConfigMap/core/d'], []],
    ['a value inside a name', object('a-{{ $.Values.deep.name }}-b'), ['/ConfigMap/core/a-x-b'], []],
    ['a missing value', object('{{ .Values.absent }}'), [], ['template-not-evaluated m']],
    ['another function', object('{{ .Values.deep.name | upper }}'), [], ['template-not-evaluated m']],
    ['an include in a name', object('{{ include "x" . }}'), [], ['template-not-evaluated m']],
    [
      'objects under if',
      `{{ if .Values.on }}\n${object('a')}{{ end }}\n---\n${object('b')}`,
      ['/ConfigMap/core/a?', '/ConfigMap/core/b'],
      [],
    ],
    [
      'two branches without a separator',
      `{{ if .Values.on }}\n${object('a')}{{ else }}\n${object('b')}{{ end }}\n`,
      ['/ConfigMap/core/a?', '/ConfigMap/core/b?'],
      [],
    ],
    ['objects under range', `{{- range .Values.list }}\n---\n${object('a')}{{- end }}\n`, ['/ConfigMap/core/a?'], []],
    [
      'an if inside an object',
      `${object('a')}data:\n  {{- if .Values.on }}\n  x: "1"\n  {{- end }}\n`,
      ['/ConfigMap/core/a'],
      [],
    ],
    [
      'an action that may print objects',
      `{{ include "all" . }}\n---\n${object('a')}`,
      ['/ConfigMap/core/a'],
      ['template-not-evaluated m', 'manifest-unreadable m'],
    ],
    ['a comment', `{{/* over\n two lines */}}\n${object('a')}`, ['/ConfigMap/core/a'], []],
    ['a macro of Palette', object('a', '{{ .spectro.system.cluster.name }}'), ['/ConfigMap/prod/a'], []],
  ] as const) {
    it(`reads ${says}`, () => {
      const definition = readDirectory({ values: VALUES, manifests: { m: template } });
      assert.deepEqual(identities(definition), expected);
      assert.deepEqual(faultsOf(definition).gaps, gaps);
    });
  }

  it('makes a Namespace under if a possible one', () => {
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: {{ .Values.namespace }}\n';
    const template = `{{ if not .Values.on }}\n\n${namespace}\n{{ end }}\n\n{{ if .Values.on }}\n\n${namespace}\n{{ end }}\n`;
    const definition = readDirectory({ values: VALUES, manifests: { m: template } });
    assert.deepEqual(created(definition), ['core?']);
  });
});
