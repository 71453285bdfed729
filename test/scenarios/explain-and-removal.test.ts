import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimsOf } from '../../src/audit/claims.ts';
import { lossesOf, withReached } from '../../src/audit/losses.ts';
import { lookWithin, subjectOf } from '../../src/cli/read-subject.ts';
import { decodeSnapshot } from '../../src/cluster/snapshot.ts';
import type { Loss } from '../../src/model/explanation.ts';
import { typeName } from '../../src/model/resource.ts';
import type { Subject } from '../../src/model/subject.ts';
import { joinPacks } from '../../src/profiles/join.ts';
import { destructionSet } from '../../src/removal/destruction.ts';
import { reachOf } from '../../src/removal/reach.ts';
import { seedsOfPacks } from '../../src/removal/seeds.ts';
import { isNamespace, worldOf } from '../../src/removal/world.ts';
import { scenarios, takeSnapshot, type Scenario } from './support/scenario.ts';

/** What a snapshot of the scenario's whole cluster holds; undefined where none can be taken. */
async function wholeSubject(scenario: Scenario): Promise<Subject | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'palette-audit-'));
  const file = join(folder, 'snapshot.json');
  try {
    await takeSnapshot(scenario, [file]);
    if (!existsSync(file)) return undefined;
    const { inventory, definitions } = decodeSnapshot(readFileSync(file, 'utf8'), 'snapshot.json');
    return await subjectOf(joinPacks(definitions), { inventory, narrowedTo: [], allNamespaces: true }, lookWithin);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Causes by which a resource is still there afterwards, or by which nobody knows. */
const STAYS: ReadonlySet<Loss['cause']> = new Set<Loss['cause']>(['kept', 'retained', 'stranded', 'protected']);

/** `PACK: TYPE/NAME in NAMESPACE` for each object that a removal takes, as explain says it and as removal does. Explain tells of namespaces otherwise. */
function bothSay(subject: Subject): { readonly explain: readonly string[]; readonly removal: readonly string[] } {
  const claims = claimsOf(subject);
  const world = worldOf(subject);
  const sets = new Map(
    subject.packs.map(({ name }) => [name, destructionSet(world, seedsOfPacks(world, new Set([name])))]),
  );
  const { of } = reachOf(subject);
  const explain: string[] = [];
  const removal: string[] = [];
  for (const attribution of subject.attributions) {
    const { object } = attribution;
    if (isNamespace(object)) continue;
    const losses = withReached(lossesOf(attribution, { subject, claims, namespace: object.namespace }), of(object));
    const lost = new Set(losses.filter(({ cause }) => !STAYS.has(cause)).map(({ pack }) => pack));
    for (const [pack, set] of sets) {
      const line = `${pack}: ${typeName(object.type)}/${object.name} in ${object.namespace}`;
      if (lost.has(pack)) explain.push(line);
      if (set.has(object.uid)) removal.push(line);
    }
  }
  return { explain: explain.toSorted(), removal: removal.toSorted() };
}

describe('what explain and removal say of each resource', () => {
  let compared = 0;

  for (const scenario of scenarios()) {
    it(`${scenario.name}: is the same`, async () => {
      const subject = await wholeSubject(scenario);
      if (subject === undefined) return;
      const { explain, removal } = bothSay(subject);
      const [said, done] = [new Set(explain), new Set(removal)];
      assert.deepEqual(
        {
          onlyExplained: explain.filter((line) => !done.has(line)),
          onlyRemoved: removal.filter((line) => !said.has(line)),
        },
        { onlyExplained: [], onlyRemoved: [] },
      );
      compared += removal.length;
    });
  }

  it('is about hundreds of resources', () => assert.ok(compared > 300, `${compared}`));
});
