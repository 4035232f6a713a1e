import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { draw, type Mutant } from './draw.ts';
import { Judge } from './judge.ts';
import { reachOf } from './reach.ts';
import { scratchCopy } from './scratch.ts';
import { TypeChecker } from './type-checker.ts';

/** A mutant and the test that noticed it; `null` where none did. */
interface Outcome {
  readonly place: string;
  readonly change: string;
  readonly caughtBy: string | null;
}

const HELP = `npm run mutants -- [options]

Changes one operator, condition, branch, return, statement or literal at a time in a copy, and says which test notices.

  --seed N        draws the same mutants each time (1)
  --count N       how many (20)
  --in FOLDER     of which sources; may be repeated (packages)
  --not-in FOLDER but not of these; may be repeated
  --tests FOLDER  asks the unit tests of a folder only; may be repeated
  --whole         builds what no unit test notices, and asks the tests of whole commands
  --root FOLDER   another checkout, built
  --list          names the mutants and asks nobody
  --json FILE     writes what came out, too
`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h', default: false },
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '20' },
    in: { type: 'string', multiple: true, default: ['packages'] },
    'not-in': { type: 'string', multiple: true, default: [] },
    tests: { type: 'string', multiple: true, default: [] },
    root: { type: 'string', default: path.resolve(import.meta.dirname, '../..') },
    whole: { type: 'boolean', default: false },
    json: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

const copy = scratchCopy(path.resolve(values.root));

function drawn(): readonly Mutant[] {
  const within = (folders: readonly string[], file: string): boolean =>
    folders.some((folder) => path.relative(copy, file).startsWith(folder.replace(/\/?$/, '/')));
  const checker = new TypeChecker(copy);
  const files = checker.files().filter((file) => within(values.in, file) && !within(values['not-in'], file));
  const { mutants, refused, sites } = draw(checker, files, {
    seed: Number(values.seed),
    count: Number(values.count),
  });
  checker.close();
  console.log(`${sites} places in ${files.length} files; ${refused} drawn where nothing else compiles`);
  return mutants;
}

function testsIn(folder: string): readonly string[] {
  return readdirSync(path.join(copy, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => path.join(copy, folder, name));
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}

const placeOf = ({ file, line }: Mutant): string => `${path.relative(copy, file)}:${line}`;
const changeOf = ({ kind, was, now }: Mutant): string => `${kind}: ${oneLine(was)} → ${oneLine(now)}`;

async function judged(mutants: readonly Mutant[]): Promise<readonly Outcome[]> {
  const reach = await reachOf(copy, mutants, values.tests.flatMap(testsIn));
  const judge = new Judge(copy, reach);
  const outcomes: Outcome[] = [];
  for (const [number, mutant] of mutants.entries()) {
    const tests = reach.testsOf.get(number) ?? [];
    let caughtBy = await judge.byUnit(mutant, tests);
    if (caughtBy === null && values.whole) caughtBy = await judge.byWhole(mutant);
    const survived = tests.length > 0 ? 'SURVIVED' : 'SURVIVED, reached by no unit test';
    console.log(`${placeOf(mutant)}  ${changeOf(mutant)}\n    ${caughtBy ?? survived}`);
    outcomes.push({ place: placeOf(mutant), change: changeOf(mutant), caughtBy });
  }
  judge.close();
  return outcomes;
}

function printTotals(outcomes: readonly Outcome[]): void {
  const packageOf = ({ place }: Outcome): string => place.split('/').slice(0, 2).join('/');
  for (const name of new Set([...outcomes.map(packageOf), 'packages'])) {
    const some = outcomes.filter(({ place }) => place.startsWith(`${name}/`));
    console.log(
      `${name}: ${some.filter(({ caughtBy }) => caughtBy !== null).length} of ${some.length} caught`,
    );
  }
}

const mutants = drawn();
if (values.list) for (const mutant of mutants) console.log(`${placeOf(mutant)}  ${changeOf(mutant)}`);
else {
  const outcomes = await judged(mutants);
  printTotals(outcomes);
  if (values.json) writeFileSync(values.json, `${JSON.stringify(outcomes, null, 2)}\n`);
}
process.exit(0);
