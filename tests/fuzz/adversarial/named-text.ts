/** A text that was made to hurt, by a name that says how. */
export interface NamedText {
  readonly name: string;
  make(): string;
}

/** What a family is written as: names to functions. */
export type Family = Readonly<Record<string, () => string>>;

export function namedTexts(family: Family): readonly NamedText[] {
  return Object.entries(family).map(([name, make]) => ({ name, make }));
}

export const HEAD = 'import torch\nfrom torch import nn\n';

/** A model whose constructor runs some lines, each of them indented here. */
export function inModel(...lines: readonly string[]): string {
  const body = lines.flatMap((line) => line.split('\n')).map((line) => `        ${line}\n`);
  return `${HEAD}class Net(nn.Module):\n    def __init__(self, width):\n        super().__init__()\n${body.join('')}        self.fc = nn.Linear(width, width)\n        nn.init.normal_(self.fc.weight, std=0.02)\n    def forward(self, x):\n        return self.fc(x)\n`;
}

/** A model whose forward pass runs some lines. */
export function inForward(...lines: readonly string[]): string {
  const body = lines.flatMap((line) => line.split('\n')).map((line) => `        ${line}\n`);
  return `${HEAD}class Net(nn.Module):\n    def __init__(self, width):\n        super().__init__()\n        self.fc = nn.Linear(width, width)\n    def forward(self, x):\n${body.join('')}        return self.fc(x)\n`;
}

/** `count` pieces in a row. */
export function times(count: number, piece: string | ((index: number) => string), between = ''): string {
  if (typeof piece === 'string') return Array(count).fill(piece).join(between);
  return Array.from({ length: count }, (_, index) => piece(index)).join(between);
}

/** A piece again and again until the text is that long. */
export function upTo(chars: number, piece: string): string {
  return piece.repeat(Math.ceil(chars / piece.length)).slice(0, chars);
}
