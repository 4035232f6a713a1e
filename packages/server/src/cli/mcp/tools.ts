import type { Command } from '../command.ts';

/** One argument of a tool, as JSON Schema has it, and the flag that it becomes; an operand where it is none. */
interface ToolArgument {
  readonly schema: object;
  readonly flag: string | null;
}

/** A command as a model may call it: its arguments by name, its answer the command's JSON. */
export interface Tool {
  readonly name: string;
  /** For a person. */
  readonly title: string;
  readonly description: string;
  readonly arguments: Readonly<Record<string, ToolArgument>>;
  readonly required: readonly string[];
  load(): Promise<Command>;
}

const EXPONENTS = { type: 'array', items: { type: ['number', 'string'] }, minItems: 1 } as const;

export const TOOLS: readonly Tool[] = [
  {
    name: 'lint',
    title: 'Lint Model Code',
    description:
      'Finds the lines of PyTorch model code that break learning-rate transfer as the network is made wider. Answers findings with rule, place, exponent, assumptions and fixes, the verdict on each model, and what was not read.',
    arguments: {
      paths: {
        schema: { type: 'array', items: { type: 'string' }, minItems: 1, description: 'Files or folders.' },
        flag: null,
      },
      profile: {
        schema: {
          enum: ['auto', 'advisory', 'mup'],
          description: 'mup judges every weight against μP; the default is that of the project.',
        },
        flag: 'profile',
      },
    },
    required: ['paths'],
    load: async () => (await import('../commands/lint.ts')).lint,
  },
  {
    name: 'explain',
    title: 'Explain Model',
    description:
      'Tells how each weight of the models of a file scales with width: role, shape, exponents of initialization, multiplier and learning rate, what μP wants, the verdict, and what could not be read.',
    arguments: {
      file: {
        schema: { type: 'string', description: 'FILE, or FILE:CLASS for one model of it.' },
        flag: null,
      },
      at: {
        schema: {
          type: 'array',
          items: { type: 'integer', minimum: 1 },
          minItems: 2,
          description: 'Widths: what each number of a weight is multiplied by from the first to the others.',
        },
        flag: 'at',
      },
    },
    required: ['file'],
    load: async () => (await import('../commands/explain.ts')).explain,
  },
  {
    name: 'classify',
    title: 'Classify Parametrization',
    description:
      'Tells the regime of a parametrization in the limit of infinite width: unstable, trivial, kernel or feature-learning. Exponents are of layers from the first to the readout: initial standard deviation n^-b, learning rate η·n^-c.',
    arguments: {
      init: {
        schema: { ...EXPONENTS, description: 'b of each layer: 0.5, "1/2", "inf" for a start at 0.' },
        flag: 'init',
      },
      lr: { schema: { ...EXPONENTS, description: 'c of each layer.' }, flag: 'lr' },
      graph: {
        schema: { type: 'string', description: 'A file with a network as a graph, in place of exponents.' },
        flag: 'graph',
      },
      optimizer: { schema: { enum: ['sgd', 'adam'] }, flag: 'optimizer' },
      activation: { schema: { type: 'string' }, flag: 'activation' },
      steps: { schema: { type: 'integer', minimum: 1 }, flag: 'steps' },
    },
    required: [],
    load: async () => (await import('../commands/classify.ts')).classify,
  },
];

/** What a tool takes, as JSON Schema. */
export function inputSchema({ arguments: all, required }: Tool): object {
  const properties = Object.fromEntries(Object.entries(all).map(([key, { schema }]) => [key, schema]));
  return { type: 'object', properties, required, additionalProperties: false };
}

/** What the command of a tool is called with, or what is wrong with the arguments. */
export function commandLine(tool: Tool, given: unknown): readonly string[] | { readonly problem: string } {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return { problem: 'arguments are a table of values by name' };
  }
  const values = new Map(Object.entries(given));
  const missing = tool.required.find((name) => !values.has(name));
  if (missing !== undefined) return { problem: `${missing} is missing` };
  const flags = ['--json', '-'];
  const operands: string[] = [];
  for (const [name, value] of values) {
    const argument = Object.hasOwn(tool.arguments, name) ? tool.arguments[name] : undefined;
    if (argument === undefined) {
      return { problem: `there is no argument ${name}; there are ${Object.keys(tool.arguments).join(', ')}` };
    }
    const texts = textsOf(value);
    if (texts === null) return { problem: `${name} is a text, a number or a list of them` };
    if (argument.flag === null) operands.push(...texts);
    else flags.push(`--${argument.flag}=${texts.join(',')}`);
  }
  return [...flags, '--', ...operands];
}

function textsOf(value: unknown): readonly string[] | null {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  const isText = values.every((one) => typeof one === 'string' || typeof one === 'number');
  return isText ? values.map(String) : null;
}
