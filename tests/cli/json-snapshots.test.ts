import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyFolder, widthwise } from './widthwise-process.ts';

const SNAPSHOTS = join(import.meta.dirname, 'snapshots');
const INPUTS = join(SNAPSHOTS, 'inputs');
const EXAMPLES = join(import.meta.dirname, '../../examples');

const FILES = ['chain', 'blocks', 'branches', 'attention', 'multiplier'] as const;

const SMALL = '--widths 16,32,64 --seeds 2 --steps 2 --json -';

/** What scripts read: the JSON of each command for fixed input, as it has been since the first release. */
const COMMANDS: Readonly<Record<string, string>> = {
  'lint-inputs': 'lint . --profile mup --json -',
  'lint-advisory': 'lint . --json -',
  'lint-examples': 'lint examples --json -',
  ...Object.fromEntries(FILES.map((name) => [`explain-${name}`, `explain ${name}.py --json -`])),
  'classify-sp': 'classify --init 0,1/2,1/2,1/2 --lr 1,1,1,1 --json -',
  'classify-ntp': 'classify --init 0,1/2,1/2 --lr 0,1,1 --json -',
  'classify-ip': 'classify --init 0,1,1,1 --lr -1,0,0,1 --json -',
  'classify-mup': 'classify --init 0,1/2,1/2,1 --lr -1,0,0,1 --json -',
  'classify-mup-adam': 'classify --init 0,1/2,1/2,inf --lr 0,1,1,1 --optimizer adam --steps 3 --json -',
  'classify-unstable': 'classify --init 0,0,1/2 --lr=-2,-1,0 --activation sigmoid --json -',
  'classify-abc': 'classify --abc mine.json --depth 2 --json -',
  'classify-graph': 'classify --graph block.json --steps 2 --json -',
  'compare-digits': `compare --base-width 1 --lr 1 --parametrizations sp-constant,ip,mup ${SMALL}`,
  'compare-mixture': `compare --data mixture:2,8,16 --data-seed 3 --activation relu --depth 2 --loss square --base-width 1 --lr 1 --readout zero --parametrizations sp,mup ${SMALL}`,
  'compare-csv': `compare --data csv:points.csv:label=label --activation sigmoid --reduction sum --lr 0.1 --base-width 16 --parametrizations abc:mine.json,ntp ${SMALL}`,
  'limit-neurons': `limit --data mixture:2,3,4 --activation tanh --seeds 3 --steps 2 --widths 16,32,64 --json -`,
  'limit-extrapolated': `limit --data mixture:2,3,4 --parametrization sp --depth 2 --seeds 3 --steps 2 --widths 16,32,64 --json -`,
  'transfer-mixture': `transfer --data mixture:2,3,4 --depth 2 --steps 2 --widths 8,16 --seeds 2 --json -`,
};

/** What is said beside it of inputs that are not read whole. */
const SAID: Readonly<Record<string, string>> = {
  'lint-inputs': 'broken.py is not read whole: line 7 cannot be parsed',
  'lint-advisory': 'broken.py is not read whole: line 7 cannot be parsed',
};

describe('the JSON is that of the snapshot for', () => {
  test.each(Object.entries(COMMANDS))('%s', async (name, line) => {
    const cwd = await emptyFolder();
    await cp(INPUTS, cwd, { recursive: true });
    await cp(EXAMPLES, join(cwd, 'examples'), { recursive: true });
    const { stdout, stderr } = await widthwise(cwd, line.split(' '));
    const said = SAID[name];
    if (said === undefined) expect(stderr).toBe('');
    else expect(stderr.trimEnd()).toMatch(new RegExp(`^widthwise: ${said}[^\\n]*$`));
    const text = `${JSON.stringify(JSON.parse(stdout), null, 1).replaceAll(/\n\s+(?=[-\d\]n])/g, ' ')}\n`;
    await expect(text).toMatchFileSnapshot(join(SNAPSHOTS, `${name}.json`));
  });
});
