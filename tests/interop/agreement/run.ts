import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { interopPython } from '../python/interpreter.ts';
import { type Agreement, type Explained, held, tableOf } from './held.ts';

const USAGE = `npm run agreement -- FOLDER_OF_CLONES [--model NAME]… [--python PYTHON] [--json FILE]

Builds real models with widthwise explain --python and counts where the exponents that are read off their code equal those
that are read off the built model. FOLDER_OF_CLONES is that of npm run truth.

Exit 1 where two differ.`;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: 'string', multiple: true, default: [] },
    python: { type: 'string' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const widthwise = path.resolve(import.meta.dirname, '../../../packages/server/bin/widthwise.js');
const factories = path.join(import.meta.dirname, 'factories.py');

function explained(place: number, python: string, env: NodeJS.ProcessEnv): Explained | string {
  const line = ['explain', '--python', `${factories}:model_${place}`, '--interpreter', python, '--json', '-'];
  const { stdout, stderr } = spawnSync(process.execPath, [widthwise, ...line], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env,
  });
  return stdout === '' ? stderr.trim() : (JSON.parse(stdout) as Explained);
}

function main(): number {
  const [clones] = positionals;
  if (clones === undefined || options.help) {
    console.log(USAGE);
    return options.help ? 0 : 2;
  }
  const python = interopPython(options.python);
  const env = { ...process.env, WIDTHWISE_CLONES: path.resolve(clones), PYTHONDONTWRITEBYTECODE: '1' };
  const names = JSON.parse(execFileSync(python, [factories], { encoding: 'utf8', env })) as readonly string[];
  const wanted = [...names.entries()].filter(
    ([, name]) => options.model.length === 0 || options.model.some((part) => name.includes(part)),
  );
  const agreements = wanted.flatMap(([place, name]): readonly Agreement[] => {
    const one = explained(place, python, env);
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
