import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { widthwise } from './widthwise-process.ts';

const FILES: Readonly<Record<string, string | Buffer>> = {
  'empty.csv': '',
  'header-only.csv': 'a,b,label\n',
  'words.csv': 'a,b,label\n1,2,0\n1,abc,1\n',
  'nan.csv': '1,2,0\n3,NaN,1\n',
  'ragged.csv': '1,2,0\n3,4\n',
  'binary.csv': Buffer.from([0, 255, 254, 0, 1, 2, 3]),
  'good.csv': 'a,b,label\n1,2,0\n3,4,1\n5,7,0\n',
  'not-json.json': '{ "input": ',
  'no-output.json': '{ "input": {"a":0,"b":0,"c":0}, "hidden": {"a":0,"b":"1/2","c":0} }',
  'words.json':
    '{ "input": {"a":0,"b":"wide","c":0}, "hidden": {"a":0,"b":0,"c":0}, "output": {"a":0,"b":0,"c":0} }',
  'adam.json':
    '{ "optimizer": "adam", "input": {"a":0,"b":0,"c":0}, "hidden": {"a":0,"b":0,"c":0}, "output": {"a":0,"b":0,"c":0} }',
  'sp.json':
    '{ "input": {"a":0,"b":0,"c":1}, "hidden": {"a":0,"b":"1/2","c":1}, "output": {"a":0,"b":"1/2","c":1} }',
};

const abc = (file: string): string[] => ['--parametrizations', `mup,abc:${file}`];

/** What is asked, and what the one sentence has to say. */
const CASES: readonly (readonly [args: readonly string[], says: RegExp])[] = [
  [['compaer'], /unknown command 'compaer' \(did you mean 'compare'\?\).*commands are.*compare/],
  [['--frobnicate'], /unknown flag '--frobnicate'/],
  [['compare', '--widht', '64,128'], /unknown flag '--widht'.*did you mean '--widths'/],
  [['compare', '-x'], /unknown flag '-x'/],
  [['lint'], /lint needs a file or folder/],
  [['lint', 'missing.py'], /no such file or folder: missing\.py/],
  [['lint', 'folder', '--format', 'yaml'], /--format: .*text, json.*'yaml'/],
  [['lint', ''], /'' names no file or folder/],
  [
    ['classify', '--abc', 'endless.json'],
    /--abc endless\.json: is a device, and only regular files are read/,
  ],
  [['compare', '--data', 'csv:pipe.csv'], /--data pipe\.csv: is a pipe, and only regular files are read/],
  [['compare', '--data', 'csv:huge.csv'], /--data huge\.csv: is larger than 500 MB, the most that is read/],
  [['compare', ...abc('pipe.csv')], /abc:pipe\.csv: is a pipe/],
  [['explain', 'missing.py'], /no such file or folder: missing\.py/],
  [['classify', '--init', 'a,b', '--lr', '0,0'], /--init: .*'a'/],
  [['classify', '--abc', 'not-json.json'], /--abc not-json\.json: not JSON/],
  [['serve'], /serve needs --stdio/],
  [['compare', 'digits'], /takes flags only, got 'digits'/],
  [['compare', '--widths'], /--widths needs a value/],
  [['compare', '--widths', '--seeds', '3'], /--widths needs a value/],
  [['compare', '--fresh=yes'], /--fresh takes no value/],
  [['compare', '--widths', '128'], /--widths: .*at least two widths, got 128/],
  [['compare', '--widths', '0,128'], /--widths: .*got 0/],
  [['compare', '--widths', '-64,128'], /--widths: .*got -64/],
  [['compare', '--widths', '64.5,128'], /--widths: .*got 64.5/],
  [['compare', '--widths', '64,many'], /--widths: .*'many'/],
  [['compare', '--widths', '64,64'], /--widths: .*64,64/],
  [['compare', '--widths', '128,10000000'], /--widths: .*width 10000000 needs .* GiB/],
  [['compare', '--depth', '0'], /--depth: .*got 0/],
  [['compare', '--steps', '-3'], /--steps: .*got -3/],
  [['compare', '--steps', '2.5'], /--steps: .*got 2.5/],
  [['compare', '--seeds', '0'], /--seeds: .*got 0/],
  [['compare', '--seeds', '10000'], /--seeds: .*200000 runs; at most 10000/],
  [['compare', '--time-budget', '0'], /--time-budget: .*got 0/],
  [
    ['compare', '--time-budget', '0.001'],
    /--time-budget: 0\.001 s are too few: one seed of every width takes/,
  ],
  [['compare', '--lr', '0'], /--lr: .*got 0/],
  [['compare', '--lr', 'NaN'], /--lr: .*'NaN'/],
  [['compare', '--lr', 'fast'], /--lr: .*'fast'/],
  [['compare', '--base-width', '0'], /--base-width: .*got 0/],
  [['compare', '--probe', '0'], /--probe: .*got 0/],
  [['compare', '--probe', '65'], /--probe: .*from 1 to 64, got 65/],
  [['compare', '--probe', '9'], /--probe: at most 8 samples at smallest width 128/],
  [['compare', '--workers', '0'], /--workers: .*got 0/],
  [
    ['compare', '--activation', 'tahn'],
    /--activation: 'tahn' does not exist \(did you mean 'tanh'\?\).*sigmoid, .*relu/,
  ],
  [['compare', '--loss', 'hinge'], /--loss: 'hinge' does not exist.*half-square, square/],
  [['compare', '--reduction', 'max'], /--reduction: 'max' does not exist.*mean, sum/],
  [['compare', '--engine', 'cuda'], /--engine: 'cuda' does not exist.*auto, wasm, onnx, .*tfjs, reference/],
  [
    ['compare', '--parametrizations', 'mpu'],
    /--parametrizations: 'mpu' does not exist.*sp-constant, sp, ntp, ip, mup/,
  ],
  [['compare', '--parametrizations', ','], /--parametrizations: expected at least one/],
  [['compare', '--parametrizations', 'mup,sp,mup'], /--parametrizations: two are called 'mup'/],
  [['compare', '--parametrizations', 'sp,abc:sp.json'], /--parametrizations: two are called 'sp'/],
  [['compare', ...abc('missing.json')], /abc:missing\.json: .*ENOENT/],
  [['compare', ...abc('not-json.json')], /abc:not-json\.json: not JSON/],
  [['compare', ...abc('no-output.json')], /abc:no-output\.json: .*output/],
  [['compare', ...abc('words.json')], /abc:words\.json: .*wide/],
  [['compare', ...abc('adam.json')], /abc:adam\.json: .*'adam'.*'sgd' trains; --optimizer/],
  [
    ['compare', '--optimizer', 'adam', '--parametrizations', 'ip'],
    /--parametrizations: 'ip' does not exist.*mup/,
  ],
  [
    ['compare', '--loss', 'cross-entropy', '--data', 'mixture:2,4,8'],
    /--loss: cross-entropy is a loss of three or more/,
  ],
  [
    ['compare', '--data', 'mnist'],
    /--data: 'mnist' does not exist.*digits\[:P\], mixture\[:k,d,P\], csv:FILE/,
  ],
  [['compare', '--data', 'digits:0'], /--data: .*'0'/],
  [['compare', '--data', 'digits:5000'], /--data: .*1797.*'5000'/],
  [['compare', '--data', 'mixture:2,3'], /--data: .*three numbers/],
  [['compare', '--data', 'mixture:1,8,8'], /--data: .*'1'/],
  [['compare', '--data', 'csv'], /--data: 'csv' needs a file/],
  [['compare', '--data', 'csv:missing.csv'], /--data missing\.csv: there is no such file/],
  [['compare', '--data', 'csv:folder'], /--data folder: is a folder/],
  [['compare', '--data', 'csv:empty.csv'], /--data empty\.csv: .*empty/],
  [['compare', '--data', 'csv:header-only.csv'], /--data header-only\.csv: /],
  [['compare', '--data', 'csv:words.csv'], /--data words\.csv: line 3, column 2: .*abc/],
  [['compare', '--data', 'csv:nan.csv'], /--data nan\.csv: line 2, column 2: .*NaN/],
  [['compare', '--data', 'csv:ragged.csv'], /--data ragged\.csv: line 2/],
  [['compare', '--data', 'csv:binary.csv'], /--data binary\.csv: /],
  [['compare', '--data', 'csv:good.csv:label=species'], /--data good\.csv: .*species/],
  [['compare', '--out', 'good.csv'], /--out: 'good\.csv' cannot be a folder/],
  [['compare', '--store', 'good.csv'], /--store: 'good\.csv' cannot be a folder/],
  [['compare', '--json', 'folder'], /--json: 'folder' is a folder/],
  [['compare', '--json', 'good.csv/x.json'], /--json: 'good\.csv' cannot be a folder/],
  [['compare', '--out', 'taken'], /--out: '.*widthwise-digits\.html' is a folder/],
];

let cwd: string;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'widthwise-bad-input-'));
  await mkdir(join(cwd, 'folder'));
  await mkdir(join(cwd, 'taken/widthwise-digits.html'), { recursive: true });
  await symlink('/dev/zero', join(cwd, 'endless.json'));
  await promisify(execFile)('mkfifo', [join(cwd, 'pipe.csv')]);
  await writeFile(join(cwd, 'huge.csv'), '');
  await truncate(join(cwd, 'huge.csv'), 2 ** 30);
  for (const [name, content] of Object.entries(FILES)) await writeFile(join(cwd, name), content);
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

test.concurrent.for(CASES)('widthwise %j is refused in one sentence', async ([args, says], { expect }) => {
  const { code, stdout, stderr } = await widthwise(cwd, args);
  expect(stderr).toMatch(/^widthwise: [^\n]+\n$/);
  expect(stderr).toMatch(says);
  expect(stderr).not.toMatch(/undefined|\[object|Error:/);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

test('a learning rate that diverges is shown and is no error', async () => {
  const args = ['compare', '--widths', '16,32', '--seeds', '2', '--lr', '1e9', '--parametrizations', 'mup'];
  const { code, stdout } = await widthwise(cwd, args);
  expect(stdout).toMatch(/μP\s+\? diverges at step 1 at every width: not measured at η = 1000000000/);
  expect(code).toBe(0);
});

test('a folder with nothing to read is no error, and is said to be one', async () => {
  const { code, stdout, stderr } = await widthwise(cwd, ['lint', 'folder']);
  expect(stderr).toMatch(/^widthwise: nothing to read in folder: [^\n]+\n$/);
  expect(stdout).toMatch(/^0 files, 0 models, 0 findings in/);
  expect(code).toBe(0);
});

test('a folder .widthwise that is a link out of here is not written to, unless it is asked for', async () => {
  await mkdir(join(cwd, 'cloned'));
  await mkdir(join(cwd, 'mine'));
  await symlink(join(cwd, 'mine'), join(cwd, 'cloned/.widthwise'));
  const args = ['compare', '--widths', '16,32', '--seeds', '1', '--steps', '1', '--parametrizations', 'mup'];
  const { code, stderr } = await widthwise(join(cwd, 'cloned'), args);
  expect([code, stderr]).toEqual([
    2,
    'widthwise: --store: .widthwise/store is a link out of this folder; --store DIR says where results go\n',
  ]);
  expect(await readdir(join(cwd, 'mine'))).toEqual([]);
});
