import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { toJsonSchema } from '@valibot/to-json-schema';
import { COMPARISON, CONVERGENCE_CHECK, COORDINATE_CHECK, LIMIT, TRANSFER } from '@widthwise/core';
import { expect, test } from 'vitest';
// @boundaries-ignore what is generated is made of a package's own sources
import { check } from '../../packages/server/src/cli/commands/check.ts';
// @boundaries-ignore what is generated is made of a package's own sources
import { compare } from '../../packages/server/src/cli/commands/compare.ts';
// @boundaries-ignore what is generated is made of a package's own sources
import { coordCheck } from '../../packages/server/src/cli/commands/coord-check.ts';
// @boundaries-ignore what is generated is made of a package's own sources
import { limit } from '../../packages/server/src/cli/commands/limit.ts';
// @boundaries-ignore what is generated is made of a package's own sources
import { transfer } from '../../packages/server/src/cli/commands/transfer.ts';
// @boundaries-ignore what is generated is made of a package's own sources
import { inputSchema, TOOLS, type Tool } from '../../packages/server/src/cli/mcp/tools.ts';
// @boundaries-ignore what is generated is made of a package's own sources
import {
  CONFIGURATION,
  type Configuration,
  DEFAULT_CONFIGURATION,
} from '../../packages/server/src/sources/config/configuration.ts';
import { experimentSettings, settingNames } from './experiment-settings.ts';
import { optionTable, withOptionTable } from './option-table.ts';

const EXPERIMENTS = [COMPARISON, CONVERGENCE_CHECK, COORDINATE_CHECK, TRANSFER, LIMIT];

/*
 * Files that say what the sources say already. `npm run generate` writes them anew; here they fail when they are stale.
 */

const SCHEMA = fileURLToPath(new URL('../../packages/extension/widthwise.schema.json', import.meta.url));
const COMMAND_LINE = fileURLToPath(new URL('../../docs/cli.md', import.meta.url));
const MANIFEST = fileURLToPath(new URL('../../packages/extension/package.json', import.meta.url));

const { properties = {}, ...configuration } = toJsonSchema(CONFIGURATION, {
  typeMode: 'output',
  // Keys of a table that are one of a list are converted, with an error that they may not be understood.
  errorMode: 'ignore',
  overrideSchema: ({ jsonSchema }) =>
    jsonSchema.enum === undefined ? null : { type: 'string', ...jsonSchema },
});

test('the JSON Schema of widthwise.json is that of the configuration', async () => {
  const schema = {
    ...configuration,
    title: 'Widthwise',
    properties: { $schema: { type: 'string' }, ...properties },
  };
  await expect(jsonText(schema)).toMatchFileSnapshot(SCHEMA);
});

test('the manifest has the settings of the analysis, the fields of experiments, and the tools of language models', async () => {
  const manifest = JSON.parse(await readFile(MANIFEST, 'utf8'));
  const [analysis] = manifest.contributes.configuration;
  const others = Object.entries(analysis.properties).filter(([name]) => !(ownName(name) in properties));
  analysis.properties = {
    ...Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [`widthwise.${name}`, settingOf(name, schema)]),
    ),
    ...Object.fromEntries(others),
  };
  manifest.contributes.configuration = [analysis, ...EXPERIMENTS.map(experimentSettings)];
  // An untrusted workspace says neither what is read nor what training costs, nor what starts a model.
  manifest.capabilities.untrustedWorkspaces.restrictedConfigurations = [
    'widthwise.launch',
    ...EXPERIMENTS.flatMap(settingNames),
  ];
  manifest.contributes.languageModelTools = TOOLS.map(languageModelTool);
  await expect(jsonText(manifest)).toMatchFileSnapshot(MANIFEST);
});

test('docs/cli.md lists the options of experiments as they are declared', async () => {
  const document = await readFile(COMMAND_LINE, 'utf8');
  const written = [compare, check, coordCheck, limit, transfer].reduce(
    (text, { name, options }) => withOptionTable(text, name, optionTable(options ?? [])),
    document,
  );
  await expect(written).toMatchFileSnapshot(COMMAND_LINE);
});

function ownName(setting: string): string {
  return setting.replace(/^widthwise\./, '');
}

const PROFILES = [
  'mup where the project shows that μP is meant, else advisory.',
  'One lens a model, no squiggles.',
  'Every weight is held against μP.',
];

function settingOf(name: string, schema: unknown): object {
  const { description, ...form } = schema as { readonly description: string };
  return {
    ...form,
    ...(name === 'profile' ? { enumDescriptions: PROFILES } : {}),
    default: DEFAULT_CONFIGURATION[name as keyof Configuration],
    scope: 'resource',
    markdownDescription:
      name === 'profile'
        ? `${description} A value set here wins over \`widthwise.json\` and \`pyproject.toml\`.`
        : description,
  };
}

function languageModelTool(tool: Tool): object {
  const { name, title, description } = tool;
  return {
    name: `widthwise_${name}`,
    toolReferenceName: `widthwise${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    displayName: `Widthwise: ${title}`,
    modelDescription: description,
    userDescription: description.split('. ')[0],
    canBeReferencedInPrompt: true,
    icon: '$(graph-line)',
    tags: ['pytorch', 'mup'],
    inputSchema: inputSchema(tool),
  };
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
