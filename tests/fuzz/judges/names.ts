import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explainMarkdown } from '@widthwise/analysis';
import { MARKDOWN_READERS, UNSEEN } from '@widthwise/core/testing';
// @boundaries-ignore what is judged is what a package is made of, not what it shows
import { hover } from '../../../packages/server/src/lsp/features/hover.ts';
import type { Input, Judgement, Problem } from '../harness/kind.ts';
import { analyser } from './analyser.ts';
import { widthwise } from './widthwise.ts';

/** Names that stand in code. */
export type Names = { readonly names: readonly string[] };

/** What the cells of our own tables have between their lines. */
const OWN_HTML = '<br>';
/** Where our own links lead. */
const OURS = /^https:\/\/github\.com\/|^#/;

/** Whatever layers are called, what is said of them is text: no picture, no link, no HTML, no terminal sequence. */
export async function judgeNames(input: Input): Promise<Judgement> {
  const text = modelOf((input as Names).names);
  const analysis = (await analyser).analyse(text);
  const places = analysis.models.flatMap(({ weights }) =>
    weights.map(({ spans }) => spans.constructor.start),
  );
  const document = documentOf(text);
  const hovers = places.map((at) => hover(document, analysis, at)?.contents ?? '');
  const shown = [explainMarkdown(analysis.models), ...hovers.map(markdownOf)];
  return { problems: [...shown.flatMap(markdownProblems), ...(await terminalProblems(text))], cpuMs: null };
}

function documentOf(text: string): Parameters<typeof hover>[0] {
  // SAFETY: a hover asks its document for its text and the places of offsets only, and nobody looks at those here.
  const document = { getText: () => text, positionAt: () => ({ line: 0, character: 0 }) };
  return document as unknown as Parameters<typeof hover>[0];
}

/** The names at all places where a string becomes the name of a layer. */
function modelOf(names: readonly string[]): string {
  const literals = names.map((name) => JSON.stringify(name).replaceAll(/[\u007f-\uffff]/g, escaped));
  const lines = literals.flatMap((literal) => [
    `self.add_module(${literal}, nn.Linear(width, width))`,
    `setattr(self, ${literal} + "s", nn.Linear(width, width, bias=False))`,
    `self.parts = nn.ModuleDict({${literal}: nn.Linear(width, width)})`,
    `nn.init.normal_(self.parts[${literal}].weight, std=0.02)`,
  ]);
  return `import torch\nfrom torch import nn\n\nclass Net(nn.Module):\n    def __init__(self, width):\n        super().__init__()\n${lines.map((line) => `        ${line}\n`).join('')}\n    def forward(self, x):\n        return x\n`;
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function markdownOf(contents: unknown): string {
  if (typeof contents === 'string') return contents;
  return String((contents as { readonly value?: unknown }).value ?? '');
}

function markdownProblems(text: string): readonly Problem[] {
  return Object.values(MARKDOWN_READERS).flatMap((read) => {
    const { addresses, html, kinds } = read(text);
    const wrong = [
      ...addresses.filter((address) => !OURS.test(address)),
      ...html.filter((one) => one !== OWN_HTML),
      ...kinds.filter((kind) => kind === 'image'),
    ];
    return wrong.map((one) => ({ kind: 'markdown', what: `${one} in ${text.slice(0, 400)}` }));
  });
}

async function terminalProblems(text: string): Promise<readonly Problem[]> {
  const folder = await mkdtemp(join(tmpdir(), 'widthwise-fuzz-'));
  try {
    await writeFile(join(folder, 'model.py'), text);
    const commands = [
      ['lint', 'model.py', '--profile', 'mup'],
      ['explain', 'model.py'],
    ];
    const said = await Promise.all(
      commands.map((args) => widthwise(args, { cwd: folder, timeoutMs: 60_000 })),
    );
    return said.flatMap(({ stdout, stderr, why }): readonly Problem[] => {
      if (why !== null) return [{ kind: why, what: stderr.slice(0, 400) }];
      const unseen = UNSEEN.exec(stdout + stderr);
      if (unseen === null) return [];
      const code = unseen[0].codePointAt(0)!.toString(16);
      return [
        {
          kind: 'terminal',
          what: `U+${code} in ${JSON.stringify((stdout + stderr).slice(Math.max(0, unseen.index - 60), unseen.index + 60))}`,
        },
      ];
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
