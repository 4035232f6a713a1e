import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { interopPython } from '../python/interpreter.ts';
import { BREAKS, PAGE, printedOf } from './broken-page.ts';

/** From the root of the repository; the folder of clones is `WIDTHWISE_CLONES`. */
const NANOCHAT = 'tests/interop/agreement/factories.py:nanochat';

const USAGE = `npm run broken [-- --clones FOLDER] [--python PYTHON]

Writes docs/broken-models.md: what widthwise coord-check --python prints of tests/interop/built/broken_models.py.

  --clones FOLDER   that of npm run truth: writes the groups of nanochat, too
  --python PYTHON   one that has PyTorch; without it, it is put under .cache/interop`;

const { values: options } = parseArgs({
  options: {
    clones: { type: 'string' },
    python: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

function shown(command: string, printed: string): readonly string[] {
  return ['```', `$ widthwise ${command}`, printed, '```'];
}

function withPart(page: string, name: string, lines: readonly string[]): string {
  const [begin, end] = [`<!-- ${name}: npm run broken -->`, `<!-- end of ${name} -->`];
  const before = page.slice(0, page.indexOf(begin) + begin.length);
  return `${before}\n\n${lines.join('\n')}\n\n${page.slice(page.indexOf(end))}`;
}

function groupsOfNanochat(clones: string, python: string): string {
  const env = {
    ...process.env,
    WIDTHWISE_CLONES: path.resolve(clones),
    NO_COLOR: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  };
  const bin = path.join(import.meta.dirname, '../../../packages/server/bin/widthwise.js');
  const line = ['explain', '--python', NANOCHAT, '--interpreter', python, '--at', '768,2048'];
  const cwd = path.join(import.meta.dirname, '../../..');
  const { stdout, stderr } = spawnSync(process.execPath, [bin, ...line], { cwd, encoding: 'utf8', env });
  if (stdout === '') throw new Error(stderr);
  return stdout.slice(0, stdout.search(/^init std, rate/m)).trimEnd();
}

function main(): void {
  if (options.help) {
    console.log(USAGE);
    return;
  }
  const python = interopPython(options.python);
  let page = readFileSync(PAGE, 'utf8');
  const whole = printedOf({ factory: 'mup', flags: ['--seeds', '10'] }, python);
  page = withPart(page, 'the breaks', [
    ...shown('coord-check --python broken_models.py:mup --seeds 10', whole),
    ...BREAKS.flatMap((one) => {
      const { factory, what, flags } = one;
      const command = ['coord-check --python', `broken_models.py:${factory}`, ...flags].join(' ');
      return ['', what, '', ...shown(command, printedOf(one, python))];
    }),
  ]);
  if (options.clones !== undefined) {
    const command = `explain --python ${NANOCHAT} --at 768,2048`;
    page = withPart(page, 'nanochat', shown(command, groupsOfNanochat(options.clones, python)));
  }
  writeFileSync(PAGE, page);
}

main();
