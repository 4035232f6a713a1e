import { readFileSync } from 'node:fs';
import {
  COMPARISON,
  CONVERGENCE_CHECK,
  COORDINATE_CHECK,
  LIMIT,
  settingSection,
  TRANSFER,
} from '@widthwise/core';
import { expect, test } from 'vitest';
// @boundaries-ignore a contract between two packages is read from both
import { EXPERIMENTS } from '../../packages/extension/src/experiments.ts';
// @boundaries-ignore a contract between two packages is read from both
import { ANALYSIS_SETTINGS, SWITCHES } from '../../packages/extension/src/setting-names.ts';
// @boundaries-ignore a contract between two packages is read from both
import { readConfiguration } from '../../packages/server/src/sources/config/configuration.ts';
import { settingNames } from './experiment-settings.ts';

interface Setting {
  readonly default: unknown;
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
    }[];
    readonly menus: {
      readonly commandPalette: readonly { readonly command: string; readonly when: string }[];
    };
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Setting>> }[];
  };
}

const folder = new URL('../../packages/extension/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as Manifest;
const settings = Object.assign({}, ...manifest.contributes.configuration.map(({ properties }) => properties));
/** Those that stand in the palette, and not only at entries of a view. */
const commands = manifest.contributes.commands.filter(
  ({ command }) =>
    !manifest.contributes.menus.commandPalette.some(
      (item) => item.command === command && item.when === 'false',
    ),
);
/** Of the language client itself. */
const TRACE = 'widthwise.trace.server';

test('the settings that package.json declares are those that the extension reads', () => {
  const read = [
    ...ANALYSIS_SETTINGS.map((name) => `widthwise.${name}`),
    ...[COMPARISON, CONVERGENCE_CHECK, COORDINATE_CHECK, TRANSFER, LIMIT].flatMap(settingNames),
    ...SWITCHES.map((name) => `widthwise.${name}.enabled`),
    TRACE,
  ];
  expect(Object.keys(settings).sort()).toEqual(read.sort());
});

test('there is a setting for every key of widthwise.json', () => {
  expect(JSON.stringify(readConfiguration({ nosuch: 1 }))).toContain(
    `there are ${ANALYSIS_SETTINGS.join(', ')}`,
  );
});

test('the editor knows every experiment, its command and where its settings stand', () => {
  const titles = new Map(manifest.contributes.commands.map(({ command, title }) => [command, title]));
  for (const { name, title } of [COMPARISON, CONVERGENCE_CHECK, COORDINATE_CHECK, TRANSFER, LIMIT]) {
    const { command, section } = EXPERIMENTS[name as keyof typeof EXPERIMENTS];
    expect(section).toBe(settingSection(name));
    expect(command).toBe(`widthwise.${section}`);
    expect(titles.get(command)).toBe(title);
  }
});

test('every command of the palette stands under Widthwise and has a file that registers it', () => {
  for (const { command, category } of commands) {
    const file = command
      .replace('widthwise.', '')
      .replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const source = readFileSync(new URL(`src/commands/${file}.ts`, folder), 'utf8');
    expect(source).toContain(`registerCommand('${command}'`);
    expect(category).toBe('Widthwise');
  }
});

test('the page of the extension has every command, and the settings of every experiment', () => {
  const page = readFileSync(new URL('README.md', folder), 'utf8');
  const named = commands.map(({ title }) => `| Widthwise: ${title} |`);
  const sections = Object.values(EXPERIMENTS).map(({ section }) => `\`widthwise.${section}.*\``);
  expect([...named, ...sections].filter((text) => !page.includes(text))).toEqual([]);
});
