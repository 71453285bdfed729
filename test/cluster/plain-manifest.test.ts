import assert from 'node:assert/strict';
import { array, assert as holds, constantFrom, property, tuple } from 'fast-check';
import { at, listAt, textAt } from '../../src/cluster/json.ts';
import { manifestObjects } from '../../src/cluster/manifest-objects.ts';
import { plainObject } from '../../src/cluster/plain-manifest.ts';
import { yamlDocuments } from '../../src/cluster/yaml-documents.ts';

const PLAIN = `# Source: app/templates/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: "shop"
  labels:
    app: web
  annotations:
    "helm.sh/resource-policy": keep
spec:
  template: |
    kind: Other
rules:
- kind: Third
`;

/** The form in which a scanner reads it, and none of these changes makes another object of it unseen. */
const UNUSUAL: readonly (readonly [says: string, document: string])[] = [
  ['a comment behind a name', PLAIN.replace('name: web', 'name: web # the name')],
  ['an anchor', PLAIN.replace('name: web', 'name: &name web')],
  ['an alias', PLAIN.replace('"shop"', '*name')],
  ['a tag', PLAIN.replace('name: web', 'name: !!str web')],
  ['a map in flow style', PLAIN.replace('metadata:', 'metadata: {name: other}')],
  ['annotations in flow style', PLAIN.replace('annotations:\n', 'annotations: {a: b}\n').replace(/ +"helm.*\n/, '')],
  ['a name of several lines', PLAIN.replace('name: web', 'name: |-\n    web')],
  ['a name that goes on', PLAIN.replace('name: web', 'name: web\n    and more')],
  ['an escape', PLAIN.replace('"shop"', '"sh\\x6fp"')],
  ['a key that comes twice', `${PLAIN}kind: StatefulSet\n`],
  ['a name that comes twice', PLAIN.replace('  labels', '  name: other\n  labels')],
  ['annotations that come twice', PLAIN.replace('  labels', '  annotations: {}\n  labels')],
  ['a merged map', PLAIN.replace('  labels', '  <<: *base\n  labels')],
  ['a name that is null', PLAIN.replace('name: web', 'name: null')],
  ['a namespace that is null', PLAIN.replace('"shop"', 'Null')],
  ['a kind that is null', PLAIN.replace('kind: Deployment', 'kind: null')],
  ['a list', `apiVersion: v1\nkind: List\nitems:\n- ${PLAIN.trim().replaceAll('\n', '\n  ')}\n`],
  ['a document that begins in the middle', `${PLAIN}--- {apiVersion: v1, kind: Pod, metadata: {name: p}}\n`],
  ['the end of a document', `${PLAIN}...\n`],
  ['a directive', `%YAML 1.2\n---\n${PLAIN}`],
  ['another line end', PLAIN.replaceAll('\n', '\r\n')],
  ['a tab', PLAIN.replace('name: web', 'name:\tweb')],
  ['no kind', PLAIN.replace('kind: Deployment\n', '')],
  ['a kind that goes on', PLAIN.replace('kind: Deployment', 'kind: Deploy\n  ment')],
  ['a list in metadata', PLAIN.replace('  labels', '  finalizers:\n  - one\n  labels')],
  ['a deeper map in metadata', PLAIN.replace('    app: web', '    app:\n      name: web')],
  ['uneven indentation', PLAIN.replace('    app: web', '     app: web\n    b: c')],
  ['a byte order mark', `\u{feff}${PLAIN}`],
];

const LINES = [
  ['apiVersion: v1', 'kind: Pod', 'kind: PodList', 'metadata:', 'name: web', 'name: "a:b"', "name: 'it'", 'items:'],
  ['namespace: one', 'namespace:', 'labels:', 'annotations:', 'helm.sh/resource-policy: keep', '{}', 'a: {}', '<<: *n'],
  ['"helm.sh/resource-policy": keep', 'spec:', '- name: x', '-', 'a: |', 'a: "b', 'c"', '# note', '', 'a: b: c', '? a'],
  ['name: null', 'name: "null"', 'namespace: NULL', 'kind: null', 'labels: &n {name: far, namespace: away}', '<<: *n'],
  ['name: web # note', 'name: &n web', 'name: *n', '---', '...', 'a: b:', 'web'],
].flat();

describe('a manifest of the plainest form', () => {
  it('is read without a parser', () => {
    assert.deepEqual(plainObject(PLAIN), {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop', annotations: { 'helm.sh/resource-policy': 'keep' } },
    });
  });

  it('may have empty maps, names that are not told, comments and blank lines', () => {
    const text = 'kind: Pod\napiVersion: v1\nmetadata:\n\n  # c\n  labels: {}\n  annotations:\n    {}\n  namespace: \n';
    assert.deepEqual(plainObject(text), { apiVersion: 'v1', kind: 'Pod', metadata: {} });
  });

  for (const [says, document] of UNUSUAL)
    it(`leaves to a parser: ${says}`, () => assert.equal(plainObject(document), undefined, document));

  it('says what a full parse says, whatever lines it is made of', () => {
    const line = constantFrom(...LINES);
    const lines = array(tuple(constantFrom(0, 0, 2, 2, 4, 6), line), { maxLength: 12 });
    const head = constantFrom('', 'apiVersion: v1\nkind: Pod\nmetadata:\n', 'kind: Pod\napiVersion: v1\nmetadata:\n');
    let plain = 0;
    holds(
      property(head, lines, (start, rest) => {
        const text = start + rest.map(([indent, one]) => `${' '.repeat(indent)}${one}\n`).join('');
        if (text.split(/^---$/m).some((document) => plainObject(document) !== undefined)) plain += 1;
        const full = byFullParse(text);
        if (full !== undefined) assert.deepEqual(identities(text), full, text);
      }),
      { numRuns: 20_000 },
    );
    assert.ok(plain > 500, `only ${String(plain)} were of the plain form`);
  });
});

function identities(manifest: string): readonly string[] {
  return manifestObjects(manifest, false).map(({ ref, keep }) =>
    JSON.stringify([ref.kind, ref.namespace, ref.name, keep]),
  );
}

/** By a parser that reads all of it; undefined where it is no YAML, or not of objects that are no lists. */
function byFullParse(manifest: string): readonly string[] | undefined {
  try {
    const objects = yamlDocuments(manifest).filter((one) => one !== null && one !== undefined);
    return objects.every(isObject) ? objects.flatMap(identity) : undefined;
  } catch {
    return undefined;
  }
}

function isObject(one: unknown): boolean {
  const isList = listAt(one, 'items').length > 0 && textAt(one, 'kind') === 'PodList';
  return textAt(one, 'kind') !== undefined && textAt(one, 'apiVersion') !== undefined && !isList;
}

function identity(object: unknown): readonly string[] {
  const name = textAt(object, 'metadata', 'name');
  if (name === undefined) return [];
  const keep = at(object, 'metadata', 'annotations', 'helm.sh/resource-policy') === 'keep';
  return [JSON.stringify([textAt(object, 'kind'), textAt(object, 'metadata', 'namespace') ?? '', name, keep])];
}
