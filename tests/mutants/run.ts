import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { draw, type Mutant, mutate } from './draw.ts';
import { type Reach, reachOf } from './reach.ts';
import { scratchCopy } from './scratch.ts';
import { Suite } from './suite.ts';
import { TypeChecker } from './type-checker.ts';

/** A mutant and the test that noticed it; `null` where none did. */
interface Outcome {
  readonly place: string;
  readonly change: string;
  readonly caughtBy: string | null;
}

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '20' },
    in: { type: 'string', multiple: true, default: ['packages'] },
    'not-in': { type: 'string', multiple: true, default: [] },
    root: { type: 'string', default: path.resolve(import.meta.dirname, '../..') },
    json: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
});

const oneLine = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
};

/** The length of the folder path that two files share: the nearer the test, the earlier it runs. */
function nearness(a: string, b: string): number {
  const [one, other] = [a.replace(/\.tsx?$/, ''), b.replace(/\.test\.tsx?$/, '')];
  const parts = one.split('/');
  const apart = other.split('/').findIndex((part, i) => part !== parts[i]);
  return apart === -1 ? parts.length + 1 : apart;
}

/** Files that the suite may hold in an older text. */
const changed = new Set<string>();

async function judge(mutant: Mutant, tests: readonly string[], { milliseconds }: Reach, suite: Suite) {
  if (tests.length === 0) return null;
  const time = (test: string): number => milliseconds[test] ?? 0;
  const order = [...tests].sort(
    (a, b) => nearness(mutant.file, b) - nearness(mutant.file, a) || time(a) - time(b),
  );
  const limit = 60 + (tests.reduce((sum, test) => sum + time(test), 0) / 1000) * 5;
  const source = readFileSync(mutant.file, 'utf8');
  writeFileSync(mutant.file, mutate(source, mutant));
  changed.add(mutant.file);
  const answer = await suite.ask({ changed: [...changed], tests: order }, limit);
  writeFileSync(mutant.file, source);
  return answer ? answer.failed : `no end within ${Math.round(limit)} s`;
}

function print(outcomes: readonly Outcome[]): void {
  const packageOf = ({ place }: Outcome): string => place.split('/').slice(0, 2).join('/');
  for (const name of new Set(['packages', ...outcomes.map(packageOf)])) {
    const some = outcomes.filter(({ place }) => place.startsWith(`${name}/`));
    console.log(
      `${name}: ${some.filter(({ caughtBy }) => caughtBy !== null).length} of ${some.length} caught`,
    );
  }
}

const copy = scratchCopy(path.resolve(values.root));
const within = (folders: readonly string[]) => (file: string) =>
  folders.some((folder) => path.relative(copy, file).startsWith(folder.replace(/\/?$/, '/')));
const checker = new TypeChecker(copy);
const files = checker.files().filter((file) => within(values.in)(file) && !within(values['not-in'])(file));
const drawn = draw(checker, files, { seed: Number(values.seed), count: Number(values.count) });
checker.close();
const placeOf = (mutant: Mutant): string => `${path.relative(copy, mutant.file)}:${mutant.line}`;
const changeOf = ({ kind, was, now }: Mutant): string => `${kind}: ${oneLine(was)} → ${oneLine(now)}`;
console.log(
  `${drawn.sites} places in ${files.length} files; ${drawn.refused} drawn where nothing else compiles`,
);
if (values.list) {
  for (const mutant of drawn.mutants) console.log(`${placeOf(mutant)}  ${changeOf(mutant)}`);
  process.exit(0);
}
const reach = await reachOf(copy, drawn.mutants);
const suite = new Suite(copy, 'run');
const outcomes: Outcome[] = [];
for (const [number, mutant] of drawn.mutants.entries()) {
  const caughtBy = await judge(mutant, reach.testsOf.get(number) ?? [], reach, suite);
  const reached = reach.testsOf.has(number) ? 'SURVIVED' : 'SURVIVED, reached by no test';
  outcomes.push({ place: placeOf(mutant), change: changeOf(mutant), caughtBy });
  console.log(`${placeOf(mutant)}  ${changeOf(mutant)}\n    ${caughtBy ?? reached}`);
}
suite.close();
print(outcomes);
if (values.json) writeFileSync(values.json, `${JSON.stringify(outcomes, null, 2)}\n`);
process.exit(0);
