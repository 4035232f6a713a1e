import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const repo = path.resolve(import.meta.dirname, '../..');

/** What each folder must not import, however deep in it the file lies; names are separated by spaces. */
const FORBIDDEN = {
  'packages/core/src':
    'node:fs node:worker_threads fs @widthwise/protocol widthwise vscode vscode-jsonrpc vscode-languageserver/node',
  'packages/core/src/linalg':
    '../random/rng.ts ../model/tape.ts ../run/run-spec.ts @widthwise/protocol node:fs',
  'packages/core/src/words': '../data/dataset.ts ../experiments/params/field.ts',
  'packages/core/src/random': '../statistics/student-t.ts ../data/dataset.ts ../parametrization/table.ts',
  'packages/core/src/statistics': '../experiments/planned-run.ts ../quantities/movement.ts',
  'packages/core/src/data': '../model/loss.ts ../run/run-spec.ts ../limit/kernel-recursion.ts',
  'packages/core/src/model': '../data/dataset.ts ../run/run-spec.ts ../parametrization/table.ts node:fs',
  'packages/core/src/calculus': '../parametrization/table.ts ../data/dataset.ts ../run/run-spec.ts node:fs',
  'packages/core/src/parametrization': '../run/run-spec.ts ../experiments/comparison/plan.ts',
  'packages/core/src/limit': '../quantities/movement.ts ../engines/engine.ts ../experiments/planned-run.ts',
  'packages/core/src/quantities': '../run/run-result.ts ../train/probe.ts ../engines/engine.ts',
  'packages/core/src/run': '../limit/kernel-recursion.ts ../train/train.ts ../engines/engine.ts vscode',
  'packages/core/src/engines/reference': '../../train/train.ts ../../quantities/movement.ts',
  'packages/core/src/train': '../experiments/planned-run.ts ../limit/kernel-recursion.ts node:fs',
  'packages/protocol/src':
    '@widthwise/core widthwise node:fs vscode vscode-languageserver vscode-languageserver/node',
  'packages/server/src': 'vscode vscode-languageclient vscode-languageclient/node widthwise-vscode',
  'packages/server/src/input': '../lab/data/load-data.ts ../cli/command.ts @widthwise/analysis node:fs',
  'packages/server/src/files': '../input/input-error.ts ../lab/store/store.ts @widthwise/core',
  'packages/server/src/engines':
    '../lab/engines/engines.ts ../cli/command.ts ../lsp/server.ts @widthwise/core @widthwise/analysis',
  'packages/server/src/lab/runs':
    '@widthwise/analysis ../../sources/find-files.ts ../../report/markdown.ts ../../cli/command.ts ../../lsp/server.ts',
  'packages/server/src/sources':
    '../lab/data/load-data.ts ../report/markdown.ts ../cli/command.ts ../lsp/server.ts',
  'packages/server/src/built':
    '../lab/data/load-data.ts ../sources/find-files.ts ../report/markdown.ts ../cli/command.ts ../lsp/server.ts',
  'packages/server/src/report': 'node:fs ../lab/data/load-data.ts ../cli/command.ts ../lsp/server.ts',
  'packages/server/src/lsp/connection':
    '../experiments/registry.ts ../features/hover.ts ../../cli/command.ts',
  'packages/server/src/lsp/features':
    'node:fs node:path ../../lab/data/load-data.ts ../../report/markdown.ts ../../cli/command.ts',
  'packages/server/src/lsp/experiments':
    '@widthwise/analysis ../../sources/find-files.ts ../../report/markdown.ts ../../cli/command.ts',
  'packages/server/src/cli/commands': '../../lsp/server.ts vscode',
  'packages/analysis/src':
    'node:fs fs widthwise vscode vscode-languageserver vscode-languageserver/node vscode-languageclient/node @widthwise/protocol',
  'packages/analysis/src/syntax':
    '../growth/quantity.ts ../interpret/values/value.ts @widthwise/core node:fs',
  'packages/analysis/src/growth': '../syntax/span.ts ../network/layer.ts @widthwise/core',
  'packages/analysis/src/workspace':
    '../interpret/values/value.ts ../growth/quantity.ts ../libraries/index.ts @widthwise/core node:fs',
  'packages/analysis/src/network':
    '../interpret/values/value.ts ../libraries/index.ts ../observe/observed-model.ts',
  'packages/analysis/src/interpret/values':
    '../machine/interpreter.ts ../modules/layers.ts ../language/evaluate.ts ../../libraries/index.ts node:fs',
  'packages/analysis/src/interpret/machine':
    '../modules/layers.ts ../language/evaluate.ts ../../libraries/index.ts node:fs',
  'packages/analysis/src/interpret/modules': '../language/evaluate.ts ../../libraries/index.ts node:fs',
  'packages/analysis/src/interpret/language': '../../libraries/index.ts ../../observe/run-file.ts node:fs',
  'packages/analysis/src/interpret':
    '../libraries/index.ts ../libraries/torch/torch.ts ../observe/run-file.ts @widthwise/core node:fs',
  'packages/analysis/src/libraries/torch':
    '../../observe/observed-model.ts ../../rules/rule.ts @widthwise/core',
  'packages/analysis/src/libraries/python': '../torch/tables.ts ../../outline/widths.ts @widthwise/core',
  'packages/analysis/src/observe': '../outline/widths.ts ../words/missing-text.ts ../rules/index.ts',
  'packages/analysis/src/outline':
    '../interpret/values/heap.ts ../libraries/index.ts ../syntax/ast.ts ../observe/run-file.ts ../rules/rule.ts',
  'packages/analysis/src/words':
    '../interpret/values/value.ts ../libraries/index.ts ../outline/widths.ts ../observe/observed-model.ts ../syntax/ast.ts',
  'packages/analysis/src/fixes':
    '../interpret/values/heap.ts ../libraries/index.ts ../rules/rule.ts ../syntax/python/python-parser.ts',
  'packages/analysis/src/rules/1-init':
    '../../interpret/values/heap.ts ../../libraries/torch/tables.ts ../../syntax/ast.ts ../../observe/describe-model.ts',
  'packages/figures/src':
    'node:fs widthwise @widthwise/protocol @widthwise/analysis vscode vscode-jsonrpc uplot preact',
  'packages/extension/src': '@widthwise/core widthwise ../webview/app/main.tsx',
  'packages/extension/src/panels': '@widthwise/core ../../webview/app/main.tsx',
  'packages/extension/webview':
    '@widthwise/core widthwise vscode vscode-languageclient/node node:fs ../src/settings.ts',
  'packages/extension/webview/charts': '@widthwise/core vscode ../../src/settings.ts',
  'packages/extension/webview/panels/comparison': '@widthwise/core node:fs ../../../src/settings.ts',
};

const ALLOWED = {
  'packages/core/src': 'pure-rand @noble/hashes/sha2.js ./planted-beside.ts',
  'packages/core/src/parametrization': '../model/net-spec.ts ./planted-beside.ts',
  'packages/core/src/engines/reference':
    '../engine.ts ../../run/run-spec.ts ../../parametrization/scaling.ts',
  'packages/core/src/experiments/comparison':
    '../planned-run.ts ../../train/train.ts ../../limit/limit-lambda-min.ts',
  'packages/protocol/src': 'vscode-jsonrpc ./planted-beside.ts',
  'packages/server/src':
    '@widthwise/core @widthwise/figures @widthwise/protocol node:fs vscode-languageserver/node',
  'packages/server/src/input': 'valibot @widthwise/core ./planted-beside.ts',
  'packages/server/src/files': 'node:fs node:path ./planted-beside.ts',
  'packages/server/src/lab/runs': '@widthwise/core node:fs ../../input/input-error.ts ../store/store.ts',
  'packages/server/src/sources': '@widthwise/analysis node:fs ../input/input-error.ts',
  'packages/server/src/report': '@widthwise/core @widthwise/figures node:os',
  'packages/server/src/lsp/features':
    '@widthwise/analysis @widthwise/protocol vscode-languageserver ../connection/answering.ts ../../sources/read-source.ts',
  'packages/server/src/lsp/experiments':
    '@widthwise/figures @widthwise/protocol node:crypto ../connection/answering.ts ../../lab/store/store.ts',
  'packages/server/src/cli/commands': '@widthwise/analysis ../../report/markdown.ts ../../lab/store/store.ts',
  'packages/analysis/src': '@widthwise/core @vscode/tree-sitter-wasm ./planted-beside.ts',
  'packages/analysis/src/workspace': '../syntax/ast.ts ../budget.ts ./planted-beside.ts',
  'packages/analysis/src/interpret':
    '../workspace/workspace.ts ../syntax/ast.ts ../growth/quantity.ts ../network/layer.ts',
  'packages/analysis/src/libraries/torch':
    '../../interpret/machine/library.ts ../python/math.ts ../../network/layer.ts ../../growth/quantity.ts',
  'packages/analysis/src/outline':
    '../observe/observed-model.ts ../network/layer.ts ../syntax/span.ts ../words/quantity-text.ts @widthwise/core',
  'packages/analysis/src/rules/1-init':
    '../../outline/model.ts ../../words/quantity-text.ts ../../growth/growth.ts',
  'packages/figures/src': '@widthwise/core ./planted-beside.ts',
  'packages/extension/src': '@widthwise/protocol vscode vscode-languageclient/node node:crypto',
  'packages/extension/webview': '@widthwise/protocol @widthwise/figures uplot preact ./planted-beside.ts',
};

interface Case {
  readonly folder: string;
  readonly specifier: string;
  /** Where the import is planted. */
  readonly file: string;
}

function cases(kind: string, table: Readonly<Record<string, string>>): Case[] {
  return Object.entries(table).flatMap(([folder, specifiers]) =>
    specifiers
      .split(' ')
      .map((specifier, number) => ({ folder, specifier, file: `${folder}/${kind}-${number}.ts` })),
  );
}

const forbidden = cases('forbidden', FORBIDDEN);
const allowed = cases('allowed', ALLOWED);

/** A copy of the repository's configuration in which imports are planted: a crash leaves nothing in the repository. */
const mirror: string = mkdtempSync(path.join(tmpdir(), 'widthwise-walls-'));

beforeAll(() => {
  const manifests = readdirSync(path.join(repo, 'packages')).map((name) => `packages/${name}/package.json`);
  const configuration = ['biome.json', '.gitignore', 'turbo.json', 'package.json', 'package-lock.json'];
  for (const file of [...configuration, ...manifests, 'tests/package.json']) {
    mkdirSync(path.dirname(path.join(mirror, file)), { recursive: true });
    copyFileSync(path.join(repo, file), path.join(mirror, file));
  }
});
afterAll(() => rmSync(mirror, { recursive: true, force: true }));

function plant({ file, specifier }: Omit<Case, 'folder'>): void {
  mkdirSync(path.dirname(path.join(mirror, file)), { recursive: true });
  writeFileSync(path.join(mirror, file), `import * as it from '${specifier}';\nexport { it };\n`);
}

/** What a tool of the repository says about the mirror. */
function ask(tool: string, ...args: readonly string[]): string {
  const run = spawnSync(process.execPath, [path.join(repo, 'node_modules', tool), ...args], {
    cwd: mirror,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', TURBO_TELEMETRY_DISABLED: '1' },
  });
  return run.stdout + run.stderr;
}

describe('the linter, over one folder', () => {
  let refused: ReadonlySet<string>;

  beforeAll(() => {
    for (const planted of [...forbidden, ...allowed]) plant(planted);
    const lint = [
      'lint',
      '--max-diagnostics=none',
      '--diagnostic-level=error',
      '--reporter=github',
      'packages',
    ];
    const files = ask('@biomejs/biome/bin/biome', ...lint).matchAll(
      /^::error title=lint\/style\/\w+,file=([^,]+)/gm,
    );
    refused = new Set([...files].map(([, file]) => file!.replaceAll('\\', '/')));
  });

  test.each(forbidden)('refuses $specifier in $folder', ({ file }) => {
    expect([...refused]).toContain(file);
  });

  test.each(allowed)('lets $specifier into $folder', ({ file }) => {
    expect([...refused]).not.toContain(file);
  });
});

describe('a circle of imports', () => {
  test.each(['import', 'import type'])('by %s is refused', (how) => {
    const folder = `packages/core/src/${how.replace(' ', '-')}`;
    const [here, there] = [path.join(mirror, folder, 'here.ts'), path.join(mirror, folder, 'there.ts')];
    mkdirSync(path.dirname(here), { recursive: true });
    writeFileSync(
      here,
      `${how} { There } from './there.ts';\nexport class Here { there: There | null = null; }\n`,
    );
    writeFileSync(
      there,
      `${how} { Here } from './here.ts';\nexport class There { here: Here | null = null; }\n`,
    );
    expect(ask('@biomejs/biome/bin/biome', 'lint', '--only=suspicious/noImportCycles', folder)).toContain(
      'noImportCycles',
    );
  });
});

describe('turbo boundaries, over packages', () => {
  test('refuses a relative import that leaves the package', () => {
    plant({ file: 'packages/core/src/leaving.ts', specifier: '../../protocol/src/index.ts' });
    expect(ask('turbo/bin/turbo', 'boundaries')).toContain(
      '`../../protocol/src/index.ts` leaves the package',
    );
  });

  test('refuses a package that the manifest does not name', () => {
    plant({ file: 'packages/core/src/undeclared.ts', specifier: 'uplot' });
    expect(ask('turbo/bin/turbo', 'boundaries')).toContain('cannot import package `uplot`');
  });
});
