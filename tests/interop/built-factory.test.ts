import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { interopPython } from './python/interpreter.ts';

const MODELS = 'unbuilt_models.py';
const OF_MUP = ['mup_models.py', 'torch_rates_models.py'];
const BIN = join(import.meta.dirname, '../../packages/server/bin/widthwise.js');

let python: string;
let folder: string;

beforeAll(() => {
  python = interopPython(process.env['INTEROP_PYTHON']);
  folder = mkdtempSync(join(tmpdir(), 'widthwise-factory-'));
  for (const file of [MODELS, ...OF_MUP])
    cpSync(join(import.meta.dirname, 'built', file), join(folder, file));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function widthwise(...line: readonly string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...line, '--interpreter', python], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

describe('a factory that is written for', () => {
  test.each([
    [
      'Plain',
      [
        'Plain(n=width)',
        'F.cross_entropy',
        "model.named_parameters() if name == 'last.weight'], 'lr': 0.001 * (64 / model.last.in_features)}",
        'lr=0.1, momentum=0.9)',
        /the optimizer is that of unbuilt_models\.py:\d+, as far as/,
      ],
      { 'middle.weight': 'hidden', 'last.weight': 'output' },
    ],
    [
      'Language',
      [
        'd_ff=4 * width',
        'n_layer=depth',
        'dropout=0.0',
        'model.configure_optimizers(learning_rate=1e-3, betas=(0.9, 0.95))',
        'output[1]',
      ],
      { 'embedding.weight': 'input', 'blocks.layers.0.linear1.weight': 'hidden', 'head.weight': 'output' },
    ],
    ['OfOptions', ['SimpleNamespace(hidden=width, bias=False)'], { 'up.weight': 'input' }],
    ['Diffusion', ['input_size=4', 'model.init_weights()'], { 'back.weight': 'output' }],
    ['Block', ['torch.randn(4, width)', 'the mean square of the output'], { 'up.weight': 'hidden' }],
    ['Layer', ['def make(width):', 'n_layer=2'], { 'up.weight': 'hidden' }],
    ['KeepsLoss', ['F.cross_entropy(output.flatten(0, 1)'], { 'head.weight': 'output' }],
  ])('%s builds it at every width, trains it, and says what it chose', (model, parts, roles) => {
    const written = widthwise('factory', `${MODELS}:${model}`, '--write', '--json', '-');
    expect(written).toMatchObject({ code: 0, stderr: '' });
    const { text, file } = JSON.parse(written.stdout);
    for (const part of parts) expect(text).toMatch(part);
    const { stdout } = widthwise('explain', '--python', `${file}:make`, '--json', '-');
    const { parameters, findings, failures } = JSON.parse(stdout);
    expect(failures).toEqual([]);
    expect(findings.map(({ kind }: { kind: string }) => kind)).not.toContain('no-values');
    const built = Object.fromEntries(
      parameters.map((one: { name: string; role: string }) => [one.name, one.role]),
    );
    expect(built).toMatchObject(roles);
  });

  test('a class that does not build says what stands in the way, and where', () => {
    const { code, stdout, stderr } = widthwise('factory', `${MODELS}:Stubborn`);
    expect(stdout).toContain('Stubborn(dim=width, backend=16)');
    expect(stderr).toMatch(/the backend has to be triton \(unbuilt_models\.py:\d+\)/);
    expect(code).toBe(2);
  });

  test.each([
    ['mup_models.py', 'MuSGD', /the optimizer is that of mup_models\.py:\d+, as far as it is written out\n/],
    ['torch_rates_models.py', 'MuAdam', /MuAdam stands in for torch's Adam/],
  ])("a model of mup's in %s is trained by mup's %s, and what is written is said", (file, name, says) => {
    const { code, stdout } = widthwise('factory', `${file}:Readout`);
    expect(stdout).toContain(`from mup import ${name}, set_base_shapes`);
    expect(stdout).toContain(`${name}(model.parameters(), lr=0.`);
    expect(stdout).toMatch(says);
    expect(code).toBe(0);
  });

  test('a class without an optimizer is not trained by that of the factory that was written for it', () => {
    const layer = 'self.layer = torch.nn.Linear(width, 10)';
    const lines = [
      'def __init__(self, width):',
      '    super().__init__()',
      `    ${layer}`,
      'def forward(self, x):',
    ];
    const body = [...lines, '    return self.layer(x)'].map((line) => `    ${line}\n`).join('');
    mkdirSync(join(folder, 'alone'));
    writeFileSync(join(folder, 'alone/bare.py'), `import torch\n\nclass Bare(torch.nn.Module):\n${body}`);
    const [once, again] = [1, 2].map(() =>
      widthwise('factory', 'alone/bare.py:Bare', '--write', '--json', '-'),
    );
    const textOf = (run: typeof once): string => JSON.parse(run!.stdout).text;
    expect(textOf(once)).toContain('stands in for yours');
    expect(textOf(again)).toBe(textOf(once));
  });

  test('a class whose folder says that the number of heads grows makes more of them, each as long', () => {
    const grown = join(folder, 'grown');
    mkdirSync(grown);
    cpSync(join(import.meta.dirname, 'built', MODELS), join(grown, MODELS));
    writeFileSync(join(grown, 'widthwise.json'), '{ "head-scaling": "head-count" }');
    const { code, stdout } = widthwise('factory', `grown/${MODELS}:Language`);
    expect(stdout).toContain('n_head=width // 16');
    expect(stdout).toContain('as head-scaling says');
    expect(code).toBe(0);
  });

  test('a class of which methods save and load calls none of them', () => {
    const { code, stdout } = widthwise('factory', `${MODELS}:Careful`);
    expect(stdout).toContain('SimpleNamespace(hidden=width)');
    expect(code).toBe(0);
  });

  test('a class that cannot be built so often is told with what was tried', () => {
    const { code, stdout, stderr } = widthwise('factory', `${MODELS}:Worn`);
    expect(stdout).toContain('Worn(width=width)');
    expect(stderr).toContain('it does not run yet: RuntimeError: it is worn out');
    expect(code).toBe(2);
  });

  test('a class that is not there names those that are', () => {
    const { code, stderr } = widthwise('factory', `${MODELS}:Nothing`);
    expect(stderr).toContain('it has no torch.nn.Module Nothing; it has Plain, Language');
    expect(code).toBe(2);
  });
});
