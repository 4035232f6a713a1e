import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { interopPython } from '../python/interpreter.ts';
import { type Agreement, type Explained, held, tableOf } from './held.ts';
import { mupExamples } from './mup-examples.ts';

const USAGE = `npm run agreement -- FOLDER_OF_CLONES [--model NAME]… [--python PYTHON] [--json FILE]
npm run agreement -- FOLDER_OF_CLONES --mup [--python PYTHON]

Builds real models with widthwise explain --python and counts where the exponents that are read off their code equal those
that are read off the built model. FOLDER_OF_CLONES is that of npm run truth.

With --mup: trains the models of mup's own examples with widthwise coord-check --python and with mup.coord_check, holds
each size to the other, and writes the table of docs/agreement.md.

Exit 1 where two differ.`;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: 'string', multiple: true, default: [] },
    python: { type: 'string' },
    json: { type: 'string' },
    mup: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const widthwise = path.resolve(import.meta.dirname, '../../../packages/server/bin/widthwise.js');
const PAGE = path.resolve(import.meta.dirname, '../../../docs/agreement.md');
const BEGIN = "<!-- mup's examples: npm run agreement -- FOLDER_OF_CLONES --mup -->";
const END = "<!-- end of mup's examples -->";
const factories = path.join(import.meta.dirname, 'factories.py');

function explained(place: number, python: string): Explained | string {
  const line = ['explain', '--python', `${factories}:model_${place}`, '--interpreter', python, '--json', '-'];
  const { stdout, stderr } = spawnSync(process.execPath, [widthwise, ...line], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return stdout === '' ? stderr.trim() : (JSON.parse(stdout) as Explained);
}

/** Writes the table of mup's own examples. */
function besideMup(python: string): number {
  const { table, isSame } = mupExamples(python);
  const page = readFileSync(PAGE, 'utf8');
  const [begin, end] = [page.indexOf(BEGIN) + BEGIN.length, page.indexOf(END)];
  writeFileSync(PAGE, `${page.slice(0, begin)}\n\n${table}\n\n${page.slice(end)}`);
  console.log(table);
  return isSame ? 0 : 1;
}

function main(): number {
  const [clones] = positionals;
  if (clones === undefined || options.help) {
    console.log(USAGE);
    return options.help ? 0 : 2;
  }
  const python = interopPython(options.python);
  process.env['WIDTHWISE_CLONES'] = path.resolve(clones);
  process.env['PYTHONDONTWRITEBYTECODE'] = '1';
  if (options.mup) return besideMup(python);
  const names = JSON.parse(execFileSync(python, [factories], { encoding: 'utf8' })) as readonly string[];
  const wanted = [...names.entries()].filter(
    ([, name]) => options.model.length === 0 || options.model.some((part) => name.includes(part)),
  );
  const agreements = wanted.flatMap(([place, name]): readonly Agreement[] => {
    const one = explained(place, python);
    if (typeof one === 'string') {
      console.log(`${name}: not built: ${one}`);
      return [];
    }
    const agreement = held(name, one);
    console.log(`${name}: ${agreement.parameters} parameters, ${agreement.differing.length} values differ`);
    for (const line of agreement.differing) console.log(`  ${line}`);
    return [agreement];
  });
  console.log(`\n${tableOf(agreements)}`);
  if (options.json !== undefined) writeFileSync(options.json, JSON.stringify(agreements, null, 1));
  return agreements.some(({ differing }) => differing.length > 0) ? 1 : 0;
}

process.exitCode = main();
