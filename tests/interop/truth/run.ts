import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { writeBetween } from '../../support/write-between.ts';
import { interopPython } from '../python/interpreter.ts';
import { judge } from './judge.ts';
import type { Measured } from './measured.ts';
import { reachTable } from './reach-table.ts';
import { isWrong, modelText, type Result, totalsText, verdictTable } from './result-text.ts';
import { said } from './said.ts';
import type { Trained } from './trained.ts';

const USAGE = `npm run truth -- FOLDER_OF_CLONES [--model NAME]… [--python PYTHON] [--measured FILE] [--train FILE] [--verdicts] [--table] [--write] [--json FILE]

Builds real models in PyTorch at three widths, reads their parameters, and holds what widthwise explain says of their
code to that. FOLDER_OF_CLONES has a folder a repository: nanoGPT, minGPT, nanoGPT-mup, nanochat, litgpt, torchtitan,
DiT, pytorch-image-models, mup, pytorch-cifar, vit-pytorch, examples, and transformers (the unpacked wheel).

--measured FILE  takes the parameters from FILE if it is there, else writes them to it
--train FILE     holds verdicts to training, too: the slopes of sizes and changes over four widths, from FILE or into it
--verdicts       prints verdicts beside training as a table, the one of docs/linter-accuracy.md, after all else
--table          prints of each model of which everything is wanted how much is said, as a table, after all else
--write          puts both tables into docs/linter-accuracy.md
--python PYTHON  one that has what tests/interop/requirements.txt lists; without it, it is installed under .cache once
Exit 1 where a value is wrong.`;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: 'string', multiple: true, default: [] },
    python: { type: 'string' },
    measured: { type: 'string' },
    train: { type: 'string' },
    verdicts: { type: 'boolean', default: false },
    table: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const PAGE = path.resolve(import.meta.dirname, '../../../docs/linter-accuracy.md');

/** What stands around a table of the page. */
function marksOf(table: string): readonly [begin: string, end: string] {
  return [
    `<!-- ${table}: npm run truth -- FOLDER_OF_CLONES --train FILE --write -->`,
    `<!-- end of ${table} -->`,
  ];
}

function measure(clones: string): Measured {
  const cache = path.resolve(import.meta.dirname, '../../../.cache/interop/measured.json');
  const kept = options.measured !== undefined && existsSync(options.measured);
  if (!kept) runScript('measure_models.py', clones, options.measured ?? cache);
  return JSON.parse(readFileSync(options.measured ?? cache, 'utf8')) as Measured;
}

function train(clones: string): Trained {
  if (options.train === undefined) return { models: [] };
  if (!existsSync(options.train)) runScript('train_models.py', clones, options.train);
  return JSON.parse(readFileSync(options.train, 'utf8')) as Trained;
}

function runScript(name: string, clones: string, file: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const script = path.join(import.meta.dirname, name);
  const { status } = spawnSync(interopPython(options.python), [script, clones, file, ...options.model], {
    stdio: 'inherit',
    env: { ...process.env, HF_HUB_OFFLINE: '1', PYTHONDONTWRITEBYTECODE: '1' },
  });
  if (status !== 0) throw new Error(`${script} ended with ${status}`);
}

function main(): number {
  const [clones] = positionals;
  if (clones === undefined || options.help) {
    console.log(USAGE);
    return options.help ? 0 : 2;
  }
  const wanted = measure(clones).models.filter(
    ({ name }) => options.model.length === 0 || options.model.some((part) => name.includes(part)),
  );
  for (const { name, failure } of wanted)
    if (failure !== undefined) console.log(`${name}: not built: ${failure}`);
  const trained = train(clones).models;
  const results = wanted
    .filter(({ variants }) => variants !== undefined)
    .map((measured): Result => {
      const { models, failure } = said(path.join(clones, measured.file));
      const model = models.find(({ name }) => name === measured.class);
      const training = trained.find(({ name }) => name === measured.name);
      const result = { measured, said: model, failure, judgement: judge(measured, model), training };
      console.log(modelText(result));
      return result;
    });
  console.log(totalsText(results));
  if (options.verdicts) console.log(verdictTable(results));
  if (options.table) console.log(reachTable(results));
  if (options.write) {
    writeBetween(PAGE, marksOf('verdicts'), verdictTable(results));
    writeBetween(PAGE, marksOf('wanted'), reachTable(results));
  }
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(results, null, 1)}\n`);
  return results.some(isWrong) ? 1 : 0;
}

process.exitCode = main();
