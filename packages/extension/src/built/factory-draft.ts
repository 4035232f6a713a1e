import { basename } from 'node:path';

/** A network that code puts together without a class. */
export interface Chain {
  /** The file that its code is in. */
  readonly file: string;
  /** The line on which it begins, counted from 1. */
  readonly line: number;
  /** The code that makes it. */
  readonly code: string;
  /** What its code calls the sizes that are scaled. */
  readonly widths: readonly string[];
  /** How many features a sample has, where its code says so by a number. */
  readonly inputs?: number;
}

const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** The function that builds a network at a width, for its author to complete, and the name under which the Testing view finds it. */
export function factoryDraft({ file, line, code, widths, inputs = 10 }: Chain): {
  readonly name: string;
  readonly text: string;
} {
  const module = basename(file)
    .replace(/\.py$/, '')
    .replaceAll(/[\r\n]/g, ' ');
  const name = `widthwise_${module}__line_${line}.py`;
  const names = widths.filter((one) => NAME.test(one) && one !== 'width');
  const sizes = names.map((one) => `    ${one} = width\n`).join('');
  const scaled = names.length > 0 || widths.includes('width');
  const size = scaled ? '' : ' write `width` where it has the size that you scale,';
  const text = `# The network of ${module}.py, line ${line}, at a width. To check it:${size}
# give it a batch and an optimizer like yours, and save this as ${name} beside ${module}.py.
import torch
from torch import nn


def make(width):
${sizes}    model = ${inBody(code)}
    batch = (torch.randn(32, ${inputs}), torch.randint(0, 10, (32,)))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    return model, nn.functional.cross_entropy, batch, optimizer
`;
  return { name, text };
}

/** Code as it stands in the body of a function: its lines as deep to one another as they are. */
function inBody(code: string): string {
  const [first = '', ...rest] = code.trimEnd().split(/\r\n?|\n/);
  const depths = rest
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const outermost = Math.min(...depths);
  return [first, ...rest.map((line) => (line.trim() === '' ? '' : `    ${line.slice(outermost)}`))].join(
    '\n',
  );
}
