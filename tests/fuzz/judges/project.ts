import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type { Input, Judgement, Problem } from '../harness/kind.ts';
import { type Ended, widthwise } from './widthwise.ts';

/** The folder of a stranger, beside one that is right. */
export type Project = {
  readonly files: Readonly<Record<string, string>>;
  /** Where symbolic links lead. */
  readonly links: Readonly<Record<string, string>>;
  /** Named pipes that nobody writes to. */
  readonly pipes: readonly string[];
};

/** A finding that is proved whatever the neighbours hold. */
const MODEL = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.embed = nn.Linear(784, width)
        self.mix = nn.Linear(width, width)
        self.head = nn.Linear(width, 10)
        nn.init.normal_(self.mix.weight, std=0.02)

    def forward(self, x):
        return self.head(torch.relu(self.mix(torch.relu(self.embed(x)))))
`;

/** Whatever stands in one folder, the findings of the other are printed, in time and in sentences. */
export async function judgeProject(input: Input): Promise<Judgement> {
  const folder = await mkdtemp(join(tmpdir(), 'widthwise-fuzz-'));
  try {
    await lay(folder, input as Project);
    const ended = await widthwise(['lint', '--json', '-', '.'], { cwd: folder, timeoutMs: 60_000 });
    return { problems: [...endProblems(ended), ...findingProblems(ended)], cpuMs: null };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function lay(folder: string, { files, links, pipes }: Project): Promise<void> {
  const good = {
    'good/model.py': MODEL,
    'good/widthwise.json': '{ "profile": "mup" }',
    'bad/model.py': MODEL,
  };
  const place = async (name: string): Promise<string> => {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    return path;
  };
  for (const [name, text] of Object.entries({ ...good, ...files })) await writeFile(await place(name), text);
  if (process.platform === 'win32') return;
  for (const [name, to] of Object.entries(links)) await symlink(to, await place(name));
  for (const name of pipes) execFileSync('mkfifo', [await place(name)]);
}

/** The process ends by itself, says what is wrong in sentences, and calls nothing a bug. */
function endProblems({ code, why, stderr }: Ended): readonly Problem[] {
  if (why !== null) return [{ kind: why, what: stderr.slice(-500) }];
  const problems: Problem[] = [];
  if (code === null || code > 2) problems.push({ kind: 'exit', what: `exit ${code}` });
  if (/WIDTHWISE_DEBUG|^\s+at /m.test(stderr)) problems.push({ kind: 'throw', what: stderr.slice(0, 500) });
  const long = stderr.split('\n').find((line) => line.length > 1000);
  if (long !== undefined) problems.push({ kind: 'words', what: `a sentence of ${long.length} characters` });
  const control = /[^\n\t\x20-\u{10ffff}]/u.exec(stderr);
  if (control !== null)
    problems.push({ kind: 'words', what: `control character in: ${JSON.stringify(stderr.slice(0, 300))}` });
  return problems;
}

function findingProblems({ stdout, why }: Ended): readonly Problem[] {
  if (why !== null) return [];
  if (stdout === '') return [{ kind: 'lost', what: 'nothing is printed of the good neighbour' }];
  try {
    const { findings } = JSON.parse(stdout) as { findings: readonly { file: string }[] };
    const kept = findings.some(({ file }) => /^(?:\.\/)?good[\\/]model\.py$/.test(file));
    return kept ? [] : [{ kind: 'lost', what: 'the finding of the good neighbour is not there' }];
  } catch (error) {
    return [{ kind: 'json', what: `${(error as Error).message}: ${stdout.slice(0, 200)}` }];
  }
}
