import { readFileSync } from 'node:fs';
import { type AnyFields, COMPARISON } from '@widthwise/core';
import { expect, test } from 'vitest';
// @boundaries-ignore a contract between two packages is read from both
import { ANALYSIS_SETTINGS, COMPARE_SETTINGS, SWITCHES } from '../../packages/extension/src/setting-names.ts';
// @boundaries-ignore a contract between two packages is read from both
import { parseConfiguration } from '../../packages/server/src/sources/config/configuration.ts';

interface Setting {
  readonly default: unknown;
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string }[];
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Setting>> }[];
  };
}

const folder = new URL('../../packages/extension/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as Manifest;
const settings = Object.assign({}, ...manifest.contributes.configuration.map(({ properties }) => properties));
/** Of the language client itself. */
const TRACE = 'widthwise.trace.server';

test('the settings that package.json declares are those that the extension reads', () => {
  const read = [
    ...ANALYSIS_SETTINGS.map((name) => `widthwise.${name}`),
    ...COMPARE_SETTINGS.map((name) => `widthwise.compare.${name}`),
    ...SWITCHES.map((name) => `widthwise.${name}.enabled`),
    TRACE,
  ];
  expect(Object.keys(settings).sort()).toEqual(read.sort());
});

test('there is a setting for every key of widthwise.json', () => {
  expect(() => parseConfiguration({ nosuch: 1 }, 'settings')).toThrow(
    `there are ${ANALYSIS_SETTINGS.join(', ')}`,
  );
});

test('Compare trains by default what the command line does', () => {
  const fields: AnyFields = COMPARISON.fields;
  for (const name of COMPARE_SETTINGS) {
    expect([name, settings[`widthwise.compare.${name}`].default]).toEqual([name, fields[name]?.default]);
  }
});

test('every command stands under Widthwise and has a file that registers it', () => {
  for (const { command, category } of manifest.contributes.commands) {
    const file = command
      .replace('widthwise.', '')
      .replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const source = readFileSync(new URL(`src/commands/${file}.ts`, folder), 'utf8');
    expect(source).toContain(`registerCommand('${command}'`);
    expect(category).toBe('Widthwise');
  }
});
