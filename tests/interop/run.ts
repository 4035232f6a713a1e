/** `npm run test:interop`: what is held to PyTorch, mup, JAX and Keras; `--help` says with what else. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';

const USAGE = `npm run test:interop [-- --all [--clones FOLDER_OF_CLONES]]

Holds what is said and measured of models to PyTorch, mup, JAX and Keras, the engines to onnxruntime, and fixes to what they
do in PyTorch. What that takes is put under .cache on first use.

--all      also installs TensorFlow as a user does (more than a gigabyte; make and g++), trains on it by tfjs and holds that
           to the laws of the engines
--clones   with --all: also holds what is read off the code of cloned repositories to the models that are built of it, as
           npm run truth and npm run agreement do

Exit 1 where something does not hold.`;

const { values } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    clones: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const ROOT = path.resolve(import.meta.dirname, '../..');
const VITEST = path.join(ROOT, 'node_modules/vitest/vitest.mjs');
const script = (name: string): string => path.join(import.meta.dirname, name);

/** What is run, one after the other. */
function stages(): readonly (readonly string[])[] {
  const always = [[VITEST, 'run', '--project', 'interop', '--project', 'torch*'], [script('fixes/run.ts')]];
  if (!values.all) return always;
  const clones = values.clones === undefined ? [] : [path.resolve(values.clones)];
  return [
    ...always,
    [VITEST, 'run', '--config', script('tensorflow/vitest.config.ts')],
    ...clones.flatMap((folder) => [
      [script('truth/run.ts'), folder],
      [script('agreement/run.ts'), folder],
    ]),
  ];
}

function main(): number {
  if (values.help || (values.clones !== undefined && !values.all)) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const failed = stages().filter(
    (stage) => spawnSync(process.execPath, stage, { cwd: ROOT, stdio: 'inherit' }).status !== 0,
  );
  for (const [first = '', ...others] of failed) {
    console.error(`failed: ${[path.relative(ROOT, first), ...others].join(' ')}`);
  }
  return failed.length === 0 ? 0 : 1;
}

process.exitCode = main();
